import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BenchClient, openClient } from './client.ts';
import { type Figure, percentile } from './figure.ts';
import { startProduct } from './product.ts';

const CONVERSATIONS = 10;
/** One round through a waterfall without the platform: what the engine costs, not the account API. */
export const ROUND = [
  '你好',
  '你能做什么',
  '解绑和删除有什么区别',
  '算了',
  '谢谢',
  '解绑会影响征信吗',
  '先不用',
  '重新开始',
];
/** Mean time between two messages of one customer; people need several seconds. */
const PACE_MS = 250;
/** A customer may send 60 messages a minute. */
const ROUNDS = 6;
const WAVES = 4;
const IDLE_SOCKETS = 200;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** `paceMs` between two messages on average; 0 = the next at once after the answer. */
async function talk(client: BenchClient, rounds: number, paceMs: number): Promise<number[]> {
  const samples: number[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const text of ROUND) {
      if (paceMs > 0) await pause(paceMs * (0.5 + Math.random()));
      samples.push(await client.ask(text));
    }
  }
  return samples;
}

/** Ten customers at once, each waiting for an answer before the next message. */
async function wave(url: string, rounds: number, paceMs: number): Promise<number[]> {
  const opened = Array.from({ length: CONVERSATIONS }, () => openClient(url, 'happy'));
  const clients = await Promise.all(opened);
  const samples = await Promise.all(clients.map((client) => talk(client, rounds, paceMs)));
  for (const client of clients) client.close();
  return samples.flat();
}

const settle = () => pause(3_000);

/** Start, turns at ten parallel conversations, memory, idle sockets: the whole built product over HTTP. */
export async function bench(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'unbind-bench-'));
  const first = await startProduct({ dataDir: folder });
  await first.stop();
  const product = await startProduct({ dataDir: folder });
  try {
    await wave(product.url, 4, 0);
    const paced: number[] = [];
    for (let n = 0; n < WAVES; n++) paced.push(...(await wave(product.url, ROUNDS, PACE_MS)));
    const begun = performance.now();
    const flatOut: number[] = [];
    for (let n = 0; n < WAVES; n++) flatOut.push(...(await wave(product.url, ROUNDS, 0)));
    const perSecond = flatOut.length / ((performance.now() - begun) / 1000);
    await settle();
    const before = product.memoryMb();
    const idle: BenchClient[] = [];
    for (let n = 0; n < IDLE_SOCKETS; n += 20) {
      idle.push(...(await Promise.all(Array.from({ length: 20 }, () => openClient(product.url, 'happy')))));
    }
    await settle();
    const after = product.memoryMb();
    for (const client of idle) client.close();
    return [
      { name: 'start: first time, data directory laid out', figure: first.readyMs, unit: 'ms' },
      { name: 'start: built, data there', figure: product.readyMs, unit: 'ms', goal: 5_000 },
      {
        name: `turn, ${CONVERSATIONS} customers writing: p50`,
        figure: percentile(paced, 0.5),
        unit: 'ms',
        goal: 15,
      },
      {
        name: `turn, ${CONVERSATIONS} customers writing: p99`,
        figure: percentile(paced, 0.99),
        unit: 'ms',
        goal: 60,
      },
      { name: `turn, ${CONVERSATIONS} without a pause: p50`, figure: percentile(flatOut, 0.5), unit: 'ms' },
      { name: `turn, ${CONVERSATIONS} without a pause: p99`, figure: percentile(flatOut, 0.99), unit: 'ms' },
      { name: 'turns without a pause', figure: perSecond, unit: 'per second' },
      { name: 'resident memory after the turns', figure: before, unit: 'MB', goal: 600 },
      { name: `${IDLE_SOCKETS} idle sockets`, figure: after - before, unit: 'MB', goal: 20 },
    ];
  } finally {
    await product.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
