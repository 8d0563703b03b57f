import { expect } from 'chai';
import { sql } from 'drizzle-orm';
import { appendAudit, verifyAudit } from '../../src/database/audit.ts';
import type { Database } from '../../src/database/database.ts';
import { audit } from '../../src/database/schema/index.ts';
import { onBothDatabases } from '../support/databases.ts';

const ROWS = 6;
const AT = new Date('2026-11-23T02:00:00.120Z');

async function write(database: Database, n: number): Promise<void> {
  await database.transaction((tx) =>
    appendAudit(tx, {
      at: AT,
      actor: 'agent:li',
      action: 'case.approved',
      before: { state: 'in-review', version: n },
      after: { version: n + 1, state: 'approved', slots: ['id-front', 'id-back'], ratio: 0.5 },
    }),
  );
}

/** What somebody with all rights on the database could do; undone after the look. */
async function tamper(
  database: Database,
  statement: string,
): Promise<Awaited<ReturnType<typeof verifyAudit>>> {
  const looked = { is: undefined as Awaited<ReturnType<typeof verifyAudit>> | undefined };
  const undo = new Error('undo');
  await database
    .transaction(async (tx) => {
      await tx.execute(sql.raw('alter table audit disable trigger all'));
      await tx.execute(sql.raw('alter table audit_head disable trigger all'));
      await tx.execute(sql.raw(statement));
      looked.is = await verifyAudit({ ...database, run: (work) => work(tx) });
      throw undo;
    })
    .catch((error: unknown) => {
      if (error !== undo) throw error;
    });
  if (!looked.is) throw new Error('nobody looked');
  return looked.is;
}

describe('the audit', function () {
  this.timeout(30_000);

  onBothDatabases((current) => {
    before(async () => {
      expect(await verifyAudit(current())).to.deep.equal({ kind: 'intact', rows: 0, hash: '' });
      await Promise.all(Array.from({ length: ROWS }, (_, n) => write(current(), n)));
    });

    it('is one unbroken chain, also when many write at once', async () => {
      const check = await verifyAudit(current());
      expect(check).to.deep.include({ kind: 'intact', rows: ROWS });
    });

    for (const statement of [
      "update audit set actor = 'agent:wu' where seq = 3",
      'delete from audit where seq = 3',
      'truncate audit',
      'delete from audit_head',
      'update audit_head set seq = seq - 1',
      "update audit_head set hash = 'other'",
    ]) {
      it(`refuses: ${statement}`, async () => {
        const error = await current()
          .run((db) => db.execute(sql.raw(statement)))
          .catch((thrown: unknown) => thrown);
        expect(error).to.include({ code: 'P0001' });
        expect(await current().run((db) => db.$count(audit))).to.equal(ROWS);
      });
    }

    for (const [what, statement, found] of [
      ['another actor', "update audit set actor = 'agent:wu' where seq = 3", { seq: 3, reason: 'changed' }],
      [
        'another state',
        `update audit set after = '{"state": "rejected"}' where seq = 4`,
        { seq: 4, reason: 'changed' },
      ],
      [
        'another time',
        "update audit set at = at + interval '1 ms' where seq = 2",
        { seq: 2, reason: 'changed' },
      ],
      ['a row taken out', 'delete from audit where seq = 3', { seq: 3, reason: 'missing' }],
      ['the first row taken out', 'delete from audit where seq = 1', { seq: 1, reason: 'missing' }],
      ['the last row taken out', 'delete from audit where seq = 6', { seq: 6, reason: 'missing' }],
      ['another end', "update audit_head set hash = 'other'", { seq: 6, reason: 'unlinked' }],
    ] as const) {
      it(`finds ${what}`, async () => {
        expect(await tamper(current(), statement)).to.deep.equal({ kind: 'tampered', ...found });
        expect(await verifyAudit(current())).to.have.property('kind', 'intact');
      });
    }
  });
});
