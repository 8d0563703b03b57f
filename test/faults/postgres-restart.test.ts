import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import pg from 'pg';
import { type PostgresServer, startPostgres } from '../support/postgres.ts';
import { type RedisServer, startRedis } from '../support/redis.ts';
import { Applicant } from './applicant.ts';
import { type Pair, startPair } from './pair.ts';

const APPLICANTS = 6;
/** Longer than a query waits for a server that is away. */
const LONG_MS = 5_000;
/** When the server dies after the customers have said that they submit, and for how long. */
const STRIKES = [
  { afterMs: 0, awayMs: 500 },
  { afterMs: 30, awayMs: LONG_MS },
];

interface Row {
  number: string;
  state: string;
  documents: number;
  consents: number;
  submissions: number;
}

const CASES_OF = `
  select c.number, c.state,
    (select count(*)::int from documents d where d.case_id = c.id and d.state = 'stored') as documents,
    (select count(*)::int from consents s where s.case_id = c.id) as consents,
    (select count(*)::int from audit a where a.case_id = c.id and a.action = 'case.submitted') as submissions
  from cases c where c.conversation_id = $1`;

describe('two processes whose PostgreSQL is killed and started again while cases are submitted', function () {
  this.timeout(240_000);
  let redis: RedisServer;
  let postgres: PostgresServer;
  let pair: Pair;
  let begun = 0;

  before(async () => {
    redis = await startRedis();
    postgres = await startPostgres({ durable: true });
    const databaseUrl = await postgres.createDatabase();
    pair = await startPair({ env: { REDIS_URL: redis.url }, databaseUrl });
  });
  after(async () => {
    await pair?.stop();
    await postgres?.stop();
    await redis?.stop();
  });

  const someApplicants = () =>
    Promise.all(
      Array.from({ length: APPLICANTS }, () => {
        begun += 1;
        return Applicant.begin(pair, begun);
      }),
    );

  async function strike(awayMs = 0): Promise<void> {
    await postgres.kill();
    await pause(awayMs);
    await postgres.restart();
  }

  /** One case with all its documents each, whose number was told once. */
  async function expectOneCaseEach(applicants: Applicant[], title: string): Promise<void> {
    const client = new pg.Client({ connectionString: pair.databaseUrl });
    await client.connect();
    const found: object[] = [];
    const wanted: object[] = [];
    let cases = 0;
    let apologies = 0;
    for (const applicant of applicants) {
      const { rows } = await client.query<Row>(CASES_OF, [applicant.id]);
      const told = (await applicant.log()).flatMap(({ text = '' }) => text.match(/JB\d{14}/g) ?? []);
      found.push({ told, rows });
      wanted.push({
        told: rows.slice(0, 1).map(({ number }) => number),
        rows: [{ number: told[0], state: 'submitted', documents: 3, consents: 2, submissions: 1 }],
      });
      cases += rows.length;
      apologies += applicant.apologies;
    }
    await client.end();
    console.log(`      ${title}: ${applicants.length} applicants, ${cases} cases, ${apologies} apologies`);
    expect(found).to.deep.equal(wanted);
  }

  it('make one case of each submission and tell its number once', async () => {
    for (const { afterMs, awayMs } of STRIKES) {
      const applicants = await someApplicants();
      await Promise.all(applicants.map((applicant) => applicant.prepare()));
      const submitted = Promise.all(applicants.map((applicant) => applicant.submit()));
      submitted.catch(() => undefined);
      await pause(afterMs);
      await strike(awayMs);
      await submitted;
      await expectOneCaseEach(applicants, `PostgreSQL killed ${afterMs} ms after, away for ${awayMs} ms`);
    }
  });

  it('go on by themselves with pictures that were handed in just before', async () => {
    const applicants = await someApplicants();
    let struck = Promise.resolve();
    let pictures = 0;
    // The first picture of each round is followed by a turn that finds no database.
    const taken = () => {
      pictures += 1;
      if (pictures % APPLICANTS === 1) struck = struck.then(() => strike(LONG_MS));
    };
    await Promise.all(applicants.map((applicant) => applicant.prepare(taken)));
    await struck;
    await Promise.all(applicants.map((applicant) => applicant.submit()));
    await expectOneCaseEach(applicants, 'PostgreSQL killed after uploads');
  });
});
