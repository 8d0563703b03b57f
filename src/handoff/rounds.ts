import type { Log } from '../domain/log.ts';
import type { DeskParts } from './index.ts';
import { offerRound } from './offers.ts';
import { overdue } from './overdue.ts';
import type { ReadLog, Transcripts } from './transcripts.ts';
import { waiting } from './waiting.ts';

/** The desk's own work: assignment, time limits, news for those who wait, the archive. */
export interface DeskRounds {
  /** Offers what waits to whoever has room, as often as needed. */
  offer(): Promise<void>;
  /** Everything once. */
  round(): Promise<void>;
}

export function deskRounds(
  parts: Omit<DeskParts, 'kick'> & { transcripts: Transcripts; readLog: ReadLog; told: () => void },
): DeskRounds {
  const { transcripts, readLog, told } = parts;
  const lookForOverdue = overdue(parts);
  const { tellWaiting, tellPlaces } = waiting(parts);

  async function offer(): Promise<void> {
    while ((await offerRound(parts)) > 0) told();
  }

  return {
    offer,
    async round() {
      // What one of them cannot do keeps the others from nothing: those who wait hear of it in any case.
      const faults: unknown[] = [];
      for (const part of [lookForOverdue, offer, tellWaiting, tellPlaces, () => transcripts.archive(readLog)])
        await part().catch((error: unknown) => faults.push(error));
      told();
      if (faults.length > 0) throw new AggregateError(faults, 'parts of a round of the desk failed');
    },
  };
}

const EVERY_MS = 1_000;

/** Does the desk's work once a second, and offers at once when `kick` is called. Any number of processes may. */
export function startRounds(parts: { rounds: DeskRounds; log: Pick<Log, 'error'> }) {
  const { rounds, log } = parts;
  let stopped = false;
  let wanted: 'round' | 'offer' | undefined;
  let running: Promise<void> | undefined;

  async function work(): Promise<void> {
    while (wanted && !stopped) {
      const now = wanted;
      wanted = undefined;
      await rounds[now]();
    }
  }

  function want(what: 'round' | 'offer'): void {
    if (stopped) return;
    if (wanted !== 'round') wanted = what;
    running ??= work()
      .catch((error) => log.error({ err: error }, 'a round of the desk failed'))
      .finally(() => {
        running = undefined;
      });
  }

  const timer = setInterval(() => want('round'), EVERY_MS);
  timer.unref();
  return {
    kick: () => want('offer'),
    async stop(): Promise<void> {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
