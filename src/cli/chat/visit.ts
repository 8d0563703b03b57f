import { WebSocket } from 'ws';
import { z } from 'zod';
import type { Locale } from '../../domain/locale.ts';
import { DirectLine, type KeyValue } from '../../web/widget/direct-line.ts';
import { fill } from '../../web/widget/texts.ts';
import texts from './texts.json' with { type: 'json' };

/** What stops the terminal client, in words for its user. */
export class ChatFault extends Error {}

const tokenSchema = z.object({ token: z.string(), conversationId: z.string(), expires_in: z.number() });
const customersSchema = z
  .object({ customers: z.array(z.object({ id: z.string() })) })
  .transform(({ customers }) => customers.map(({ id }) => id));

/** Starts a conversation of a sandbox customer. Throws ChatFault when there is no such server or customer. */
export async function visit(url: URL, customer: string | undefined, locale: Locale): Promise<DirectLine> {
  const address = new URL('/demo/token', url);
  if (customer) address.searchParams.set('customer', customer);
  const response = await ask(address, url);
  if (!response.ok) throw await explain(url, customer);
  const { token, conversationId, expires_in } = tokenSchema.parse(await response.json());
  return new DirectLine({
    baseUrl: new URL('/v3/directline', url).href,
    credentials: { token, conversationId, expiresInSeconds: expires_in },
    createSocket: (streamUrl) => new WebSocket(streamUrl),
    fetch: (input, init) => fetch(input, init),
    storage: memory(),
    outboxKey: 'outbox',
    locale,
  });
}

async function ask(address: URL, server: URL): Promise<Response> {
  try {
    return await fetch(address, { signal: AbortSignal.timeout(10_000) });
  } catch (cause) {
    throw new ChatFault(fill(texts.noServer, { url: server.origin }), { cause });
  }
}

async function explain(url: URL, customer: string | undefined): Promise<ChatFault> {
  const response = await ask(new URL('/demo/customers', url), url);
  const known = customersSchema.safeParse(await response.json().catch(() => undefined));
  if (!known.success || !customer) return new ChatFault(fill(texts.noDemo, { url: url.origin }));
  return new ChatFault(fill(texts.unknownCustomer, { customer, known: known.data.join(' ') }));
}

/** A terminal's conversation ends with it. */
function memory(): KeyValue {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}
