import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { startPostgres } from '../support/postgres.ts';
import { startRedis } from '../support/redis.ts';
import type { Figure } from './figure.ts';
import { median } from './figure.ts';
import type { Crowd } from './idle.ts';
import { type Helper, startHelper } from './processes.ts';
import { type Product, startProduct } from './product.ts';

const SOCKETS = 10_000;
/** Opened and left before anything is counted, so that code and heap have their size. */
const BEFORE = 500;
/** Besides sockets, a process has files, connections to its stores and requests under way. */
const OTHER_FILES = 600;
/** Longer than two rounds of keep-alives, which each socket gets every 20 s. */
const SETTLE_MS = 45_000;

/** Node itself raises the soft limit to the hard one. */
function openFilesAllowed(): number {
  const [, limit = ''] = /Max open files\s+(\S+)/.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
  return limit === 'unlimited' ? Number.POSITIVE_INFINITY : Number(limit);
}

/** Resident memory at rest, in MB: the median of some seconds, since the collector comes and goes. */
async function memoryAtRest(product: Product, settleMs: number): Promise<number> {
  await pause(settleMs);
  const samples: number[] = [];
  while (samples.length < 10) {
    samples.push(product.memoryMb());
    await pause(1_000);
  }
  return median(samples);
}

async function openMany(url: string, sockets: number): Promise<{ crowd: Helper; perSecond: number }> {
  const crowd = startHelper('idle.ts');
  const begun = performance.now();
  await crowd.ask({ url, sockets } satisfies Crowd);
  return { crowd, perSecond: sockets / ((performance.now() - begun) / 1000) };
}

async function cpuShareOf(product: Product, ms: number): Promise<number> {
  const before = product.cpuSeconds();
  await pause(ms);
  return (product.cpuSeconds() - before) / (ms / 1000);
}

/** What sockets of customers who only have the chat open cost one process, on Redis and PostgreSQL. */
export async function bench(): Promise<Figure[]> {
  const allowed = openFilesAllowed();
  if (allowed < SOCKETS + OTHER_FILES) {
    throw new Error(`ulimit -n is ${allowed}: ${SOCKETS} sockets need ${SOCKETS + OTHER_FILES}`);
  }
  const redis = await startRedis({ appendfsync: 'everysec' });
  const postgres = await startPostgres();
  const env = { REDIS_URL: redis.url, DATABASE_URL: await postgres.createDatabase() };
  const product = await startProduct({ env });
  try {
    const warmUp = await openMany(product.url, BEFORE);
    await warmUp.crowd.stop();
    const before = await memoryAtRest(product, 5_000);
    const { crowd, perSecond } = await openMany(product.url, SOCKETS);
    const after = await memoryAtRest(product, SETTLE_MS);
    const cpuShare = await cpuShareOf(product, 20_000);
    const open = await crowd.ask<number>({ url: product.url, sockets: 0 } satisfies Crowd);
    if (open !== SOCKETS) throw new Error(`only ${open} of ${SOCKETS} sockets are open`);
    await crowd.stop();
    return [
      { name: 'resident memory before', figure: before, unit: 'MB' },
      { name: `with ${SOCKETS} idle sockets`, figure: after, unit: 'MB' },
      { name: 'memory per idle socket', figure: ((after - before) * 1000) / SOCKETS, unit: 'kB', goal: 40 },
      { name: 'CPU of the process meanwhile', figure: cpuShare * 100, unit: '% of a core' },
      { name: 'conversations opened, with greeting and socket', figure: perSecond, unit: 'per second' },
    ];
  } finally {
    await product.stop();
    await postgres.stop();
    await redis.stop();
  }
}
