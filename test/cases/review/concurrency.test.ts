import { expect } from 'chai';
import { and, eq, inArray } from 'drizzle-orm';
import { connect } from '../../../src/database/connect.ts';
import type { Database } from '../../../src/database/database.ts';
import { audit, outbox } from '../../../src/database/schema/index.ts';
import type { StaffActor } from '../../../src/domain/staff.ts';
import { FakeClock } from '../../support/clock.ts';
import { freshPostgres } from '../../support/databases.ts';
import { type Bench, openBench } from './bench.ts';

describe('the review desk, with many at once on PostgreSQL', function () {
  this.timeout(120_000);
  const clock = new FakeClock();
  const databases: Database[] = [];
  let benches: Bench[];
  let crew: StaffActor[];

  before(async () => {
    const databaseUrl = await freshPostgres();
    // Two processes, each with its own connections.
    for (let n = 0; n < 2; n++) databases.push(await connect({ databaseUrl, dataDir: 'memory://' }));
    benches = databases.map((database) => openBench(database, clock));
    crew = [];
    for (let n = 0; n < 100; n++) crew.push(await bench(0).hire());
  });
  after(async () => {
    for (const database of databases) await database.close();
  });

  const bench = (n: number): Bench => {
    const found = benches[n % benches.length];
    if (!found) throw new Error('no bench');
    return found;
  };
  const on = (database: Database | undefined): Database => {
    if (!database) throw new Error('no database');
    return database;
  };

  it('gives each case to exactly one of a hundred reviewers, and names that one to all others', async () => {
    const made = [await bench(0).submitted(), await bench(0).submitted(), await bench(0).submitted()];
    for (const { id, number } of made) {
      const outcomes = await Promise.all(crew.map((actor, n) => bench(n).desk.claim({ number, actor })));
      const winners = crew.filter((_, n) => outcomes[n]?.kind === 'done');
      expect(winners).to.have.length(1);
      const named = new Set(outcomes.flatMap((outcome) => (outcome.kind === 'held' ? [outcome.by] : [])));
      expect([...named]).to.deep.equal([winners[0]?.number]);
      const lines = await on(databases[0]).run((db) =>
        db
          .select()
          .from(audit)
          .where(and(eq(audit.caseId, id), eq(audit.action, 'case.claimed'))),
      );
      expect(lines).to.have.length(1);
    }
  });

  it('tells platform and customer once when two processes confirm at the same moment', async () => {
    const { id, number, documents } = await bench(0).submitted({ customerId: 'customer-1' });
    const [one, two] = crew;
    if (!one || !two) throw new Error('nobody is there');
    await bench(0).desk.claim({ number, actor: one });
    for (const documentId of Object.values(documents))
      await bench(0).judge(number, one, documentId, { verdict: 'accepted' });
    await bench(0).desk.conclude({ number, actor: one, version: await bench(0).version(number, one) });
    await bench(0).desk.claim({ number, actor: two });
    const asked = { number, actor: two, version: await bench(0).version(number, two) };
    const outcomes = await Promise.all([0, 1, 2, 3].map((n) => bench(n).desk.confirm(asked)));
    expect(outcomes.filter(({ kind }) => kind === 'done')).to.have.length(1);
    const sent = await on(databases[0]).run((db) =>
      db
        .select({ kind: outbox.kind })
        .from(outbox)
        .where(inArray(outbox.orderingKey, [id])),
    );
    expect(sent.map(({ kind }) => kind).sort()).to.deep.equal(['conversation-event', 'review-decision']);
  });
});
