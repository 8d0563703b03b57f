import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { eq } from 'drizzle-orm';
import { connect } from '../../src/database/connect.ts';
import type { Database, Queries } from '../../src/database/database.ts';
import { DatabaseFault } from '../../src/database/fault.ts';
import { audit, cases, outbox } from '../../src/database/schema/index.ts';
import { freshPostgres, onBothDatabases } from '../support/databases.ts';

const AT = new Date('2026-11-23T02:00:00.123Z');

async function insertCase(db: Queries, more: Partial<typeof cases.$inferInsert> = {}): Promise<string> {
  const id = randomUUID();
  await db.insert(cases).values({
    id,
    kind: 'complaint',
    state: 'draft',
    conversationId: 'c-1',
    requiredSlots: ['id-front'],
    returnedSlots: [],
    idempotencyKey: id,
    createdAt: AT,
    updatedAt: AT,
    version: 1,
    ...more,
  });
  return id;
}

const noteOf = (database: Database, id: string) =>
  database.run(async (db) => (await db.select().from(cases).where(eq(cases.id, id)))[0]?.note);

async function faultOf(call: Promise<unknown>): Promise<DatabaseFault> {
  const error = await call.catch((thrown: unknown) => thrown);
  if (error instanceof DatabaseFault) return error;
  throw new Error('no fault of the database', { cause: error });
}

describe('the database', function () {
  this.timeout(30_000);

  onBothDatabases((current) => {
    it('returns numbers, times and lists as they were written', async () => {
      const row = await current().transaction(async (tx) => {
        const id = await insertCase(tx);
        const [found] = await tx.select().from(cases).where(eq(cases.id, id));
        return found;
      });
      expect(row).to.deep.include({
        createdAt: AT,
        submittedAt: null,
        requiredSlots: ['id-front'],
        version: 1,
      });
      const [message] = await current().run((db) =>
        db
          .insert(outbox)
          .values({
            kind: 'review-decision',
            orderingKey: 'k',
            payload: { list: [1, '二'] },
            idempotencyKey: randomUUID(),
            nextAttemptAt: AT,
            createdAt: AT,
          })
          .returning(),
      );
      expect(message?.id).to.be.a('number');
      expect(message?.payload).to.deep.equal({ list: [1, '二'] });
      expect(await current().run((db) => db.$count(audit))).to.equal(0);
    });

    it('keeps nothing of a transaction that failed', async () => {
      let id = '';
      const failed = current().transaction(async (tx) => {
        id = await insertCase(tx);
        throw new RangeError('no');
      });
      expect(await failed.catch((error: unknown) => error)).to.be.instanceOf(RangeError);
      expect(await current().run((db) => db.select().from(cases).where(eq(cases.id, id)))).to.have.lengthOf(
        0,
      );
    });

    it('names what a statement broke without the values it held', async () => {
      const id = await current().run((db) => insertCase(db));
      const again = { id, note: '我叫张三' };
      for (const call of [
        () => current().run((db) => insertCase(db, again)),
        () => current().transaction((tx) => insertCase(tx, again)),
      ]) {
        const fault = await faultOf(call());
        expect(fault).to.include({ code: '23505', constraint: 'cases_pkey' });
        expect(JSON.stringify([fault, fault.message, fault.stack, fault.cause])).not.to.match(/张三|c-1/);
      }
    });

    it('refuses a state that the business does not know', async () => {
      const unknown = { state: 'lost' } as unknown as Partial<typeof cases.$inferInsert>;
      const fault = await faultOf(current().run((db) => insertCase(db, unknown)));
      expect(fault).to.include({ code: '23514' });
    });

    it('answers a ping', async () => {
      await current().ping();
    });
  });

  describe('embedded', () => {
    it('keeps its data, for one holder at a time', async function () {
      this.timeout(60_000);
      const folder = await mkdtemp(join(tmpdir(), 'unbind-data-'));
      const dataDir = join(folder, 'made', 'here');
      const first = await connect({ dataDir });
      const id = await first.run((db) => insertCase(db, { note: 'kept' }));
      const second = await connect({ dataDir }).catch(String);
      expect(second).to.contain(`in use by process ${process.pid}`);
      await first.close();
      const again = await connect({ dataDir });
      expect(await noteOf(again, id)).to.equal('kept');
      await again.close();
      await rm(folder, { recursive: true });
    });
  });

  describe('PostgreSQL', () => {
    it('that cannot be reached is named, without its password', async () => {
      const databaseUrl = 'postgres://somebody:very-secret@127.0.0.1:1/cases';
      const fault = await faultOf(connect({ databaseUrl, dataDir: 'memory://' }));
      expect(fault.message).to.contain('cannot connect to 127.0.0.1:1/cases (ECONNREFUSED)');
      expect(JSON.stringify([fault, fault.stack])).not.to.contain('very-secret');
    });

    it('is migrated once by processes that start together', async function () {
      this.timeout(90_000);
      const databaseUrl = await freshPostgres();
      const started = await Promise.all(
        Array.from({ length: 5 }, () => connect({ databaseUrl, dataDir: 'memory://' })),
      );
      for (const database of started) await database.run((db) => insertCase(db));
      const [first] = started;
      expect(await first?.run((db) => db.$count(cases))).to.equal(5);
      for (const database of started) await database.close();
    });

    it('runs a transaction again after a deadlock', async function () {
      this.timeout(90_000);
      const database = await connect({ databaseUrl: await freshPostgres(), dataDir: 'memory://' });
      const [a, b] = [await database.run((db) => insertCase(db)), await database.run((db) => insertCase(db))];
      let runs = 0;
      let bothIn = () => {};
      const untilBothIn = new Promise<void>((resolve) => {
        bothIn = resolve;
      });
      const change = (order: string[], note: string) =>
        database.transaction(async (tx) => {
          for (const id of order) {
            await tx.update(cases).set({ note }).where(eq(cases.id, id));
            if (id !== order[0]) continue;
            runs += 1;
            if (runs === 2) bothIn();
            await untilBothIn;
          }
        });
      await Promise.all([change([a, b], 'one'), change([b, a], 'two')]);
      expect(runs).to.be.at.least(3);
      expect(await noteOf(database, a)).to.equal(await noteOf(database, b));
      await database.close();
    });
  });
});
