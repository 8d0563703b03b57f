import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { asc, eq } from 'drizzle-orm';
import { type CaseDecisions, createCases } from '../../src/cases/index.ts';
import { audit, consents, documents, outbox, uploadTickets } from '../../src/database/schema/index.ts';
import type { Case, Cases, NewCase } from '../../src/domain/case.ts';
import { CaseRefused } from '../../src/domain/case-refused.ts';
import { FakeClock } from '../support/clock.ts';
import { onBothDatabases } from '../support/databases.ts';
import { storeDocument } from './store-document.ts';

async function refusalOf(call: Promise<unknown>): Promise<CaseRefused['refusal']> {
  try {
    await call;
  } catch (error) {
    if (error instanceof CaseRefused) return error.refusal;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('cases', function () {
  this.timeout(30_000);

  onBothDatabases((current) => {
    let clock: FakeClock;
    let cases: Cases & CaseDecisions;
    let conversationId: string;
    let kicks: number;

    beforeEach(() => {
      clock = new FakeClock('2026-11-22T23:30:00Z');
      kicks = 0;
      cases = createCases({ database: current(), clock, kick: () => kicks++ });
      conversationId = `c-${randomUUID()}`;
    });

    const newCase = (more: Partial<NewCase> = {}): NewCase => ({
      conversationId,
      kind: 'complaint',
      requiredSlots: [],
      ...more,
    });
    const drafted = (more: Partial<NewCase> = {}) => cases.draft(newCase(more), randomUUID());
    async function submitted(more: Partial<NewCase> = {}): Promise<Case & { number: string }> {
      const draft = await drafted(more);
      for (const slot of draft.requiredSlots) await storeDocument(current(), draft.id, slot);
      const made = await cases.submit(draft.id);
      if (made.number === undefined) throw new Error('a submitted case has a number');
      return { ...made, number: made.number };
    }
    const outboxOf = (caseId: string) =>
      current().run((db) =>
        db.select().from(outbox).where(eq(outbox.orderingKey, caseId)).orderBy(asc(outbox.id)),
      );
    const auditOf = (caseId: string) =>
      current().run((db) => db.select().from(audit).where(eq(audit.caseId, caseId)).orderBy(asc(audit.seq)));

    describe('a draft', () => {
      it('keeps what it was opened with', async () => {
        const draft = await drafted({
          kind: 'risk-lock',
          requiredSlots: ['id-front', 'id-back'],
          customerId: 'risk-lock',
          cardLast4: '6411',
          note: '换卡',
        });
        expect(draft).to.deep.include({ state: 'draft', kind: 'risk-lock', version: 1, note: '换卡' });
        expect(draft).to.deep.include({ requiredSlots: ['id-front', 'id-back'], filledSlots: [] });
        expect(draft).to.include({ createdAt: '2026-11-22T23:30:00.000Z', cardLast4: '6411' });
        expect(draft).not.to.have.property('number');
        expect(await cases.find(draft.id)).to.deep.equal(draft);
      });

      it('is the same one under the same key, also when asked for at once', async () => {
        const key = randomUUID();
        const made = await Promise.all(Array.from({ length: 8 }, () => cases.draft(newCase(), key)));
        expect(new Set(made.map((one) => one.id))).to.have.lengthOf(1);
        const [first] = made;
        expect(await auditOf(first?.id ?? '')).to.have.lengthOf(1);
      });

      it('takes a changed note, and the same note without a new version', async () => {
        const { id } = await drafted();
        const changed = await cases.describe(id, '卡\0丢了');
        expect(changed).to.include({ note: '卡丢了', version: 2 });
        expect(await cases.describe(id, '卡丢了')).to.include({ version: 2 });
      });

      it('shows which slots hold a document, in the order they are asked', async () => {
        const { id } = await drafted({ requiredSlots: ['id-front', 'id-back'] });
        await storeDocument(current(), id, 'id-back');
        await storeDocument(current(), id, 'id-front');
        expect((await cases.find(id))?.filledSlots).to.deep.equal(['id-front', 'id-back']);
      });

      it('records a consent once', async () => {
        const { id } = await drafted();
        const consent = { purpose: 'documents' as const, version: '2026-11' };
        await cases.recordConsent(id, consent);
        clock.advance(60_000);
        await cases.recordConsent(id, consent);
        await cases.recordConsent(id, { ...consent, purpose: 'face-photo' });
        const rows = await current().run((db) => db.select().from(consents).where(eq(consents.caseId, id)));
        expect(rows.map((row) => row.purpose)).to.have.members(['documents', 'face-photo']);
        const first = rows.find((row) => row.purpose === 'documents');
        expect(first?.givenAt.toISOString()).to.equal('2026-11-22T23:30:00.000Z');
      });
    });

    describe('submission', () => {
      it('gives a number of the day in China and a time', async () => {
        const made = await submitted();
        expect(made.number).to.match(/^JB20261123\d{6}$/);
        expect(made).to.include({ state: 'submitted', submittedAt: '2026-11-22T23:30:00.000Z' });
      });

      it('returns the same case when repeated', async () => {
        const made = await submitted();
        clock.advance(1000);
        expect(await cases.submit(made.id)).to.deep.equal(made);
        await cases.startReview(made.number, 'agent:li');
        expect(await cases.submit(made.id)).to.include({ number: made.number, state: 'in-review' });
      });

      it('is refused while a required slot is empty, and names it', async () => {
        const { id } = await drafted({ requiredSlots: ['id-front', 'id-back'] });
        await storeDocument(current(), id, 'id-front');
        const refusal = await refusalOf(cases.submit(id));
        expect(refusal).to.deep.equal({ code: 'documents-missing', slots: ['id-back'] });
        expect(await cases.find(id)).to.include({ state: 'draft', version: 1 });
      });

      it('is refused for a case that was withdrawn or never was', async () => {
        const { id } = await drafted();
        await cases.withdraw(id);
        expect(await refusalOf(cases.submit(id))).to.deep.equal({ code: 'wrong-state', state: 'withdrawn' });
        expect(await refusalOf(cases.submit(randomUUID()))).to.deep.equal({ code: 'unknown-case' });
        expect(await refusalOf(cases.submit('no-uuid'))).to.deep.equal({ code: 'unknown-case' });
      });

      it('gives every case its own number when many come at once', async () => {
        let drawn = 0;
        // Each number is drawn three times, so most submissions meet one that is taken.
        const crowded = createCases({ database: current(), clock, random: () => Math.floor(drawn++ / 3) });
        clock.set('2026-12-24T04:00:00Z');
        const drafts = await Promise.all(
          Array.from({ length: 12 }, () => crowded.draft(newCase(), randomUUID())),
        );
        const made = await Promise.all(drafts.map((draft) => crowded.submit(draft.id)));
        expect(new Set(made.map((one) => one.number))).to.have.lengthOf(12);
        expect(drawn).to.be.greaterThan(12);
      });

      it('makes one submission of many at once', async () => {
        const { id } = await drafted();
        const made = await Promise.all(Array.from({ length: 8 }, () => cases.submit(id)));
        expect(new Set(made.map((one) => one.number))).to.have.lengthOf(1);
        expect((await auditOf(id)).map((row) => row.action)).to.deep.equal([
          'case.drafted',
          'case.submitted',
        ]);
      });
    });

    describe('withdrawal', () => {
      it('of a draft destroys its documents and closes its uploads', async () => {
        const { id } = await drafted({ requiredSlots: ['id-front'] });
        await storeDocument(current(), id, 'id-front');
        await current().run((db) =>
          db.insert(uploadTickets).values({
            id: randomUUID(),
            tokenHash: randomUUID(),
            conversationId,
            caseId: id,
            slot: 'id-front',
            purpose: 'documents',
            idempotencyKey: randomUUID(),
            expiresAt: clock.now(),
            createdAt: clock.now(),
          }),
        );
        const withdrawn = await cases.withdraw(id);
        expect(withdrawn).to.deep.include({ state: 'withdrawn', filledSlots: [] });
        const [document] = await current().run((db) =>
          db.select().from(documents).where(eq(documents.caseId, id)),
        );
        expect(document).to.include({ state: 'purged', wrappedKey: null });
        expect(document?.purgedAt).to.be.instanceOf(Date);
        const [ticket] = await current().run((db) =>
          db.select().from(uploadTickets).where(eq(uploadTickets.caseId, id)),
        );
        expect(ticket?.closedAt).to.be.instanceOf(Date);
        expect(await cases.withdraw(id)).to.deep.equal(withdrawn);
      });

      it('of a submitted case keeps its documents for the retention period', async () => {
        const made = await submitted({ requiredSlots: ['id-front'] });
        expect(await cases.withdraw(made.id)).to.deep.include({
          state: 'withdrawn',
          filledSlots: ['id-front'],
        });
      });

      it('is refused once the case is decided', async () => {
        const made = await submitted();
        await cases.approve(made.number, 'agent:li');
        expect(await refusalOf(cases.withdraw(made.id))).to.deep.equal({
          code: 'wrong-state',
          state: 'approved',
        });
      });

      it('of all drafts leaves submitted cases and other conversations alone', async () => {
        const kept = await submitted();
        const [one, two] = [await drafted(), await drafted()];
        const foreign = await drafted({ conversationId: `c-${randomUUID()}` });
        await cases.withdrawDrafts(conversationId);
        const states = await Promise.all(
          [kept, one, two, foreign].map(async ({ id }) => (await cases.find(id))?.state),
        );
        expect(states).to.deep.equal(['submitted', 'withdrawn', 'withdrawn', 'draft']);
      });
    });

    describe('looking up', () => {
      it('shows a case to its own customer or conversation only', async () => {
        const customerId = `customer-${randomUUID()}`;
        const made = await submitted({ customerId });
        const seenBy = (owner: { conversationId: string; customerId?: string }) =>
          cases.findByNumber(made.number, owner);
        expect(await seenBy({ conversationId })).to.deep.include({ id: made.id });
        expect(await seenBy({ conversationId: 'other', customerId })).to.deep.include({ id: made.id });
        expect(await seenBy({ conversationId: 'other' })).to.equal(undefined);
        expect(await seenBy({ conversationId: 'other', customerId: 'somebody' })).to.equal(undefined);
      });

      it('lists the owner’s cases newest first, drafts left out', async () => {
        const customerId = `customer-${randomUUID()}`;
        const first = await submitted({ customerId, conversationId: `c-${randomUUID()}` });
        clock.advance(1000);
        const second = await submitted({ customerId });
        await drafted({ customerId });
        const listed = await cases.list({ conversationId, customerId });
        expect(listed.map((one) => one.id)).to.deep.equal([second.id, first.id]);
        expect((await cases.list({ conversationId })).map((one) => one.id)).to.deep.equal([second.id]);
      });

      it('finds nothing under an id that is none', async () => {
        expect(await cases.find('JB1')).to.equal(undefined);
        expect(await cases.find(randomUUID())).to.equal(undefined);
      });
    });

    describe('the desk', () => {
      it('takes a case into review and approves it; customer and platform are told in that order', async () => {
        const customerId = `customer-${randomUUID()}`;
        const made = await submitted({ kind: 'risk-lock', customerId });
        expect(await cases.startReview(made.number, 'agent:li')).to.deep.include({ kind: 'done' });
        clock.advance(60_000);
        const outcome = await cases.approve(made.number, 'agent:li');
        if (outcome.kind !== 'done') throw new Error(outcome.kind);
        expect(outcome.case).to.include({ state: 'approved', version: 4 });
        expect(kicks).to.equal(2);
        const rows = await outboxOf(made.id);
        expect(rows.map((row) => [row.kind, row.payload])).to.deep.equal([
          [
            'review-decision',
            {
              decision: {
                caseId: made.number,
                customerId,
                kind: 'risk-lock',
                decision: 'approved',
                decidedAt: '2026-11-22T23:31:00.000Z',
              },
              idempotencyKey: `decision:${made.number}:4`,
            },
          ],
          [
            'conversation-event',
            {
              conversationId,
              name: 'unbind.case.changed',
              value: {
                caseId: made.id,
                number: made.number,
                kind: 'risk-lock',
                state: 'approved',
                returnedSlots: [],
                version: 4,
              },
              dedupeKey: `case:${made.id}:4`,
            },
          ],
        ]);
      });

      it('tells nobody but the customer when the platform does not know them', async () => {
        const made = await submitted();
        await cases.reject(made.number, 'agent:li', '证件与本人不符');
        expect((await outboxOf(made.id)).map((row) => row.kind)).to.deep.equal(['conversation-event']);
        expect(await cases.get(made.number)).to.include({ state: 'rejected', reviewNote: '证件与本人不符' });
        expect(JSON.stringify(await outboxOf(made.id))).not.to.contain('不符');
      });

      it('asks for one slot again; re-submission keeps number and place', async () => {
        const made = await submitted({ kind: 'risk-lock', requiredSlots: ['id-front', 'id-back'] });
        clock.advance(60_000);
        const returned = [{ slot: 'id-back' as const, reason: 'BLURRY' as const }];
        const outcome = await cases.needsMore(made.number, 'agent:li', returned);
        if (outcome.kind !== 'done') throw new Error(outcome.kind);
        expect(outcome.case).to.deep.include({
          state: 'needs-more',
          returnedSlots: returned,
          filledSlots: ['id-front'],
        });
        expect(await refusalOf(cases.submit(made.id))).to.deep.include({ slots: ['id-back'] });
        await storeDocument(current(), made.id, 'id-back');
        const again = await cases.submit(made.id);
        expect(again).to.deep.include({
          state: 'submitted',
          number: made.number,
          submittedAt: made.submittedAt,
          returnedSlots: [],
          filledSlots: ['id-front', 'id-back'],
        });
        const [event] = await outboxOf(made.id);
        expect(event?.payload).to.have.nested.property('value.returnedSlots[0].reason', 'BLURRY');
      });

      it('refuses to return nothing, a slot twice, or one that was never asked', async () => {
        const { number } = await submitted({ kind: 'risk-lock', requiredSlots: ['id-front'] });
        const front = { slot: 'id-front' as const, reason: 'GLARE' as const };
        expect(await cases.needsMore(number, 'agent:li', [])).to.deep.equal({ kind: 'nothing-returned' });
        expect(await cases.needsMore(number, 'agent:li', [front, front])).to.deep.equal({
          kind: 'nothing-returned',
        });
        const foreign = { slot: 'new-card' as const, reason: 'GLARE' as const };
        expect(await cases.needsMore(number, 'agent:li', [front, foreign])).to.deep.equal({
          kind: 'slots-not-asked',
          slots: ['new-card'],
        });
        expect(await cases.get(number)).to.deep.include({ state: 'submitted', filledSlots: ['id-front'] });
        expect(kicks).to.equal(0);
      });

      it('refuses unknown numbers, wrong states and outdated versions', async () => {
        expect(await cases.approve('JB20260101000000', 'agent:li')).to.deep.equal({ kind: 'unknown-case' });
        const { number, version } = await submitted();
        expect(await cases.close(number, 'agent:li')).to.deep.equal({
          kind: 'wrong-state',
          state: 'submitted',
        });
        expect(await cases.approve(number, 'agent:li', version - 1)).to.deep.equal({
          kind: 'changed-meanwhile',
          version,
        });
        expect(await cases.approve(number, 'agent:li', version)).to.have.property('kind', 'done');
        expect(await cases.reject(number, 'agent:wu')).to.deep.equal({
          kind: 'wrong-state',
          state: 'approved',
        });
        expect(await cases.close(number, 'agent:li')).to.have.property('kind', 'done');
      });

      it('lets one of two reviewers decide', async () => {
        const made = await submitted();
        const outcomes = await Promise.all([
          cases.approve(made.number, 'agent:li'),
          cases.reject(made.number, 'agent:wu'),
          cases.approve(made.number, 'agent:qin'),
        ]);
        expect(outcomes.map((one) => one.kind).sort()).to.deep.equal(['done', 'wrong-state', 'wrong-state']);
        expect(await outboxOf(made.id)).to.have.lengthOf(1);
      });

      it('sees waiting cases, longest waiting first', async () => {
        clock.set('2019-01-01T00:00:00Z');
        const first = await submitted({ kind: 'card-status' });
        clock.advance(1000);
        const second = await submitted({ kind: 'card-status' });
        const done = await submitted({ kind: 'card-status' });
        await cases.approve(done.number, 'agent:li');
        const waiting = await cases.queue({ kinds: ['card-status'] });
        expect(waiting.map((one) => one.id)).to.deep.equal([first.id, second.id]);
        expect(await cases.queue({ kinds: ['card-status'], limit: 1 })).to.have.lengthOf(1);
        expect((await cases.queue({ states: ['approved'], kinds: ['card-status'] }))[0]?.id).to.equal(
          done.id,
        );
      });
    });

    it('writes each step to the audit, with nothing that the customer wrote', async () => {
      const made = await submitted({
        kind: 'risk-lock',
        customerId: 'customer-7',
        note: '我叫张三',
        requiredSlots: ['id-front'],
      });
      await cases.describe(made.id, '电话一三八');
      await cases.startReview(made.number, 'agent:li');
      await cases.reject(made.number, 'agent:li', '证件是李四的');
      const rows = await auditOf(made.id);
      expect(rows.map((row) => `${row.actor} ${row.action}`)).to.deep.equal([
        'customer:customer-7 case.drafted',
        'customer:customer-7 case.submitted',
        'customer:customer-7 case.described',
        'agent:li case.review-started',
        'agent:li case.rejected',
      ]);
      expect(rows[4]?.before).to.deep.equal({ state: 'in-review', version: 4, number: made.number });
      expect(rows[4]?.after).to.deep.equal({
        state: 'rejected',
        version: 5,
        number: made.number,
        override: true,
      });
      expect(JSON.stringify(rows)).not.to.match(/张三|一三八|李四/);
      expect(await cases.verifyAudit()).to.have.property('kind', 'intact');
    });

    it('keeps nothing of a decision whose transaction fails after its message was written', async () => {
      const made = await submitted();
      const broken = createCases({
        database: {
          ...current(),
          transaction: (work) =>
            current().transaction(async (tx) => {
              await work(tx);
              expect(await tx.select().from(outbox).where(eq(outbox.orderingKey, made.id))).to.have.lengthOf(
                1,
              );
              throw new Error('connection lost');
            }),
        },
        clock,
      });
      const failed = await broken.approve(made.number, 'agent:li').catch((error: unknown) => error);
      expect(failed).to.have.property('message', 'connection lost');
      expect(await cases.get(made.number)).to.include({ state: 'submitted', version: made.version });
      expect(await outboxOf(made.id)).to.have.lengthOf(0);
    });
  });
});
