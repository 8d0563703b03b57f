import { systemClock as clock } from '../domain/clock.ts';
import type { DeskSettings } from '../domain/desk.ts';
import {
  createHandoffs,
  createTranscripts,
  deskLive,
  deskRounds,
  type ReadLog,
  startRounds,
} from '../handoff/index.ts';
import type { Parts } from './parts.ts';
import type { Running } from './running.ts';

/**
 * Hand-offs from both sides, the desk's own work, and what its live sockets and searches read. It does its rounds
 * once it is started; until then nobody is offered anything.
 */
export function openHandoffs(
  parts: Pick<Parts, 'database' | 'store' | 'log'> & { defaults: DeskSettings; kick: () => void },
  running: Running,
) {
  const { database, store, defaults, log } = parts;
  let rounds: ReturnType<typeof startRounds> | undefined;
  const kick = () => {
    parts.kick();
    rounds?.kick();
    live.kick();
  };
  const sides = createHandoffs({ database, clock, defaults, kick });
  const live = deskLive({ reading: sides.desk, log });
  running.onStop(() => live.stop());
  const transcripts = createTranscripts({ database, clock });
  return {
    ...sides,
    live,
    transcripts,
    start(): void {
      const readLog: ReadLog = (id, afterSeq, limit) => store.read(id, afterSeq, limit);
      const work = deskRounds({ database, clock, defaults, transcripts, readLog, told: parts.kick });
      const started = startRounds({ rounds: work, log });
      rounds = started;
      running.onStop(() => started.stop());
    },
  };
}
