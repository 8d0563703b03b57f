import { createClient } from 'redis';
import { startRedis } from '../support/redis.ts';
import { type Contender, type Customer, product, stockInMemory, stockOnRedis } from './contenders.ts';
import { type Figure, median, percentile, table } from './figure.ts';
import { TRIP } from './waterfall.ts';

const LEVELS = [1, 16, 64, 256];
const GOALS_AT = 64;
/** The contenders take turns in short slices, so that whatever else the machine does meets them all. */
const SLICES = 7;
const SLICE_MS = 700;

interface Slice {
  perSecond: number;
  p50: number;
  p99: number;
  /** Of this process, the customers' part included; Redis has a core of its own. */
  cpuMicros: number;
}

async function talk(customer: Customer, until: number, samples: number[]): Promise<void> {
  for (;;) {
    for (const text of TRIP) {
      const begun = performance.now();
      if (begun > until) return;
      await customer.say(text);
      samples.push(performance.now() - begun);
    }
  }
}

/** All customers of a level write at once, each the next message as soon as the last one is answered. */
async function slice(contender: Contender, level: number, ms: number): Promise<Slice> {
  const customers = await Promise.all(Array.from({ length: level }, () => contender.open()));
  const samples: number[] = [];
  const cpuBefore = process.cpuUsage();
  const begun = performance.now();
  await Promise.all(customers.map((customer) => talk(customer, begun + ms, samples)));
  const seconds = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  await Promise.all(customers.map((customer) => customer.leave()));
  return {
    perSecond: samples.length / seconds,
    p50: percentile(samples, 0.5),
    p99: percentile(samples, 0.99),
    cpuMicros: (user + system) / samples.length,
  };
}

async function compare(contenders: Contender[], level: number): Promise<Map<Contender, Slice[]>> {
  const slices = new Map<Contender, Slice[]>(contenders.map((contender) => [contender, []]));
  for (let round = 0; round < SLICES; round++) {
    // Nobody always comes after the same one, whose garbage he would collect.
    const order = round % 2 === 0 ? contenders : [...contenders].reverse();
    for (const contender of order) slices.get(contender)?.push(await slice(contender, level, SLICE_MS));
  }
  return slices;
}

type Commands = Map<string, number>;

async function commandsOf(url: string, work: () => Promise<void>): Promise<Commands> {
  const client = createClient({ url });
  await client.connect();
  await client.configResetStat();
  await work();
  const stats = await client.info('commandstats');
  client.destroy();
  const counted = [...stats.matchAll(/cmdstat_([^:]+):calls=(\d+)/g)];
  return new Map(counted.map(([, name = '', calls]) => [name, Number(calls)]));
}

/** Commands per turn at one conversation, counted by the server. */
async function roundTrips(url: string, contender: Contender): Promise<{ figure: number; all: string }> {
  const turns = 100 * TRIP.length;
  const customer = await contender.open();
  const commands = await commandsOf(url, async () => {
    for (let n = 0; n < turns; n++) await customer.say(TRIP[n % TRIP.length] ?? '');
  });
  await customer.leave();
  const perTurn = [...commands].map(([name, calls]) => ({ name, calls: calls / turns }));
  const sent = perTurn.filter(({ name }) => contender.sends.includes(name));
  const seen = perTurn.filter(({ calls }) => calls >= 0.05).sort((a, b) => b.calls - a.calls);
  return {
    figure: sent.reduce((sum, { calls }) => sum + calls, 0),
    all: seen.map(({ name, calls }) => `${name} ${calls.toFixed(2)}`).join(', '),
  };
}

const middle = (slices: Slice[], key: keyof Slice) => median(slices.map((one) => one[key]));

/** Of each pair of neighbouring slices: what a noisy second does to one, it does to the other. */
const ratio = (ours: Slice[], theirs: Slice[], key: keyof Slice) =>
  median(ours.map((one, n) => one[key] / (theirs[n]?.[key] ?? Number.NaN)));

const cellsOf = (slices: Slice[]) => [
  middle(slices, 'perSecond').toFixed(0),
  middle(slices, 'p50').toFixed(2),
  middle(slices, 'p99').toFixed(2),
  middle(slices, 'cpuMicros').toFixed(0),
];

function ratios(level: number, ours: Slice[], theirs: Slice[]): Figure[] {
  const goals = level === GOALS_AT;
  return [
    {
      name: `turns: product / stock on Redis, ${level} parallel`,
      figure: ratio(ours, theirs, 'perSecond'),
      unit: 'x',
      ...(goals && { atLeast: 1 }),
    },
    {
      name: `p99: product / stock on Redis, ${level} parallel`,
      figure: ratio(ours, theirs, 'p99'),
      unit: 'x',
      ...(goals && { goal: 1 }),
    },
    // What a machine that is busy with other things leaves as it is.
    {
      name: `CPU per turn: product / stock on Redis, ${level} parallel`,
      figure: ratio(ours, theirs, 'cpuMicros'),
      unit: 'x',
    },
  ];
}

/**
 * The engine on Redis beside a stock bot on Redis and one without a store, with the same waterfall, on one
 * Redis that appends to its file and syncs it each second.
 */
export async function bench(): Promise<Figure[]> {
  const redis = await startRedis({ appendfsync: 'everysec' });
  const contenders: Contender[] = [];
  try {
    const ours = await product(redis.url);
    const stock = await stockOnRedis(redis.url);
    contenders.push(ours, stock, stockInMemory());
    for (const contender of contenders) await slice(contender, GOALS_AT, 2 * SLICE_MS);
    const figures: Figure[] = [];
    const rows: string[][] = [];
    for (const level of LEVELS) {
      const slices = await compare(contenders, level);
      for (const [contender, all] of slices) {
        rows.push([String(level), contender.name, ...cellsOf(all)]);
      }
      figures.push(...ratios(level, slices.get(ours) ?? [], slices.get(stock) ?? []));
    }
    table(['parallel', 'contender', 'turns/s', 'p50 ms', 'p99 ms', 'CPU µs/turn'], rows);
    for (const contender of [ours, stock]) {
      const { figure, all } = await roundTrips(redis.url, contender);
      console.log(`commands per turn, ${contender.name}: ${all}`);
      figures.push({ name: `round trips per turn: ${contender.name}`, figure, unit: '' });
    }
    return figures;
  } finally {
    for (const contender of contenders) await contender.close();
    await redis.stop();
  }
}
