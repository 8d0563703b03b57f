import { type HostCredentials, readMessage, type ToChat, type ToHost } from '../bridge.ts';

export interface HostAnswer {
  credentials: HostCredentials;
  /** Names the page's source of tokens; conversations are kept apart by it. */
  scope: string;
  /** The page has no sign-in: the browser stands for the person. */
  anonymous: boolean;
}

const ANSWER_MS = 15_000;

/** The page that embeds the chat: gives tokens, hears of unread messages. */
export interface Host {
  requestToken: () => Promise<HostAnswer | undefined>;
  close: () => void;
  showUnread: (count: number) => void;
  /** The chat goes on in this language; the launcher follows. */
  showLanguage: (locale: string) => void;
  /** Whether the customer has the chat open. */
  onShown: (listener: (open: boolean) => void) => void;
}

/** Connects to the embedding page named in the address; undefined when the chat was opened by itself. */
export function connectHost(): Host | undefined {
  const origin = new URLSearchParams(location.hash.slice(1)).get('host');
  if (!origin || window.parent === window) return undefined;
  const waiting = new Map<number, (answer: HostAnswer | undefined) => void>();
  const shown: ((open: boolean) => void)[] = [];
  let requests = 0;

  const send = (message: ToHost) => window.parent.postMessage(message, origin);
  addEventListener('message', (event) => {
    if (event.origin !== origin || event.source !== window.parent) return;
    const message = readMessage<ToChat>(event.data);
    if (message?.unbind === 'shown') for (const listener of shown) listener(message.open);
    if (message?.unbind !== 'token') return;
    const { credentials, scope, anonymous } = message;
    // The origin is part of the scope: another site cannot take up this one's conversations.
    const answer = credentials && { credentials, scope: `${origin} ${scope}`, anonymous };
    waiting.get(message.request)?.(answer ?? undefined);
  });

  return {
    requestToken: () =>
      new Promise((resolve) => {
        const request = ++requests;
        const settle = (answer: HostAnswer | undefined) => {
          clearTimeout(timer);
          waiting.delete(request);
          resolve(answer);
        };
        const timer = setTimeout(() => settle(undefined), ANSWER_MS);
        waiting.set(request, settle);
        send({ unbind: 'request-token', request });
      }),
    close: () => send({ unbind: 'close' }),
    showUnread: (count) => send({ unbind: 'unread', count }),
    showLanguage: (locale) => send({ unbind: 'language', locale }),
    onShown: (listener) => void shown.push(listener),
  };
}
