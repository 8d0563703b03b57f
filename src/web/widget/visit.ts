import { asRecord, asText } from './client/protocol.ts';
import { type Credentials, DirectLine } from './direct-line.ts';
import type { Host, HostAnswer } from './host.ts';
import { pageStorage, tabStorage } from './storage.ts';

interface Remembered extends Credentials {
  userId: string | undefined;
}

/** Opens the customer's conversation: the one held before, or a new one. Undefined when the host gives no token. */
export async function openConversation(host: Host, how: 'resume' | 'anew'): Promise<DirectLine | undefined> {
  const answer = await host.requestToken();
  if (!answer) return undefined;
  const key = `unbind:conversation:${answer.scope}`;
  if (how === 'anew') pageStorage.removeItem(key);
  const remembered = recall(key, answer);
  const userId = remembered?.userId ?? userOf(answer);

  const client = new DirectLine({
    baseUrl: new URL('../v3/directline', location.href).href.replace(/[#?].*$/, ''),
    credentials: toCredentials(answer),
    resume: remembered,
    requestToken: async () => {
      const fresh = await host.requestToken();
      return fresh && userOf(fresh) === userOf(answer) ? toCredentials(fresh) : undefined;
    },
    createSocket: (url) => new WebSocket(url),
    fetch: (input, init) => fetch(input, init),
    storage: tabStorage,
    outboxKey: `unbind:outbox:${answer.scope}`,
    locale: 'zh-CN',
    sessionChanged: (session) => pageStorage.setItem(key, JSON.stringify({ ...session, userId })),
  });
  wakeWith(client);
  return client;
}

/** The stored conversation, unless it belongs to another customer of the same browser. */
function recall(key: string, answer: HostAnswer): Remembered | undefined {
  const stored = parse(pageStorage.getItem(key));
  const token = asText(stored?.token);
  const conversationId = asText(stored?.conversationId);
  if (!token || !conversationId) return undefined;
  const userId = asText(stored?.userId);
  return userId === userOf(answer) ? { token, conversationId, userId } : undefined;
}

function parse(text: string | null): Record<string, unknown> | undefined {
  try {
    return asRecord(JSON.parse(text ?? 'null'));
  } catch {
    return undefined;
  }
}

function userOf(answer: HostAnswer): string | undefined {
  return answer.credentials.userId;
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
