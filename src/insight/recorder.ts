import { isPassing } from '../domain/fault.ts';
import type { TurnInsight } from '../domain/insight.ts';
import type { Log } from '../domain/log.ts';
import type { Insights } from './insights.ts';

/** Takes what is known of turns, and writes it a moment later: no turn waits for it. */
export interface Recorder {
  /** Never throws, never waits. */
  record(insight: TurnInsight): void;
  /** Writes what is left, as far as the database is there. */
  stop(): Promise<void>;
}

const BATCH = 200;
const EVERY_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** Some 20 MB. While the database is away, what comes on top is counted and let go. */
const MOST = 20_000;

/** Collects insights and writes them in batches, about once a second; tried again while the database is away. */
export function startRecorder(parts: {
  insights: Pick<Insights, 'write'>;
  log: Log;
  everyMs?: number;
  most?: number;
}): Recorder {
  const { insights, log, everyMs = EVERY_MS, most = MOST } = parts;
  let waiting: TurnInsight[] = [];
  let lost = 0;
  let pauseMs = everyMs;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> | undefined;

  function later(): void {
    timer ??= setTimeout(flush, pauseMs).unref();
  }

  /** Takes the batch out once it is written, or can never be. False when it has to wait. */
  async function writeOne(): Promise<boolean> {
    const batch = waiting.slice(0, BATCH);
    try {
      await insights.write(batch);
    } catch (error) {
      if (isPassing(error)) return false;
      log.error({ err: error, turns: batch.length }, 'what is known of turns could not be written');
    }
    waiting = waiting.slice(batch.length);
    return true;
  }

  async function write(): Promise<void> {
    while (waiting.length > 0) {
      if (!(await writeOne())) {
        pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
        return;
      }
    }
    pauseMs = everyMs;
    if (lost > 0)
      log.error({ turns: lost }, 'what was known of turns is lost: the database was away for long');
    lost = 0;
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    writing ??= write().finally(() => {
      writing = undefined;
      if (waiting.length > 0) later();
    });
    return writing;
  }

  return {
    record(insight) {
      if (waiting.length >= most) {
        lost++;
        return;
      }
      waiting.push(insight);
      // While the database is away, a full batch is no reason to try sooner.
      if (waiting.length === BATCH && pauseMs === everyMs) void flush();
      else later();
    },
    async stop() {
      await writing;
      await flush();
      clearTimeout(timer);
      const left = waiting.length + lost;
      if (left > 0) log.error({ turns: left }, 'what was known of turns is lost: the database is away');
    },
  };
}
