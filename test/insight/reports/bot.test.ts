import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { audit, cases, handoffs } from '../../../src/database/schema/index.ts';
import type { CaseState } from '../../../src/domain/case.ts';
import type { ReportName, ReportQuery } from '../../../src/domain/report.ts';
import { createInsights, createReports } from '../../../src/insight/index.ts';
import { FakeClock } from '../../support/clock.ts';
import { onBothDatabases } from '../../support/databases.ts';
import { turn } from '../turns.ts';

/** Monday and Tuesday in Shanghai. */
const DAYS: ReportQuery = { from: '2026-11-23T00:00', to: '2026-11-25T00:00', bucket: 'day' };
const QUIET = { topic: 'small-talk', intent: null, confidence: null, decision: null, entered: [], ended: [] };

/** Five talks: what each report makes of them is reckoned by hand below. */
const TALKS = [
  // Begins on Monday at 9 and is solved on Tuesday at 10.
  turn('a', 1, { at: '2026-11-23T01:00:00Z', confidence: 0.9 }),
  turn('a', 2, { ...QUIET, at: '2026-11-24T02:30:00Z', causes: ['RISK_LOCK', 'UNPAID_BILL'] }),
  turn('a', 3, {
    ...QUIET,
    at: '2026-11-24T02:31:00Z',
    topic: 'risk-lock',
    causes: [],
    ended: [{ topic: 'risk-lock', outcome: 'solved' }],
  }),
  // Written on Tuesday at 00:30 in Shanghai, which is Monday in London; ends with a case.
  turn('b', 1, { at: '2026-11-23T16:30:00Z', channel: 'wechat', confidence: 0.7, decision: 'ask' }),
  turn('b', 2, {
    ...QUIET,
    at: '2026-11-23T16:40:00Z',
    channel: 'wechat',
    causes: [],
    ended: [{ topic: 'risk-lock', outcome: 'case' }],
  }),
  // Goes to a person, in English.
  turn('c', 1, {
    at: '2026-11-24T03:00:00Z',
    locale: 'en',
    topic: 'handoff',
    intent: 'human_agent',
    confidence: 1,
    causes: [],
    entered: ['handoff'],
    ended: [{ topic: 'handoff', outcome: 'person' }],
  }),
  // The platform has told something, and nobody has written.
  turn('d', 1, { ...QUIET, at: '2026-11-24T04:00:00Z', origin: 'system', causes: [] }),
  // The first minute after, and the last before.
  turn('e', 1, { at: '2026-11-24T16:00:00Z' }),
  turn('e', 2, { at: '2026-11-22T15:59:59.999Z' }),
];

const aCase = (conversationId: string, state: CaseState, submitted: boolean) => {
  const at = new Date('2026-11-24T00:00:00Z');
  const id = randomUUID();
  const number = submitted ? `JB20261124${String(Math.random()).slice(2, 8)}` : null;
  return {
    ...{
      id,
      number,
      conversationId,
      state,
      kind: 'risk-lock' as const,
      requiredSlots: [],
      returnedSlots: [],
    },
    ...{ idempotencyKey: id, createdAt: at, submittedAt: submitted ? at : null, updatedAt: at, version: 1 },
  };
};

