import { expect } from 'chai';
import { and, eq } from 'drizzle-orm';
import { audit, cases } from '../../src/database/schema/index.ts';
import { createHolds, type Holds } from '../../src/documents/holds.ts';
import type { CaseState } from '../../src/domain/case.ts';
import type { Slot } from '../../src/domain/document.ts';
import { type RetentionPolicy, retentionDays } from '../../src/domain/retention.ts';
import type { StaffActor } from '../../src/domain/staff.ts';
import { createAccounts } from '../../src/staff/index.ts';
import { onBothDatabases } from '../support/databases.ts';
import { Fixture, storedOf } from './fixture.ts';
import { photo } from './pictures.ts';

const DAY_MS = 86_400_000;
let numbered = 0;
const POLICY: RetentionPolicy = {
  defaultDays: 30,
  rules: [
    { outcome: 'rejected', days: 180 },
    { slot: 'id-in-hand', days: 14 },
    { slot: 'id-in-hand', outcome: 'approved', days: 7 },
  ],
};

describe('the retention class of a document', () => {
  const classes: [slot: Slot, outcome: Parameters<typeof retentionDays>[2], days: number][] = [
    ['id-front', 'approved', 30],
    ['id-front', 'rejected', 180],
    ['id-in-hand', 'rejected', 14],
    ['id-in-hand', 'approved', 7],
    ['id-front', 'withdrawn', 0],
    ['id-in-hand', 'withdrawn', 0],
    ['evidence', 'abandoned', 30],
  ];
  for (const [slot, outcome, days] of classes)
    it(`is ${days} days for ${slot} of a case that was ${outcome}`, () =>
      expect(retentionDays(POLICY, slot, outcome)).to.equal(days));
});

describe('the purge', function () {
  this.timeout(60_000);

  onBothDatabases((current) => {
    let fixture: Fixture;
    let holds: Holds;
    let admin: StaffActor;
    before(async () => {
      fixture = await Fixture.start(current());
      const parts = { database: current(), clock: fixture.clock };
      holds = createHolds(parts);
      const account = {
        login: 'keeper',
        number: 'X9',
        name: 'X9',
        roles: ['admin' as const],
        oidcSubject: 'k',
      };
      const made = await createAccounts(parts).create(account, 'operator:test');
      if (made.kind !== 'created') throw new Error(made.kind);
      admin = made.member;
    });
    after(() => fixture.stop());

    async function handedIn(slot: Slot, state: CaseState, customerId = 'customer-1') {
      const { caseId, ticket } = await fixture.opened(slot);
      const { documentId } = storedOf(await fixture.service.receiveTicket({ ticket, file: await photo() }));
      const now = fixture.clock.now();
      const decision = state === 'approved' || state === 'rejected' ? state : null;
      await current().run((db) =>
        db
          .update(cases)
          .set({
            number: `JB20261123${String(++numbered).padStart(6, '0')}`,
            submittedAt: now,
            state,
            decision,
            decidedAt: decision && now,
            updatedAt: now,
            customerId,
          })
          .where(eq(cases.id, caseId)),
      );
      return { caseId, documentId };
    }
    const isThere = async ({ documentId, caseId }: { documentId: string; caseId: string }) =>
      (await fixture.service.standing(documentId, caseId)) === 'found';
    const purge = () => fixture.service.purgeExpired(POLICY);

    it('takes each document when its own class is over', async () => {
      const face = await handedIn('id-in-hand', 'approved');
      const card = await handedIn('id-front', 'approved');
      const refused = await handedIn('id-front', 'rejected');
      const waiting = await handedIn('id-front', 'in-review');
      const all = [face, card, refused, waiting];
      const there = async () => Promise.all(all.map(isThere));
      fixture.clock.advance(7 * DAY_MS - 1);
      await purge();
      expect(await there()).to.deep.equal([true, true, true, true]);
      fixture.clock.advance(1);
      await purge();
      expect(await there()).to.deep.equal([false, true, true, true]);
      fixture.clock.advance(23 * DAY_MS);
      await purge();
      expect(await there()).to.deep.equal([false, false, true, true]);
      fixture.clock.advance(150 * DAY_MS);
      await purge();
      expect(await there()).to.deep.equal([false, false, false, true]);
    });

    it('knows of a closed case how it was decided', async () => {
      const approved = await handedIn('id-front', 'approved');
      const rejected = await handedIn('id-front', 'rejected');
      for (const { caseId } of [approved, rejected])
        await current().run((db) => db.update(cases).set({ state: 'closed' }).where(eq(cases.id, caseId)));
      fixture.clock.advance(31 * DAY_MS);
      await purge();
      expect([await isThere(approved), await isThere(rejected)]).to.deep.equal([false, true]);
    });

    it('leaves a certificate: the hash and why, nothing of the picture', async () => {
      const { documentId, caseId } = await handedIn('id-front', 'withdrawn');
      await purge();
      const [line] = await current().run((db) =>
        db
          .select()
          .from(audit)
          .where(and(eq(audit.caseId, caseId), eq(audit.action, 'document.purged'))),
      );
      expect(line?.after).to.include({ documentId, slot: 'id-front', why: 'retention-over' });
      expect(line?.after?.sha256).to.match(/^[0-9a-f]{64}$/);
    });

    it('leaves alone what a legal hold keeps, of a case or of a customer, until it is lifted', async () => {
      const ofCase = await handedIn('id-front', 'withdrawn', 'customer-2');
      const ofCustomer = await handedIn('id-front', 'withdrawn', 'customer-3');
      const free = await handedIn('id-front', 'withdrawn', 'customer-4');
      const first = await holds.set({ caseId: ofCase.caseId }, '法院调取', admin);
      const second = await holds.set({ customerId: 'customer-3' }, '法院调取', admin);
      await purge();
      await fixture.service.purge(ofCase.documentId);
      await fixture.service.purgeDraft(ofCase.caseId);
      const there = async () => [await isThere(ofCase), await isThere(ofCustomer), await isThere(free)];
      expect(await there()).to.deep.equal([true, true, false]);
      await holds.lift(first, '已结案', admin);
      await holds.lift(second, '已结案', admin);
      await purge();
      expect(await there()).to.deep.equal([false, false, false]);
    });

    it('tells which holds stand, by whom and why, and writes no reason into the audit', async () => {
      const { caseId } = await handedIn('id-front', 'in-review');
      const id = await holds.set({ caseId }, '监管来函 张三', admin);
      const [standing] = (await holds.list(true)).filter((hold) => hold.id === id);
      expect(standing).to.include({ reason: '监管来函 张三', setBy: 'X9', liftedAt: null });
      expect(await holds.lift(id, '解除', admin)).to.deep.equal({ kind: 'lifted' });
      expect(await holds.lift(id, '解除', admin)).to.deep.equal({ kind: 'unknown-hold' });
      expect((await holds.list(true)).some((hold) => hold.id === id)).to.equal(false);
      const lines = await current().run((db) => db.select().from(audit).where(eq(audit.caseId, caseId)));
      expect(lines.map(({ action }) => action)).to.include.members(['hold.set', 'hold.lifted']);
      expect(JSON.stringify(lines)).not.to.include('张三');
    });
  });
});
