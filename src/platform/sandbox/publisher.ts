import { setTimeout as delay } from 'node:timers/promises';
import { request } from 'undici';
import { type Clock, systemClock } from '../../domain/clock.ts';
import type { PlatformLog } from '../client.ts';
import { type PlatformEvent, signPlatformEvent } from '../events.ts';

/** Where events go: the address of `POST /api/platform/events` and the shared secret. */
export interface EventTarget {
  url: string;
  secret: string;
}

const PAUSES_MS = [200, 1000, 5000, 15_000];

/** Sends signed events until they are taken, five times at most. */
export class Publisher {
  readonly #target: EventTarget;
  readonly #clock: Clock;
  readonly #log: PlatformLog | undefined;
  readonly #stop = new AbortController();
  readonly #sending = new Set<Promise<void>>();

  constructor(target: EventTarget, options: { clock?: Clock; log?: PlatformLog | undefined }) {
    this.#target = target;
    this.#clock = options.clock ?? systemClock;
    this.#log = options.log;
  }

  publish(event: PlatformEvent): void {
    const sending = this.#deliver(event).finally(() => this.#sending.delete(sending));
    this.#sending.add(sending);
  }

  /** Gives up what has not been taken. */
  async close(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#sending);
  }

  async #deliver(event: PlatformEvent): Promise<void> {
    for (const pauseMs of [0, ...PAUSES_MS]) {
      const isStopped = await delay(pauseMs, false, { signal: this.#stop.signal }).catch(() => true);
      if (isStopped || (await this.#isTaken(event))) return;
    }
    this.#log?.warn({ type: event.type }, 'sandbox event was not taken');
  }

  async #isTaken(event: PlatformEvent): Promise<boolean> {
    const body = JSON.stringify(event);
    const signature = signPlatformEvent(body, this.#target.secret, this.#clock.now());
    const signal = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(5000)]);
    try {
      const headers = { 'content-type': 'application/json', ...signature };
      const response = await request(this.#target.url, { method: 'POST', headers, body, signal });
      await response.body.dump();
      return response.statusCode >= 200 && response.statusCode < 300;
    } catch {
      return false; // not reachable yet: counts as not taken
    }
  }
}
