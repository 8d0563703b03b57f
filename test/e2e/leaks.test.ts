import { expect } from 'chai';
import pg from 'pg';
import { freshPostgres } from '../support/databases.ts';
import { type RedisServer, startRedis } from '../support/redis.ts';
import { type ProductServer, startServer } from '../support/server.ts';
import { Talk } from './direct-line.ts';
import { filesBelow, partsLeft, placesOf, type Sources } from './leak-search.ts';
import { ONE_LINERS, SEEDS } from './leak-seeds.ts';
import { knockEverywhere, Sender, sendElsewhere } from './leak-ways.ts';

/** Not a secret: proves that the search finds what is kept. */
const MARKER = '紫藤花开了的时候';
const EVENTS_SECRET = 'the-platforms-secret-for-events-0123';

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function tablesOf(url: string): Promise<Sources> {
  const tables = await query(
    url,
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  const sources: Sources = new Map();
  for (const { name } of tables) {
    const rows = await query(url, `select t::text as row from ${name} t`);
    sources.set(`postgres ${name}`, Buffer.from(rows.map(({ row }) => row).join('\n')));
  }
  return sources;
}

/** Every write there ever was is in the append-only file, also of what has expired. */
async function everythingIn(redis: RedisServer): Promise<Sources> {
  const [folder = ''] = Object.values((await redis.ask('CONFIG', 'GET', 'dir')) as object).slice(-1);
  return filesBelow(folder, 'redis');
}

interface Stores {
  env: Record<string, string>;
  read(): Promise<Sources>;
  /** Makes turns fail that need it. */
  breakTable(name: string): Promise<void>;
  close(): Promise<void>;
}

const SET_UPS: Record<string, () => Promise<Stores>> = {
  'embedded stores': async () => ({
    env: {},
    read: async () => new Map(),
    breakTable: async () => undefined,
    close: async () => undefined,
  }),
  'Redis and PostgreSQL': async () => {
    const redis = await startRedis();
    const database = await freshPostgres();
    return {
      env: { REDIS_URL: redis.url, DATABASE_URL: database },
      read: async () => new Map([...(await everythingIn(redis)), ...(await tablesOf(database))]),
      breakTable: async (name) => void (await query(database, `alter table ${name} rename to ${name}_gone`)),
      close: () => redis.stop(),
    };
  },
};

async function tellEverything(server: ProductServer, sender: Sender, stores: Stores): Promise<string[]> {
  const talk = await Talk.begin(server.url, 'risk-lock');
  for (const { says } of Object.values(SEEDS)) for (const line of says) await talk.ask(line);
  for (const words of ONE_LINERS) {
    await sendElsewhere(sender, talk, words);
  }
  // Every kind once is enough for doors that take no words.
  for (const words of ONE_LINERS.filter((_, n) => n % 3 === 0))
    await knockEverywhere(sender, words, EVENTS_SECRET);
  // Where an answer is kept in full: the reason of a case.
  const reasons = await Talk.begin(server.url, 'risk-lock');
  for (const line of ['解绑一直失败', '现在申请', `${MARKER} ${ONE_LINERS.join(' ')}`])
    await reasons.ask(line);
  // Turns that fail: the platform does not answer, then the database has lost a table.
  const failing = await Talk.begin(server.url, 'platform-down');
  await failing.ask(`解绑一直失败 ${ONE_LINERS.join(' ')}`);
  await stores.breakTable('cases');
  for (const line of ['查审核进度', `JB20261104000912 ${ONE_LINERS.join(' ')}`]) await failing.ask(line);
  await sender.send('/metrics');
  return [...(await talk.transcript()), ...(await reasons.transcript()), ...(await failing.transcript())];
}

for (const [name, setUp] of Object.entries(SET_UPS)) {
  describe(`what a customer should not have typed, on ${name}`, function () {
    this.timeout(180_000);
    let stores: Stores;
    let server: ProductServer;
    let sources: Sources;
    let transcript: string[];

    before(async () => {
      stores = await setUp();
      const env = { LOG_LEVEL: 'trace', PLATFORM_EVENTS_SECRET: EVENTS_SECRET, ...stores.env };
      server = await startServer({ env });
      const sender = new Sender(server.url);
      transcript = await tellEverything(server, sender, stores);
      // Twice: once as written by a living process, once as a stopped one leaves it.
      const living = filesBelow(server.dataDir, 'living');
      await server.kill('SIGTERM');
      sources = new Map([...living, ...filesBelow(server.dataDir, 'stopped'), ...(await stores.read())]);
      sources.set('output', Buffer.from(server.output()));
      sources.set('answers', Buffer.from(sender.answers.join('\n')));
      sources.set('transcript', Buffer.from(transcript.join('\n')));
    });
    after(async () => {
      await server?.stop();
      await stores?.close();
    });

    it('leaves the rest where it is kept, so that the search is worth something', () => {
      const places = placesOf(MARKER, sources).join('\n');
      expect(places).to.match(/^(?:living .*db|living\/.*db|redis)/m);
      expect(server.output().length, 'the log at its most talkative').to.be.greaterThan(5000);
      expect(sources.get('answers')?.toString())
        .to.match(/unbind_|process_cpu/)
        .and.to.include('"error"');
    });

    it('has met turns that failed', () => {
      expect(transcript.join('\n')).to.match(
        name === 'embedded stores' ? /平台的系统这会儿没有回应/ : /我这边刚才出了点问题/,
      );
    });

    it('leaves no eight digits of any number, on disk, in a store, in the log, in an answer', () => {
      const numbers = Object.values(SEEDS).flatMap(({ number }) => number ?? []);
      expect(partsLeft(numbers, sources)).to.deep.equal([]);
    });

    for (const [what, { words }] of Object.entries(SEEDS)) {
      for (const secret of words) {
        it(`leaves no ${JSON.stringify(secret)} of ${what}`, () => {
          expect(placesOf(secret, sources)).to.deep.equal([]);
        });
      }
    }

    it('is pointed out to the customer', () => {
      expect(transcript.filter((line) => line.includes('都别发在聊天里'))).to.have.length.greaterThan(
        Object.keys(SEEDS).length - 5,
      );
    });
  });
}
