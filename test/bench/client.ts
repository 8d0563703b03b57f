import { Agent, request } from 'undici';
import WebSocket from 'ws';

interface Wire {
  activities: { id?: string; type: string; replyToId?: string }[];
}

/** A customer at a bench that measures from the POST to the reply. */
export interface BenchClient {
  /** Milliseconds until the bot's first reply to this text is here. */
  ask(text: string): Promise<number>;
  isOpen(): boolean;
  close(): void;
}

// Lighter than fetch: the client must not be what is measured.
const agent = new Agent({ connections: 256, keepAliveTimeout: 60_000 });

let clients = 0;

/** Each client has an address of its own, as customers do: the limits per address are not measured. */
function nextAddress(): string {
  const n = ++clients;
  return `10.${Math.floor(n / 62_500) % 250}.${Math.floor(n / 250) % 250}.${(n % 250) + 1}`;
}

/** One exchange of JSON; throws unless it succeeded. */
export async function exchange<T>(url: string, headers: Record<string, string>, body?: object): Promise<T> {
  const answer = await request(url, {
    dispatcher: agent,
    method: body ? 'POST' : 'GET',
    headers: body ? { ...headers, 'content-type': 'application/json' } : headers,
    body: body ? JSON.stringify(body) : null,
  });
  if (answer.statusCode >= 300) throw new Error(`${url}: ${answer.statusCode} ${await answer.body.text()}`);
  return (await answer.body.json()) as T;
}

/** Replies by the message they answer: those waited for, and those that were faster than the POST. */
export function createAwaiter() {
  const answered = new Map<string, number>();
  const waiting = new Map<string, (at: number) => void>();
  return {
    hear({ activities }: Wire): void {
      const at = performance.now();
      for (const { type, replyToId } of activities) {
        if (type !== 'message' || !replyToId || answered.has(replyToId)) continue;
        answered.set(replyToId, at);
        waiting.get(replyToId)?.(at);
        waiting.delete(replyToId);
      }
    },
    has: (id: string) => answered.has(id),
    reply: async (id: string) =>
      answered.get(id) ?? (await new Promise<number>((resolve) => waiting.set(id, resolve))),
  };
}

/**
 * A bare Direct Line client with a socket. Of several processes the socket is on one, and each message goes to
 * the next one, as behind a balancer that knows nothing of conversations.
 */
export async function openClient(target: string | string[], customer: string): Promise<BenchClient> {
  const [first = '', ...others] = [target].flat();
  const urls = clients % 2 === 0 ? [first, ...others] : [first, ...others].reverse();
  const bases = urls.map((url) => `${url}/v3/directline`);
  const from = { 'x-forwarded-for': nextAddress() };
  const grant = await exchange<{ token: string }>(`${urls[0]}/demo/token?customer=${customer}`, from);
  const started = await exchange<{ conversationId: string; streamUrl: string; token: string }>(
    `${bases[0]}/conversations`,
    { ...from, authorization: `Bearer ${grant.token}` },
    {},
  );
  const replies = createAwaiter();
  const socket = new WebSocket(started.streamUrl, { perMessageDeflate: false });
  socket.on('message', (data) => {
    const text = String(data);
    if (text !== '') replies.hear(JSON.parse(text) as Wire);
  });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const headers = { ...from, authorization: `Bearer ${started.token}` };
  let asked = 0;

  return {
    async ask(text) {
      const begun = performance.now();
      const base = bases[asked++ % bases.length];
      const { id } = await exchange<{ id: string }>(
        `${base}/conversations/${started.conversationId}/activities`,
        headers,
        { type: 'message', text },
      );
      return (await replies.reply(id)) - begun;
    },
    isOpen: () => socket.readyState === WebSocket.OPEN,
    close: () => socket.close(),
  };
}
