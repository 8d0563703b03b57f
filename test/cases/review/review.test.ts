import { expect } from 'chai';
import { and, asc, eq } from 'drizzle-orm';
import { audit, caseNotes, documents, outbox, reviewProposals } from '../../../src/database/schema/index.ts';
import type { StaffActor } from '../../../src/domain/staff.ts';
import { FakeClock } from '../../support/clock.ts';
import { onBothDatabases } from '../../support/databases.ts';
import { storeDocument } from '../store-document.ts';
import { type Bench, openBench } from './bench.ts';

const ACCEPTED = { verdict: 'accepted' } as const;
const BLURRED = { verdict: 'retry', reason: 'BLURRY' } as const;
const FORGED = { verdict: 'final', reason: 'TAMPERED' } as const;
const LEASE_MS = 15 * 60_000;

describe('the review desk', function () {
  this.timeout(30_000);

  onBothDatabases((current) => {
    let clock: FakeClock;
    let bench: Bench;
    let draw: number;
    let [one, two, lead]: StaffActor[] = [];

    const someone = (actor: StaffActor | undefined): StaffActor => {
      if (!actor) throw new Error('nobody was hired');
      return actor;
    };
    const first = () => someone(one);
    const second = () => someone(two);

    beforeEach(async () => {
      clock = new FakeClock('2026-11-23T10:00:00+08:00');
      draw = 0.99;
      bench = openBench(current(), clock, { draw: () => draw });
      [one, two, lead] = [await bench.hire(), await bench.hire(), await bench.hire(['supervisor'])];
    });

    const stateOf = async (number: string) => (await bench.desk.detail(number, first()))?.state;
    const claim = (number: string, actor = first()) => bench.desk.claim({ number, actor });
    const conclude = async (number: string, actor = first(), more = {}) =>
      bench.desk.conclude({ number, actor, version: await bench.version(number, actor), ...more });
    const sentOf = (caseId: string) =>
      current().run((db) =>
        db.select().from(outbox).where(eq(outbox.orderingKey, caseId)).orderBy(asc(outbox.id)),
      );
    const auditOf = async (caseId: string) =>
      (
        await current().run((db) =>
          db.select().from(audit).where(eq(audit.caseId, caseId)).orderBy(asc(audit.seq)),
        )
      ).map(({ action }) => action);

    /** Claimed, all documents judged, concluded. */
    async function concluded(
      verdicts: Record<string, typeof ACCEPTED | typeof BLURRED | typeof FORGED>,
      kind = 'risk-lock' as const,
    ) {
      const made = await bench.submitted({ kind, slots: ['id-front', 'id-back'], customerId: 'customer-9' });
      await claim(made.number);
      for (const [slot, id] of Object.entries(made.documents))
        await bench.judge(made.number, first(), id, verdicts[slot] ?? ACCEPTED);
      return { ...made, outcome: await conclude(made.number) };
    }

    describe('a claim', () => {
      it('names its holder to whoever else wants the case', async () => {
        const { number } = await bench.submitted();
        expect(await claim(number)).to.deep.equal({ kind: 'done' });
        expect(await claim(number, second())).to.deep.equal({
          kind: 'held',
          by: first().number,
          until: new Date(clock.now().getTime() + LEASE_MS).toISOString(),
        });
      });

      it('asked for twice is one claim', async () => {
        const { id, number } = await bench.submitted();
        await claim(number);
        expect(await claim(number)).to.deep.equal({ kind: 'done' });
        expect((await auditOf(id)).filter((action) => action === 'case.claimed')).to.have.length(1);
      });

      it('lasts as long as its heartbeat, and then is free', async () => {
        const { number } = await bench.submitted();
        await claim(number);
        clock.advance(LEASE_MS - 1);
        expect(await bench.desk.heartbeat({ number, actor: first() })).to.deep.equal({ kind: 'done' });
        clock.advance(LEASE_MS - 1);
        expect((await claim(number, second())).kind).to.equal('held');
        clock.advance(1);
        expect(await bench.desk.heartbeat({ number, actor: first() })).to.deep.equal({ kind: 'not-claimed' });
        expect(await claim(number, second())).to.deep.equal({ kind: 'done' });
        expect(await bench.desk.heartbeat({ number, actor: first() })).to.include({
          kind: 'held',
          by: second().number,
        });
      });

      it('is given back, or broken by a supervisor', async () => {
        const { number } = await bench.submitted();
        await claim(number);
        expect((await bench.desk.release({ number, actor: second() })).kind).to.equal('held');
        await bench.desk.release({ number, actor: first() });
        expect((await claim(number, second())).kind).to.equal('done');
        expect(await bench.desk.breakClaim({ number, actor: someone(lead), reason: '下班了' })).to.deep.equal(
          { kind: 'done' },
        );
        expect((await claim(number)).kind).to.equal('done');
      });

      it('is refused for a case that is decided, or does not exist', async () => {
        const { number } = await bench.submitted({ kind: 'complaint', slots: [] });
        await bench.cases.approve(number, 'operator:li');
        expect(await claim(number)).to.deep.equal({ kind: 'wrong-state', state: 'approved' });
        expect(await claim('JB20261123999999')).to.deep.equal({ kind: 'unknown-case' });
      });

      it('is refused for one’s own account, and so is everything else', async () => {
        const { number, documents: made } = await bench.submitted({ customerId: 'me' });
        const self = await bench.hire(['reviewer', 'supervisor'], 'me');
        const own = { kind: 'own-account' };
        expect(await claim(number, self)).to.deep.equal(own);
        expect(await bench.judge(number, self, made['id-front'] ?? '', ACCEPTED)).to.deep.equal(own);
        expect(await conclude(number, self)).to.deep.equal(own);
        expect(await bench.desk.held(number, self)).to.deep.equal(own);
        expect((await bench.desk.detail(number, self))?.ownAccount).to.equal(true);
      });
    });

    describe('a verdict', () => {
      it('needs the claim, and one that still lasts', async () => {
        const { number, documents: made } = await bench.submitted();
        const id = made['id-front'] ?? '';
        expect(await bench.judge(number, first(), id, ACCEPTED)).to.deep.include({ kind: 'wrong-state' });
        await claim(number);
        expect(await bench.judge(number, second(), id, ACCEPTED)).to.include({
          kind: 'held',
          by: first().number,
        });
        clock.advance(LEASE_MS);
        expect(await bench.judge(number, first(), id, ACCEPTED)).to.deep.equal({ kind: 'not-claimed' });
      });

      it('given on an older version is refused and says what has changed', async () => {
        const { number, documents: made } = await bench.submitted();
        await claim(number);
        const version = await bench.version(number, first());
        await bench.judge(number, first(), made['id-front'] ?? '', ACCEPTED);
        const late = { number, actor: first(), version, documentId: made['id-back'] ?? '', checked: [] };
        expect(await bench.desk.giveVerdict({ ...late, verdict: BLURRED })).to.deep.equal({
          kind: 'changed-meanwhile',
          version: version + 1,
          state: 'in-review',
          last: { action: 'document.accepted', by: first().number, at: clock.now().toISOString() },
        });
      });

      it('is not given on another case’s document, nor on one that was replaced', async () => {
        const [mine, other] = [await bench.submitted(), await bench.submitted()];
        await claim(mine.number);
        const unknown = { kind: 'unknown-document' };
        const foreign = other.documents['id-front'] ?? '';
        expect(await bench.judge(mine.number, first(), foreign, ACCEPTED)).to.deep.equal(unknown);
        const id = mine.documents['id-front'] ?? '';
        await current().run((db) =>
          db.update(documents).set({ state: 'replaced' }).where(eq(documents.id, id)),
        );
        expect(await bench.judge(mine.number, first(), id, ACCEPTED)).to.deep.equal(unknown);
      });

      it('can be taken back before the conclusion', async () => {
        const { number, documents: made } = await bench.submitted();
        await claim(number);
        await bench.judge(number, first(), made['id-front'] ?? '', FORGED);
        const version = await bench.version(number, first());
        const asked = { number, actor: first(), version, documentId: made['id-front'] ?? '', checked: [] };
        await bench.desk.giveVerdict({ ...asked, verdict: null });
        expect(await conclude(number)).to.include({ kind: 'undecided' });
      });
    });

    describe('a conclusion', () => {
      it('waits for a verdict on every document', async () => {
        const { number, documents: made } = await bench.submitted();
        await claim(number);
        await bench.judge(number, first(), made['id-front'] ?? '', BLURRED);
        expect(await conclude(number)).to.deep.include({ kind: 'undecided' });
        expect(await stateOf(number)).to.equal('in-review');
      });

      it('asks again for the returned document alone, and tells nobody else', async () => {
        const { id, number, outcome } = await concluded({ 'id-back': BLURRED });
        expect(outcome).to.deep.equal({ kind: 'done' });
        const found = await bench.desk.detail(number, first());
        expect(found).to.deep.include({ state: 'needs-more', holder: null });
        expect(found?.returnedSlots).to.deep.equal([{ slot: 'id-back', reason: 'BLURRY' }]);
        expect((await bench.cases.find(id))?.filledSlots).to.deep.equal(['id-front']);
        expect((await sentOf(id)).map(({ kind }) => kind)).to.deep.equal(['conversation-event']);
      });

      it('keeps the place in the queue and the accepted document when a better picture comes', async () => {
        const { id, number } = await concluded({ 'id-back': BLURRED });
        const before = await bench.desk.detail(number, first());
        clock.advance(3 * 3_600_000);
        const better = await storeDocument(current(), id, 'id-back');
        await bench.cases.submit(id);
        const found = await bench.desk.detail(number, first());
        expect(found).to.deep.include({ state: 'submitted', breachAt: before?.breachAt });
        const standing = found?.documents.filter(({ state }) => state === 'stored');
        expect(
          standing?.map(({ slot, attempt, verdict }) => [slot, attempt, verdict?.verdict]),
        ).to.have.deep.members([
          ['id-front', 1, 'accepted'],
          ['id-back', 2, undefined],
        ]);
        await claim(number);
        await bench.judge(number, first(), better, ACCEPTED);
        expect(await conclude(number)).to.deep.equal({ kind: 'done' });
      });

      it('hands over to a person after three pictures; only a supervisor asks a fourth time', async () => {
        const { id, number } = await concluded({ 'id-back': BLURRED });
        for (let tries = 2; tries <= 3; tries++) {
          const again = await storeDocument(current(), id, 'id-back');
          await bench.cases.submit(id);
          await claim(number);
          await bench.judge(number, first(), again, BLURRED);
          await conclude(number);
        }
        const over = [{ slot: 'id-back', reason: 'BLURRY', triesOver: true }];
        expect((await bench.desk.detail(number, first()))?.returnedSlots).to.deep.equal(over);
        expect((await bench.cases.find(id))?.filledSlots).to.include('id-back');
        expect((await sentOf(id)).at(-1)?.payload)
          .to.have.nested.property('value.returnedSlots')
          .deep.equal(over);
        expect((await claim(number, someone(lead))).kind).to.equal('done');
        expect((await conclude(number, someone(lead))).kind).to.equal('done');
        const asked = [{ slot: 'id-back', reason: 'BLURRY' }];
        expect((await bench.desk.detail(number, first()))?.returnedSlots).to.deep.equal(asked);
      });

      it('cannot approve against the documents', async () => {
        const { number, documents: made } = await bench.submitted({ slots: ['id-front'] });
        await claim(number);
        await bench.judge(number, first(), made['id-front'] ?? '', BLURRED);
        expect(await conclude(number, first(), { decision: 'approved' })).to.deep.equal({
          kind: 'documents-say-otherwise',
          slots: ['id-front'],
        });
      });

      it('has to be said where there are no documents, and a rejection explained to colleagues', async () => {
        const { id, number } = await bench.submitted({ kind: 'dispute', slots: [] });
        await claim(number);
        expect(await conclude(number)).to.deep.equal({ kind: 'decision-missing' });
        expect(await conclude(number, first(), { decision: 'rejected' })).to.deep.equal({
          kind: 'note-missing',
        });
        await conclude(number, first(), { decision: 'approved' });
        expect(await stateOf(number)).to.equal('approved');
        expect(await auditOf(id)).to.include('case.approved');
      });

      it('sent twice is carried out once', async () => {
        const { number, documents: made } = await bench.submitted({
          kind: 'card-status',
          slots: ['evidence'],
        });
        await claim(number);
        await bench.judge(number, first(), made.evidence ?? '', ACCEPTED);
        const asked = { number, actor: first(), version: await bench.version(number, first()) };
        const outcomes = await Promise.all([bench.desk.conclude(asked), bench.desk.conclude(asked)]);
        expect(outcomes.map(({ kind }) => kind).sort()).to.deep.equal(['changed-meanwhile', 'done']);
      });

      it('destroys at once what shows secrets', async () => {
        const made = await bench.submitted({ slots: ['new-card'] });
        await claim(made.number);
        const id = made.documents['new-card'] ?? '';
        await bench.judge(made.number, first(), id, { verdict: 'retry', reason: 'SENSITIVE_VISIBLE' });
        await conclude(made.number);
        const [row] = await current().run((db) => db.select().from(documents).where(eq(documents.id, id)));
        expect(row?.wrappedKey).to.equal(null);
        expect(await auditOf(made.id)).to.include('document.purged');
      });
    });

    describe('four eyes', () => {
      it('hold a release back: neither customer nor platform hears of it before the second person', async () => {
        const { id, number } = await concluded({});
        expect(await stateOf(number)).to.equal('in-review');
        expect(await sentOf(id)).to.deep.equal([]);
        expect((await bench.desk.detail(number, second()))?.proposal).to.deep.include({
          ...{ decision: 'approved', cause: 'risk-lock', by: first().number, mine: false },
        });
        await claim(number, second());
        const version = await bench.version(number, second());
        expect(await bench.desk.confirm({ number, actor: second(), version })).to.deep.equal({
          kind: 'done',
        });
        expect((await sentOf(id)).map(({ kind }) => kind)).to.deep.equal([
          'review-decision',
          'conversation-event',
        ]);
        expect(await stateOf(number)).to.equal('approved');
      });

      it('are never the same person’s', async () => {
        const { id, number } = await concluded({});
        expect(await claim(number)).to.deep.equal({ kind: 'same-person' });
        const version = await bench.version(number, first());
        expect((await bench.desk.confirm({ number, actor: first(), version })).kind).not.to.equal('done');
        const [proposal] = await current().run((db) =>
          db.select().from(reviewProposals).where(eq(reviewProposals.caseId, id)),
        );
        const forged = current().run((db) =>
          db
            .update(reviewProposals)
            .set({ state: 'confirmed', settledBy: first().id })
            .where(eq(reviewProposals.id, proposal?.id ?? '')),
        );
        const refused = await forged.then(
          () => 'written',
          () => 'refused by the database',
        );
        expect(refused).to.equal('refused by the database');
      });

      it('are needed for every rejection, whose reason the customer is not told', async () => {
        const { id, number } = await concluded({ 'id-front': FORGED });
        expect((await bench.desk.detail(number, second()))?.proposal).to.deep.include({
          ...{ decision: 'rejected', reason: 'TAMPERED', cause: 'final' },
        });
        await claim(number, second());
        await bench.desk.confirm({ number, actor: second(), version: await bench.version(number, second()) });
        expect(await stateOf(number)).to.equal('rejected');
        expect(JSON.stringify(await sentOf(id))).not.to.include('TAMPERED');
      });

      it('are drawn for a share of the other approvals', async () => {
        const approve = async () => {
          const { number, documents: made } = await bench.submitted({
            kind: 'identity-card-closed',
            slots: ['closure-certificate'],
          });
          await claim(number);
          await bench.judge(number, first(), made['closure-certificate'] ?? '', ACCEPTED);
          await conclude(number);
          return (await bench.desk.detail(number, first()))?.proposal?.cause ?? (await stateOf(number));
        };
        draw = 0.05;
        expect(await approve()).to.equal('approved');
        draw = 0.049;
        expect(await approve()).to.equal('sample');
      });

      it('that disagree send the case back, with a note that is never sent', async () => {
        const { id, number } = await concluded({});
        await claim(number, second());
        const asked = { number, actor: second(), version: await bench.version(number, second()) };
        await bench.desk.refuse({ ...asked, note: '手持照片不是本人' });
        expect(await stateOf(number)).to.equal('in-review');
        expect(await sentOf(id)).to.deep.equal([]);
        const notes = await current().run((db) =>
          db.select().from(caseNotes).where(eq(caseNotes.caseId, id)),
        );
        expect(notes.map(({ text }) => text)).to.deep.equal(['手持照片不是本人']);
        const written = await current().run((db) => db.select().from(audit).where(eq(audit.caseId, id)));
        expect(JSON.stringify(written)).not.to.include('不是本人');
        expect((await claim(number)).kind).to.equal('done');
      });

      it('find nothing to confirm when the customer has withdrawn', async () => {
        const { id, number } = await concluded({});
        await bench.cases.withdraw(id);
        expect(await claim(number, second())).to.deep.equal({ kind: 'wrong-state', state: 'withdrawn' });
        const open = await current().run((db) =>
          db
            .select()
            .from(reviewProposals)
            .where(and(eq(reviewProposals.caseId, id), eq(reviewProposals.state, 'open'))),
        );
        expect(open).to.deep.equal([]);
      });

      it('are gone round by the operator alone, whose steps are marked', async () => {
        const { id, number } = await concluded({});
        await bench.cases.approve(number, 'operator:li');
        expect(await stateOf(number)).to.equal('approved');
        const lines = await current().run((db) =>
          db
            .select()
            .from(audit)
            .where(and(eq(audit.caseId, id), eq(audit.action, 'case.approved'))),
        );
        expect(lines.map(({ actor, after }) => [actor, after?.override])).to.deep.equal([
          ['operator:li', true],
        ]);
      });
    });
  });
});
