import { backoffMs, type Delays, Pause } from './pause.ts';
import { asRecord, asText } from './protocol.ts';
import type { Reply } from './rest.ts';

/** Where things outlive a reload: `localStorage`, `sessionStorage`, or a map. */
export interface KeyValue {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export type Delivery = 'sending' | 'sent' | 'failed';

/** A message of the customer on its way. */
export interface Outgoing {
  /** `channelData.clientActivityID`: the same at every attempt, so the server can tell a repeat. */
  clientId: string;
  text: string;
  /** Epoch milliseconds. */
  queuedAt: number;
  delivery: Delivery;
}

export interface OutboxOptions {
  storage: KeyValue;
  key: string;
  delays: Delays;
  post: (message: Outgoing) => Promise<Reply>;
  changed: () => void;
}

/**
 * The customer's messages that the server has not confirmed, sent one after the other and never twice:
 * the next leaves only when the one before is settled, repeats carry the same id, and a reload finds
 * them in storage.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #pause = new Pause();
  #messages: Outgoing[];
  #running = false;
  #open = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#messages = restore(options);
  }

  get messages(): readonly Outgoing[] {
    return this.#messages;
  }

  add(text: string): string {
    const message: Outgoing = { clientId: newId(), text, queuedAt: Date.now(), delivery: 'sending' };
    this.#messages.push(message);
    this.#touched();
    void this.#run();
    return message.clientId;
  }

  /** Sends a failed message again, after whatever is still queued. */
  resend(clientId: string): void {
    const message = this.#messages.find((m) => m.clientId === clientId && m.delivery === 'failed');
    if (!message) return;
    this.#messages = this.#messages.filter((m) => m !== message);
    this.#messages.push({ ...message, queuedAt: Date.now(), delivery: 'sending' });
    this.#touched();
    void this.#run();
  }

  /** The server's echo came: the message is in the log now. */
  confirm(clientId: string): void {
    if (!this.#messages.some((m) => m.clientId === clientId)) return;
    this.#messages = this.#messages.filter((m) => m.clientId !== clientId);
    this.#touched();
  }

  /** Messages meant for a conversation that is gone: the customer decides whether to send them again. */
  failAll(): void {
    for (const message of this.#messages) if (message.delivery === 'sending') message.delivery = 'failed';
    this.#touched();
  }

  /** Lets messages leave, once there is a conversation; an interrupted pause tries at once. */
  flush(): void {
    this.#open = true;
    this.#pause.wake();
    void this.#run();
  }

  hold(): void {
    this.#open = false;
    this.#pause.wake();
  }

  async #run(): Promise<void> {
    if (this.#running || !this.#open) return;
    this.#running = true;
    let attempt = 0;
    for (let next = this.#next(); next && this.#open; next = this.#next()) {
      const reply = await this.#options.post(next);
      if (reply.kind !== 'unreachable') {
        attempt = 0;
        this.#settle(next.clientId, reply.kind === 'ok' ? 'sent' : 'failed');
        continue;
      }
      if (Date.now() - next.queuedAt > this.#options.delays.giveUpMs) {
        // All together: a later message must not overtake the one that could not leave.
        this.failAll();
        break;
      }
      await this.#pause.wait(reply.retryAfterMs ?? backoffMs(attempt++, this.#options.delays));
    }
    this.#running = false;
  }

  #next(): Outgoing | undefined {
    return this.#messages.find((m) => m.delivery === 'sending');
  }

  #settle(clientId: string, delivery: Delivery): void {
    const message = this.#messages.find((m) => m.clientId === clientId);
    if (message) message.delivery = delivery;
    this.#touched();
  }

  #touched(): void {
    const { storage, key } = this.#options;
    const kept = this.#messages.filter((m) => m.delivery !== 'sent');
    if (kept.length === 0) storage.removeItem(key);
    else storage.setItem(key, JSON.stringify(kept));
    this.#options.changed();
  }
}

function restore({ storage, key, delays }: OutboxOptions): Outgoing[] {
  const stored = storage.getItem(key);
  if (!stored) return [];
  try {
    const list: unknown = JSON.parse(stored);
    return Array.isArray(list) ? list.flatMap((item) => decodeOutgoing(item, delays)) : [];
  } catch {
    return [];
  }
}

function decodeOutgoing(value: unknown, delays: Delays): Outgoing[] {
  const item = asRecord(value);
  const clientId = asText(item?.clientId);
  const text = asText(item?.text);
  const queuedAt = item?.queuedAt;
  if (!clientId || !text || typeof queuedAt !== 'number') return [];
  const late = item?.delivery === 'failed' || Date.now() - queuedAt > delays.giveUpMs;
  return [{ clientId, text, queuedAt, delivery: late ? 'failed' : 'sending' }];
}

/** An id that no other message has. */
export function newId(): string {
  // randomUUID exists only in secure contexts; a shop's test page may be plain http.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
