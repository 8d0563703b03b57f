import type { DeskEvent } from '../domain/desk.ts';
import type { Log } from '../domain/log.ts';
import type { DeskReading } from './reading.ts';

/** What happens at the desk from now on, on any process. */
export interface DeskLive {
  /**
   * Calls back with each batch of events, in order and without gaps. Whoever goes on from a number subscribes
   * first, then reads `events(number)`, and passes over what it knows already.
   */
  subscribe(listener: (events: readonly DeskEvent[]) => void): Promise<() => void>;
  /** Something has just been committed here. */
  kick(): void;
  stop(): Promise<void>;
}

/** Others commit, too; their events are seen this much later. */
const POLL_MS = 150;

/** One look at the end of the events for all listeners of this process. */
export function deskLive(parts: {
  reading: Pick<DeskReading, 'events' | 'lastSeq'>;
  log: Pick<Log, 'error'>;
}): DeskLive {
  const { reading, log } = parts;
  const listeners = new Set<(events: readonly DeskEvent[]) => void>();
  let seen: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;
  let again = false;

  async function look(): Promise<void> {
    do {
      again = false;
      if (seen === undefined || listeners.size === 0) return;
      if ((await reading.lastSeq()) <= seen) continue;
      const events = await reading.events(seen);
      seen = events.at(-1)?.seq ?? seen;
      if (events.length > 0) for (const listener of listeners) listener(events);
      again ||= events.length > 0;
    } while (again);
  }

  function kick(): void {
    again = true;
    looking ??= look()
      .catch((error) => log.error({ err: error }, 'looking for desk events failed'))
      .finally(() => {
        looking = undefined;
      });
  }

  function rest(): void {
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
    seen = undefined;
  }

  return {
    kick,
    async subscribe(listener) {
      const last = await reading.lastSeq();
      // Only now: another one may have begun meanwhile, and must not be taken beyond what it was told.
      seen ??= last;
      listeners.add(listener);
      timer ??= setInterval(kick, POLL_MS).unref();
      return () => {
        listeners.delete(listener);
        rest();
      };
    },
    async stop() {
      listeners.clear();
      rest();
      await looking;
    },
  };
}
