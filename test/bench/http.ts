import { startPostgres } from '../support/postgres.ts';
import { startRedis } from '../support/redis.ts';
import type { Figure } from './figure.ts';
import type { Wave } from './load.ts';
import { cpuSecondsOf, type Helper, startHelper } from './processes.ts';
import { freePort, type Product, startProduct } from './product.ts';
import type { StockPart } from './stock-server.ts';
import { ROUND } from './turns.ts';
import { TRIP } from './waterfall.ts';
import { type Line, type Measured, measureAll, middle, show } from './waves.ts';

const CUSTOMERS = 64;
/** A customer may send 60 messages a minute, so each wave has new ones. */
const MESSAGES = 48;
const TITLE = `${CUSTOMERS} parallel`;
const STOCK_POLL_MS = 1_000;

const productWave = (urls: string[], paceMs: number): Wave => ({
  urls,
  customers: CUSTOMERS,
  texts: ROUND,
  rounds: MESSAGES / ROUND.length,
  paceMs,
});

/** Fewer rounds than the product's: at this speed they take as long. */
const stockWave = (url: string, pollMs: number, paceMs: number): Wave => ({
  urls: [url],
  pollMs,
  customers: CUSTOMERS,
  texts: TRIP,
  rounds: pollMs > 0 ? 2 : 4,
  paceMs,
});

async function startStock(): Promise<{ url: string; cpu(): number; stop(): Promise<void> }> {
  const [botPort, port] = [await freePort(), await freePort()];
  const bot = startHelper('stock-server.ts');
  const directLine = startHelper('stock-server.ts');
  await bot.ask({ part: 'bot', port: botPort } satisfies StockPart);
  const botUrl = `http://127.0.0.1:${botPort}/api/messages`;
  await directLine.ask({ part: 'direct-line', port, botUrl } satisfies StockPart);
  return {
    url: `http://127.0.0.1:${port}`,
    cpu: () => cpuSecondsOf(bot.pid) + cpuSecondsOf(directLine.pid),
    async stop() {
      await Promise.all([bot.stop(), directLine.stop()]);
    },
  };
}

async function againstStock(client: Helper, product: Product): Promise<Figure[]> {
  const stock = await startStock();
  try {
    const ours = { cpu: product.cpuSeconds };
    const flatOut: Line = { name: 'this product', wave: productWave([product.url], 0), ...ours };
    const paced: Line = {
      name: 'this product, 250 ms between messages',
      wave: productWave([product.url], 250),
      ...ours,
    };
    const fast: Line = {
      name: 'offline-directline, asked at once',
      wave: stockWave(stock.url, 0, 0),
      cpu: stock.cpu,
    };
    const usual: Line = {
      name: `offline-directline, polled each ${STOCK_POLL_MS} ms`,
      wave: stockWave(stock.url, STOCK_POLL_MS, 0),
      cpu: stock.cpu,
    };
    const all = await measureAll(client, [flatOut, fast, usual, paced]);
    show(TITLE, all);
    const rate = (line: Line) => middle(all.get(line), 'perSecond');
    const p99 = (line: Line) => middle(all.get(line), 'p99');
    const serverCpu = (line: Line) => middle(all.get(line), 'serverCpuMs');
    const goal = 50;
    return [
      {
        name: 'turns: product / stock asked at once',
        figure: rate(flatOut) / rate(fast),
        unit: 'x',
        atLeast: 10,
      },
      {
        name: `turns: product / stock polled each ${STOCK_POLL_MS} ms`,
        figure: rate(flatOut) / rate(usual),
        unit: 'x',
        atLeast: 10,
      },
      {
        name: 'server CPU per turn: stock asked at once / product',
        figure: serverCpu(fast) / serverCpu(flatOut),
        unit: 'x',
      },
      { name: 'POST to reply, without a pause: p99', figure: p99(flatOut), unit: 'ms', goal },
      { name: 'POST to reply, 250 ms between messages: p99', figure: p99(paced), unit: 'ms', goal },
    ];
  } finally {
    await stock.stop();
  }
}

async function twoOverOne(client: Helper, one: Product, other: Product): Promise<Figure[]> {
  const single: Line = { name: 'one process', wave: productWave([one.url], 0), cpu: one.cpuSeconds };
  const both: Line = {
    name: 'two processes',
    wave: productWave([one.url, other.url], 0),
    cpu: () => one.cpuSeconds() + other.cpuSeconds(),
  };
  // As warm as the first one, which has answered thousands by now.
  for (let n = 0; n < 3; n++) await client.ask(productWave([other.url], 0));
  const all = await measureAll(client, [single, both]);
  show(TITLE, all);
  const ratio = (key: keyof Measured) => middle(all.get(both), key) / middle(all.get(single), key);
  return [
    {
      name: 'turns: two processes / one, on this machine',
      figure: ratio('perSecond'),
      unit: 'x',
      atLeast: 1.6,
    },
    // What the machine's cores, which client and stores use as well, do not hide.
    { name: 'the same with a core for each, from CPU time', figure: 2 / ratio('serverCpuMs'), unit: 'x' },
  ];
}

/** The whole product on Redis and PostgreSQL over HTTP, its customers in a process of their own. */
export async function bench(): Promise<Figure[]> {
  const stops: (() => Promise<unknown>)[] = [];
  try {
    const redis = await startRedis({ appendfsync: 'everysec' });
    stops.unshift(redis.stop);
    const postgres = await startPostgres();
    stops.unshift(postgres.stop);
    const env = {
      REDIS_URL: redis.url,
      DATABASE_URL: await postgres.createDatabase(),
      // The same in both processes, as in production.
      DIRECT_LINE_SECRET: 'bench-direct-line-secret-0123456789',
      TOKEN_SIGNING_KEY: 'bench-token-signing-key-0123456789abc',
      DOCUMENT_KEK: Buffer.alloc(32, 7).toString('base64'),
    };
    const client = startHelper('load.ts');
    stops.unshift(client.stop);
    const one = await startProduct({ env });
    stops.unshift(one.stop);
    const figures = await againstStock(client, one);
    const other = await startProduct({ env });
    stops.unshift(other.stop);
    return [...figures, ...(await twoOverOne(client, one, other))];
  } finally {
    for (const stop of stops) await stop();
  }
}
