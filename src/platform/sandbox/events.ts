import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../../domain/clock.ts';
import type { PlatformEvent } from '../../domain/platform-event.ts';
import type { PlatformLog } from '../client.ts';
import { toPlatformTime } from './account.ts';

/** Where events are posted to, and with what they are signed. */
export interface EventTarget {
  url: string;
  secret: string;
}

type WithoutId<Event> = Event extends PlatformEvent ? Omit<Event, 'id' | 'occurredAt'> : never;
/** What happened; id and time are given to it here. */
export type Happened = WithoutId<PlatformEvent>;

const PAUSES_MS = [500, 1000, 2000, 4000, 8000];
const TIMEOUT_MS = 5_000;

/** Posts signed events, several times if it must; what cannot be delivered until the end is forgotten. */
export class EventSender {
  readonly #clock: Clock;
  readonly #log: PlatformLog | undefined;
  readonly #ended = new AbortController();
  readonly #sending = new Set<Promise<void>>();
  #target: EventTarget | undefined;

  constructor(clock: Clock, log: PlatformLog | undefined) {
    this.#clock = clock;
    this.#log = log;
  }

  sendTo(target: EventTarget): void {
    this.#target = target;
  }

  send(happened: Happened): void {
    const target = this.#target;
    if (!target) return;
    const event = { id: randomUUID(), occurredAt: toPlatformTime(this.#clock.now()), ...happened };
    const sending = this.#deliver(target, JSON.stringify(event)).finally(() => this.#sending.delete(sending));
    this.#sending.add(sending);
  }

  async close(): Promise<void> {
    this.#ended.abort();
    await Promise.all(this.#sending);
  }

  async #deliver(target: EventTarget, body: string): Promise<void> {
    for (const pauseMs of PAUSES_MS) {
      if (this.#ended.signal.aborted || (await this.#post(target, body))) return;
      await setTimeout(pauseMs, undefined, { signal: this.#ended.signal }).catch(() => undefined);
    }
    this.#log?.warn({}, 'sandbox event not delivered');
  }

  /** Whether it was taken. Each try has a timestamp of its own, the event keeps its id. */
  async #post({ url, secret }: EventTarget, body: string): Promise<boolean> {
    const timestamp = String(Math.floor(this.#clock.now().getTime() / 1000));
    const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-platform-timestamp': timestamp,
          'x-platform-signature': `sha256=${signature}`,
        },
        body,
        signal: AbortSignal.any([this.#ended.signal, AbortSignal.timeout(TIMEOUT_MS)]),
      });
      await response.arrayBuffer();
      return response.ok;
    } catch {
      // Not there yet, or no longer: it is tried again.
      return false;
    }
  }
}
