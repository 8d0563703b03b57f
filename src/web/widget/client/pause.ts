/** How long this client waits for what. All in milliseconds. */
export interface Delays {
  /** First pause after a failure; doubles with each further one. */
  backoffMinMs: number;
  backoffMaxMs: number;
  /** A message that could not be delivered for so long is shown as failed. */
  giveUpMs: number;
  requestTimeoutMs: number;
  /** A WebSocket that did not open by then never will. */
  socketOpenMs: number;
  pollMs: number;
  /** While polling, how long until a WebSocket is tried again. */
  socketRetryMs: number;
  /** Our keep-alive; a server that sends its own and falls silent for three of them is gone. */
  keepAliveMs: number;
  /** A typing sign that is not renewed disappears. */
  typingMs: number;
}

export const DELAYS: Delays = {
  backoffMinMs: 1000,
  backoffMaxMs: 30_000,
  giveUpMs: 90_000,
  requestTimeoutMs: 20_000,
  socketOpenMs: 10_000,
  pollMs: 1500,
  socketRetryMs: 60_000,
  keepAliveMs: 20_000,
  typingMs: 6000,
};

/**
 * Exponential backoff with jitter: between half of and the whole doubled pause, so that customers cut
 * off together do not come back together. `attempt` counts from 0.
 */
export function backoffMs(attempt: number, delays: Delays, random: () => number = Math.random): number {
  const whole = Math.min(delays.backoffMaxMs, delays.backoffMinMs * 2 ** Math.min(attempt, 16));
  return whole / 2 + (random() * whole) / 2;
}

/** A pause that can be cut short: by the network coming back, the page being looked at, or the end. */
export class Pause {
  #end: (() => void) | undefined;

  /** Waits; a second call cuts the first short. */
  wait(ms: number): Promise<void> {
    this.wake();
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.wake(), ms);
      this.#end = () => {
        clearTimeout(timer);
        this.#end = undefined;
        resolve();
      };
    });
  }

  wake(): void {
    this.#end?.();
  }
}
