import { Gauge, type Registry } from 'prom-client';
import type { Clock } from '../../domain/clock.ts';
import type { Log } from '../../domain/log.ts';
import type { Cloud } from './cloud.ts';

/** The SDK looks for new keys when its own are an hour old, and cannot do without after a day. */
const EVERY_MS = 65 * 60_000;
const AGAIN_MS = 60_000;

export interface KeyKeeper {
  start(): void;
  stop(): void;
}

/**
 * Fetches the keys that Azure signs with before anybody needs them, and keeps them fresh. While they cannot be
 * fetched everything else works, so the process is ready all the same: the log and a gauge tell of it.
 */
export function createKeyKeeper(parts: {
  cloud: Pick<Cloud, 'fetchKeys'>;
  registry: Registry;
  clock: Clock;
  log: Log;
  againMs?: number | undefined;
}): KeyKeeper {
  const { cloud, clock, log, againMs = AGAIN_MS } = parts;
  const fetchedAt = new Gauge({
    name: 'azure_keys_fetched_timestamp_seconds',
    help: 'When the keys that Azure Bot Service signs with could last be fetched; 0: never',
    registers: [parts.registry],
  });
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let away = false;

  async function round(): Promise<void> {
    const result = await cloud.fetchKeys();
    if (stopped) return;
    if (result.kind === 'fetched') {
      fetchedAt.set(clock.now().getTime() / 1000);
      if (away) log.info({}, 'the keys of Azure Bot Service are there again');
    } else log.error({ err: result.cause }, 'the keys of Azure Bot Service cannot be fetched; trying again');
    away = result.kind !== 'fetched';
    timer = setTimeout(() => void round(), away ? againMs : EVERY_MS);
  }

  return {
    start: () => void round(),
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
