import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { deskEvents, deskGroups, handoffs, staff } from '../../../src/database/schema/index.ts';
import type { ReportName, ReportQuery } from '../../../src/domain/report.ts';
import { createInsights, createReports } from '../../../src/insight/index.ts';
import { FakeClock } from '../../support/clock.ts';
import { onBothDatabases } from '../../support/databases.ts';
import { turn } from '../turns.ts';

const DAY: ReportQuery = { from: '2026-11-23T00:00', to: '2026-11-24T00:00', bucket: 'day' };
const [WANG, LI] = [randomUUID(), randomUUID()];
const BEGIN = Date.parse('2026-11-23T02:00:00Z');
const later = (seconds: number) => new Date(BEGIN + seconds * 1000);

type Row = typeof handoffs.$inferInsert;
const asked = (conversationId: string, more: Partial<Row>): Row => ({
  ...{ id: randomUUID(), conversationId, channel: 'directline', locale: 'zh-CN', group: 'g1', skills: [] },
  ...{ priority: 2, state: 'closed', topic: 'risk-lock', requestedAt: later(0), queuedAt: later(0) },
  ...{ breaches: [], startSeq: 1, idempotencyKey: randomUUID(), version: 1, ...more },
});
const accountOf = (id: string, number: string): typeof staff.$inferInsert => ({
  ...{ id, number, login: number.toLowerCase(), name: number, roles: ['agent'], groups: [], capacity: 5 },
  ...{ locale: 'zh-CN', recoveryHashes: [], createdAt: later(0), updatedAt: later(0), version: 1 },
});

const MESSAGE = asked('d', {
  assignedTo: LI,
  acceptedAt: later(7200),
  firstReplyAt: later(7210),
  endedAt: later(7220),
});
const HANDOFFS = [
  asked('a', {
    ...{ assignedTo: WANG, acceptedAt: later(20), firstReplyAt: later(30), endedAt: later(320) },
    ratingScore: 5,
  }),
  asked('b', {
    ...{
      assignedTo: LI,
      acceptedAt: later(60),
      firstReplyAt: later(130),
      endedAt: later(660),
      ratingScore: 2,
    },
    breaches: ['first-reply'],
  }),
  // Opened again by an agent, who never let the customer wait.
  asked('a', { assignedTo: WANG, requestedAt: later(900), acceptedAt: later(20), endedAt: later(1000) }),
  // Left the queue; still waits; left a message that was answered two hours later.
  asked('c', { state: 'left', endedAt: later(50), channel: 'wechat', group: 'g2' }),
  asked('e', { state: 'queued', group: 'g2' }),
  MESSAGE,
  asked('f', { requestedAt: later(-86_400), acceptedAt: later(-86_000), endedAt: later(-80_000) }),
];

describe('reports on the desk', () => {
  onBothDatabases((current) => {
    const read = <Name extends ReportName>(name: Name, query: Partial<ReportQuery> = {}) =>
      createReports({ database: current(), timeZone: 'Asia/Shanghai' }).read(name, { ...DAY, ...query });

    before(async () => {
      await current().run((db) => db.insert(staff).values([accountOf(WANG, 'A1'), accountOf(LI, 'A2')]));
      const group = {
        id: 'g1',
        name: '一组',
        routes: { about: [], locales: [] },
        autoAssign: true,
        active: true,
      };
      await current().run((db) => db.insert(deskGroups).values({ ...group, place: 90, version: 1 }));
      await current().run((db) => db.insert(handoffs).values(HANDOFFS));
      const left = { type: 'message' as const, handoffId: MESSAGE.id, actor: 'customer', data: {} };
      await current().run((db) => db.insert(deskEvents).values({ ...left, seq: 1, at: later(0) }));
      const at = later(-60).toISOString();
      const talks = ['a', 'b', 'c', 'd', 'e', 'x', 'y', 'z'].map((id) => turn(id, 1, { at }));
      await createInsights({ database: current(), clock: new FakeClock() }).write(talks);
    });

    it('measures waiting, replies, handling and how content customers are', async () => {
      expect(await read('desk')).to.deep.equal([
        {
          ...{ handoffs: 6, handoffRate: 5 / 8, waiting: 40, waiting90: 56, firstReply: 80 },
          // 300 and 600 seconds, and 100 of the one opened again.
          handling: 300,
          ...{ abandoned: 1 / 3, messagesLeft: 1, breached: 1 / 6, satisfaction: 3.5, ratings: 2 },
        },
      ]);
    });

    it('has no means of nothing', async () => {
      const [row] = await read('desk', { channel: 'wecom' });
      expect(row).to.include({
        handoffs: 0,
        handoffRate: null,
        waiting: null,
        abandoned: null,
        satisfaction: null,
      });
    });

    it('counts what the bot did alone', async () => {
      const [row] = await read('overview');
      expect(row).to.include({ conversations: 8, contained: 3 / 8 });
      const [day] = await read('trend');
      expect(day).to.include({ conversations: 8, contained: 3 / 8 });
    });

    it('runs over time', async () => {
      const days = await read('desk-trend', { from: '2026-11-22T00:00' });
      expect(days.map(({ time, handoffs: n, waiting }) => [time, n, waiting])).to.deep.equal([
        ['2026-11-22T00:00', 1, 400],
        ['2026-11-23T00:00', 6, 40],
      ]);
    });

    it('sets groups side by side, by the names they have', async () => {
      const rows = await read('groups');
      expect(rows.map(({ group, handoffs: n, abandoned }) => [group, n, abandoned])).to.deep.equal([
        ['一组', 4, 0],
        ['g2', 2, 1],
      ]);
      expect((await read('desk', { group: 'g2' }))[0]).to.include({ handoffs: 2, handoffRate: 2 / 8 });
    });

    it('tells agents apart by their numbers only', async () => {
      const none = { breached: 0 };
      expect(await read('agents')).to.deep.equal([
        { ...none, agent: 'A1', handoffs: 2, firstReply: 30, handling: 200, satisfaction: 5, ratings: 1 },
        {
          agent: 'A2',
          handoffs: 2,
          firstReply: 130,
          handling: 600,
          breached: 0.5,
          satisfaction: 2,
          ratings: 1,
        },
      ]);
    });
  });
});
