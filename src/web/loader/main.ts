import { acceptedLocale, isLocale } from '../../domain/locale.ts';
import { type HostCredentials, readMessage, type ToChat, type ToHost } from '../bridge.ts';
import { createPanel } from './panel.ts';
import texts from './texts.json' with { type: 'json' };

/**
 * The embed loader: `<script src="…/widget.js" data-token-url="/my/chat-token" defer>`.
 * `data-token-url`: address of the host page's own server that answers `{token, conversationId, userId,
 * expires_in}`; asked with the page's cookies. `data-open`: opens the chat at once. `data-anonymous`: the page has no
 * sign-in, so that whoever comes back in this browser finds the conversation again. `data-locale`: the page's
 * language (zh-CN, zh-TW, en, or a tag like zh-HK); without it, the browser's.
 */
function embed(script: HTMLScriptElement): void {
  const tokenUrl = script.dataset.tokenUrl;
  if (!tokenUrl) throw new Error('widget.js needs data-token-url');
  const anonymous = 'anonymous' in script.dataset;
  const scope = new URL(tokenUrl, location.href).href;
  const frameUrl = new URL('widget/', script.src);
  // The chat answers only to the page that is named here, and only to its real origin.
  const locale = acceptedLocale(script.dataset.locale || navigator.languages.join(','));
  frameUrl.hash = new URLSearchParams({ host: location.origin, locale }).toString();

  // Until the chat has spoken, the frame is still an empty page of another origin.
  let listening = false;
  const send = (message: ToChat) => panel.frame.contentWindow?.postMessage(message, frameUrl.origin);
  const panel = createPanel(frameUrl.href, texts[locale], (open) => {
    if (listening) send({ unbind: 'shown', open });
  });

  addEventListener('message', (event) => {
    if (event.origin !== frameUrl.origin || event.source !== panel.frame.contentWindow) return;
    const message = readMessage<ToHost>(event.data);
    if (message?.unbind === 'close') panel.close();
    if (message?.unbind === 'unread') panel.showUnread(Number(message.count) || 0);
    if (message?.unbind === 'language' && isLocale(message.locale)) panel.speak(texts[message.locale]);
    if (message?.unbind === 'request-token') {
      listening = true;
      const { request } = message;
      void askToken(scope).then((credentials) =>
        send({ unbind: 'token', request, credentials, scope, anonymous }),
      );
    }
  });
  if ('open' in script.dataset) panel.open();
}

async function askToken(url: string): Promise<HostCredentials | null> {
  try {
    const response = await fetch(url, { credentials: 'same-origin', cache: 'no-store' });
    const body: unknown = response.ok ? await response.json() : null;
    return isCredentials(body) ? body : null;
  } catch {
    // The chat shows the customer that it cannot be reached and offers to try again.
    return null;
  }
}

function isCredentials(body: unknown): body is HostCredentials {
  return typeof body === 'object' && body !== null && 'token' in body && typeof body.token === 'string';
}

if (document.currentScript instanceof HTMLScriptElement) {
  const script = document.currentScript;
  if (document.body) embed(script);
  else addEventListener('DOMContentLoaded', () => embed(script));
}
