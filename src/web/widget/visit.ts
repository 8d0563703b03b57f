import { asRecord, asText } from './client/protocol.ts';
import { type Credentials, DirectLine } from './direct-line.ts';
import { postFile } from './files/post-file.ts';
import type { Host, HostAnswer } from './host.ts';
import { pageStorage, tabStorage } from './storage.ts';
import { locale } from './texts.ts';

/** Opens the customer's conversation: the one held before, or a new one. Undefined when the host gives no token. */
export async function openConversation(host: Host, how: 'resume' | 'anew'): Promise<DirectLine | undefined> {
  const answer = await host.requestToken();
  if (!answer) return undefined;
  const key = `unbind:conversation:${answer.scope}`;
  if (how === 'anew') pageStorage.removeItem(key);
  const owner = ownerOf(answer);

  const client = new DirectLine({
    baseUrl: new URL('../v3/directline', location.href).href.replace(/[#?].*$/, ''),
    credentials: toCredentials(answer),
    resume: recall(key, owner),
    requestToken: async () => {
      const fresh = await host.requestToken();
      return fresh && ownerOf(fresh) === owner ? toCredentials(fresh) : undefined;
    },
    createSocket: (url) => new WebSocket(url),
    fetch: (input, init) => fetch(input, init),
    postFile,
    storage: tabStorage,
    outboxKey: `unbind:outbox:${answer.scope}`,
    locale,
    sessionChanged: (session) => pageStorage.setItem(key, JSON.stringify({ ...session, owner })),
  });
  wakeWith(client);
  return client;
}

/** The stored conversation, unless it belongs to another customer of the same browser. */
function recall(key: string, owner: string): Credentials | undefined {
  const stored = parse(pageStorage.getItem(key));
  const token = asText(stored?.token);
  const conversationId = asText(stored?.conversationId);
  return token && conversationId && stored?.owner === owner ? { token, conversationId } : undefined;
}

function parse(text: string | null): Record<string, unknown> | undefined {
  try {
    return asRecord(JSON.parse(text ?? 'null'));
  } catch {
    return undefined;
  }
}

/** Whose conversation it is: the platform's customer, else the host's user, else whoever uses this browser. */
function ownerOf({ credentials, anonymous }: HostAnswer): string {
  const claims = readClaims(credentials.token);
  const customer = asText(claims?.customer);
  if (customer) return `customer ${customer}`;
  return anonymous ? 'visitor' : `user ${credentials.userId ?? asText(claims?.user)}`;
}

/** What the token says about its bearer. Unchecked: the server checks, this only keeps people apart. */
function readClaims(token: string): Record<string, unknown> | undefined {
  try {
    const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(payload), (char) => char.charCodeAt(0));
    return asRecord(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return undefined;
  }
}

function toCredentials({ credentials }: HostAnswer): Credentials {
  const { token, conversationId, expires_in } = credentials;
  return { token, conversationId, expiresInSeconds: expires_in };
}

/** Nobody waits out a backoff with the network back or the phone in hand. */
function wakeWith(client: DirectLine): void {
  const over = new AbortController();
  const { signal } = over;
  const wake = () => client.wake();
  addEventListener('online', wake, { signal });
  addEventListener('pageshow', wake, { signal });
  document.addEventListener('visibilitychange', () => document.hidden || wake(), { signal });
  client.subscribe(({ status }) => status === 'closed' && over.abort());
}