describe('reports on the bot', () => {
  onBothDatabases((current) => {
    const read = <Name extends ReportName>(name: Name, query: Partial<ReportQuery> = {}) =>
      createReports({ database: current(), timeZone: 'Asia/Shanghai' }).read(name, { ...DAYS, ...query });

    before(async () => {
      await createInsights({ database: current(), clock: new FakeClock() }).write(TALKS);
      const at = new Date('2026-11-24T03:00:01Z');
      await current().run((db) =>
        db.insert(handoffs).values({
          ...{ id: randomUUID(), conversationId: 'c', channel: 'directline', locale: 'en', group: 'default' },
          ...{ skills: [], priority: 2, state: 'queued', requestedAt: at, queuedAt: at, breaches: [] },
          ...{ startSeq: 1, idempotencyKey: 'c:1', version: 1 },
        }),
      );
      const closed = aCase('b', 'closed', true);
      await current().run((db) => db.insert(cases).values([aCase('a', 'draft', false), closed]));
      await current().run((db) =>
        db.insert(audit).values({
          ...{ seq: 1, at: new Date(), actor: 'staff:x', action: 'case.approved', caseId: closed.id },
          ...{ previousHash: '', hash: 'x' },
        }),
      );
    });

    it('counts conversations, messages and how they went', async () => {
      expect(await read('overview')).to.deep.equal([
        // Three of a, two of b, one of c; a and b without a person; two of three understood at once; one of
        // risk-lock's two and handoff's one ends solved, while diagnose has gone over.
        { conversations: 3, messages: 6, contained: 2 / 3, understood: 2 / 3, solved: 1 / 3, cases: 1 },
      ]);
    });

    it('has no shares of nothing', async () => {
      const nothing = { conversations: 0, messages: 0, contained: null, understood: null };
      expect(await read('overview', { channel: 'wecom' })).to.deep.equal([
        { ...nothing, solved: null, cases: 0 },
      ]);
      expect(await read('topics', { channel: 'wecom' })).to.deep.equal([]);
    });

    it('counts a conversation on the operator’s day on which it begins, and shows days without any', async () => {
      expect(await read('trend', { to: '2026-11-26T00:00' })).to.deep.equal([
        { time: '2026-11-23T00:00', conversations: 1, messages: 1, contained: 1 },
        { time: '2026-11-24T00:00', conversations: 2, messages: 5, contained: 0.5 },
        { time: '2026-11-25T00:00', conversations: 1, messages: 1, contained: 1 },
      ]);
      const hours = await read('trend', { bucket: 'hour', from: '2026-11-24T00:00', to: '2026-11-24T03:00' });
      expect(hours.map((row) => [row.time, row.messages])).to.deep.equal([
        ['2026-11-24T00:00', 2],
        ['2026-11-24T01:00', 0],
        ['2026-11-24T02:00', 0],
      ]);
    });

    it('begins weeks on Mondays', async () => {
      const weeks = await read('trend', { bucket: 'week', from: '2026-11-19T08:30', to: '2026-11-23T00:01' });
      expect(weeks.map((row) => row.time)).to.deep.equal(['2026-11-16T00:00', '2026-11-23T00:00']);
    });

    it('tells how topics were begun and ended', async () => {
      const none = { solvedTopics: 0, cases: 0, reminders: 0, persons: 0, left: 0, passedOn: 0 };
      const riskLock = { ...none, topic: 'risk-lock', begun: 2, solvedTopics: 1, cases: 1 };
      expect(await read('topics')).to.deep.equal([
        { ...none, topic: 'diagnose', begun: 2, passedOn: 2 },
        riskLock,
        { ...none, topic: 'handoff', begun: 1, persons: 1 },
      ]);
      expect(await read('topics', { topic: 'risk-lock' })).to.deep.equal([riskLock]);
    });

    it('tells what was wanted and how sure the bot was', async () => {
      expect(await read('intents')).to.deep.equal([
        { intent: 'fail_risk', messages: 2, accepted: 0.5, asked: 0.5, rejected: 0, confidence: 0.8 },
        { intent: 'human_agent', messages: 1, accepted: 1, asked: 0, rejected: 0, confidence: 1 },
      ]);
    });

    it('counts a cause once in a conversation', async () => {
      expect(await read('causes')).to.deep.equal([
        { cause: 'RISK_LOCK', conversations: 2 },
        { cause: 'UNPAID_BILL', conversations: 1 },
      ]);
    });

    it('tells where customers write, and in which language', async () => {
      expect(await read('channels')).to.deep.equal([
        { channel: 'directline', conversations: 2, messages: 4 },
        { channel: 'wechat', conversations: 1, messages: 2 },
      ]);
      expect(await read('languages', { channel: 'directline' })).to.deep.equal([
        { locale: 'zh-CN', conversations: 1, messages: 3 },
        { locale: 'en', conversations: 1, messages: 1 },
      ]);
    });

    it('spreads messages over the hours of the operator’s week', async () => {
      expect(await read('hours')).to.deep.equal([
        { weekday: '1', hour: 9, messages: 1 },
        { weekday: '2', hour: 0, messages: 2 },
        { weekday: '2', hour: 10, messages: 2 },
        { weekday: '2', hour: 11, messages: 1 },
      ]);
    });

    it('follows locked accounts to the approval, also of cases closed since', async () => {
      expect(await read('risk-lock')).to.deep.equal([
        { stage: 'locked', conversations: 2, reached: 1 },
        { stage: 'applied', conversations: 2, reached: 1 },
        { stage: 'submitted', conversations: 1, reached: 0.5 },
        { stage: 'approved', conversations: 1, reached: 0.5 },
      ]);
    });
  });
});
