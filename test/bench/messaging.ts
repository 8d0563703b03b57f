import { startApps } from '../support/messaging/apps.ts';
import { type Rushed, rush, type Tally } from '../support/messaging/rush.ts';
import { startPostgres } from '../support/postgres.ts';
import { startRedis } from '../support/redis.ts';
import { type Figure, percentile } from './figure.ts';

const MESSAGES = Number(process.env.BENCH_MESSAGES ?? 10_000);
const PROCESSES = 3;
const PER_SECOND = 20;
const KILL_EVERY_MS = 5_000;
const TIMEOUTS = 0.05;

function figuresOf(app: string, tally: Tally, duplicates: number): Figure[] {
  const { messages, lost, duplicated, unanswered, outOfOrder, givenUp, waits } = tally;
  return [
    { name: `${app}: messages of customers`, figure: messages, unit: '' },
    { name: `${app}: without an answer`, figure: lost.length, unit: '', goal: 0 },
    { name: `${app}: answers shown twice`, figure: duplicated, unit: '', goal: duplicates },
    { name: `${app}: sends that were done, and timed out`, figure: unanswered, unit: '' },
    { name: `${app}: talks out of order`, figure: outOfOrder, unit: '', goal: 0 },
    { name: `${app}: never acknowledged, nor answered`, figure: givenUp, unit: '', goal: 0 },
    { name: `${app}: until the answer, p50`, figure: percentile(waits, 0.5), unit: 'ms' },
    { name: `${app}: until the answer, p99`, figure: percentile(waits, 0.99), unit: 'ms' },
  ];
}

const figures = ({ tallies: { wechat, wecom }, kills, tookMs }: Rushed): Figure[] => [
  { name: 'processes killed', figure: kills, unit: '' },
  { name: 'all messages took', figure: tookMs / 1000, unit: 's' },
  // The platform has no ids by which a second one would be known: what was done and timed out is sent twice.
  ...figuresOf('WeChat', wechat, kills + wechat.unanswered),
  ...figuresOf('WeCom', wecom, 0),
];

/** Customers of both platforms while answers of theirs time out, callbacks come twice, and processes are killed. */
export async function bench(): Promise<Figure[]> {
  const redis = await startRedis();
  const postgres = await startPostgres();
  try {
    const databaseUrl = await postgres.createDatabase();
    const apps = await startApps(PROCESSES, { databaseUrl, redisUrl: redis.url });
    try {
      const options = { messages: MESSAGES, perSecond: PER_SECOND, killEveryMs: KILL_EVERY_MS };
      const rushed = await rush(apps, { ...options, timeouts: TIMEOUTS });
      const lost = Object.values(rushed.tallies).flatMap((tally) => tally.lost);
      if (lost.length > 0) console.error([...lost, ...apps.processes.map((it) => it.output())].join('\n'));
      return figures(rushed);
    } finally {
      await apps.stop();
    }
  } finally {
    await postgres.stop();
    await redis.stop();
  }
}
