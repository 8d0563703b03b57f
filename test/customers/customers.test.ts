import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { desc, eq } from 'drizzle-orm';
import { createCases } from '../../src/cases/index.ts';
import type { LogEntry } from '../../src/conversation/store.ts';
import { type CustomerData, createCustomerData } from '../../src/customers/index.ts';
import { createDeliveries } from '../../src/database/deliveries.ts';
import {
  audit,
  cases as caseRows,
  deliveries,
  documents,
  misunderstandings,
  transcripts,
  turns,
} from '../../src/database/schema/index.ts';
import type { ChatFiles } from '../../src/documents/chat-files.ts';
import { createHolds } from '../../src/documents/holds.ts';
import type { Case, Cases } from '../../src/domain/case.ts';
import { USUAL_TIMES } from '../../src/domain/desk.ts';
import type { StaffActor } from '../../src/domain/staff.ts';
import { createHandoffs, createTranscripts } from '../../src/handoff/index.ts';
import { createReminders } from '../../src/reminders/index.ts';
import { createAccounts } from '../../src/staff/index.ts';
import { storeDocument } from '../cases/store-document.ts';
import { chatFilesOn } from '../documents/chat-files-on.ts';
import { photo } from '../documents/pictures.ts';
import { FakeClock } from '../support/clock.ts';
import { onBothDatabases } from '../support/databases.ts';
import { TEST_HOURS, TEST_SETTINGS } from '../support/desk.ts';

/** A log of 600 messages, a page and a bit. */
function logEntry(seq: number): LogEntry {
  const activity = {
    type: 'message',
    id: String(seq),
    text: `第 ${seq} 句`,
    timestamp: new Date('2026-11-23T02:00:00Z'),
  };
  return { seq, origin: seq % 2 ? 'customer' : 'bot', activity };
}
const LOG = [
  ...Array.from({ length: 600 }, (_, n) => logEntry(n + 1)),
  {
    seq: 601,
    origin: 'system' as const,
    activity: { type: 'event', id: '601', name: 'unbind.case.changed' },
  },
];
const store = {
  read: async (_id: string, after: number, limit: number) =>
    LOG.filter(({ seq }) => seq > after).slice(0, limit),
};

describe('what is kept of a customer', function () {
  this.timeout(60_000);

  onBothDatabases((current) => {
    const clock = new FakeClock();
    let cases: Cases;
    let customers: CustomerData;
    let files: ChatFiles;
    let admin: StaffActor;
    let customerId: string;
    let conversationId: string;

    beforeEach(async () => {
      customerId = `customer-${randomUUID()}`;
      conversationId = `c-${randomUUID()}`;
      const parts = { database: current(), clock };
      cases = createCases(parts);
      customers = createCustomerData({ ...parts, store });
      files = chatFilesOn(current(), clock);
      const login = `keeper-${randomUUID().slice(0, 8)}`;
      const account = { login, number: login, name: 'X', roles: ['admin' as const], oidcSubject: login };
      const made = await createAccounts(parts).create(account, 'operator:test');
      if (made.kind !== 'created') throw new Error(made.kind);
      admin = made.member;
    });

    async function submitted(more: { conversationId?: string } = {}): Promise<Case & { documentId: string }> {
      const owner = { conversationId, customerId, ...more };
      const wanted = { ...owner, kind: 'risk-lock' as const, requiredSlots: ['id-front' as const] };
      const draft = await cases.draft({ ...wanted, cardLast4: '6411', note: '换卡' }, randomUUID());
      await cases.recordConsent(draft.id, { purpose: 'documents', version: 'v1' });
      const documentId = await storeDocument(current(), draft.id, 'id-front');
      return { ...(await cases.submit(draft.id)), documentId };
    }
    async function decided(more: { conversationId?: string } = {}) {
      const made = await submitted(more);
      await current().run((db) =>
        db
          .update(caseRows)
          .set({ state: 'rejected', decision: 'rejected', decidedAt: clock.now() })
          .where(eq(caseRows.id, made.id)),
      );
      return made;
    }
    async function around() {
      const reminders = createReminders({
        ...{ database: current(), clock, hours: TEST_SETTINGS.reminderHours, eventsTaken: true },
      });
      await reminders.schedule({ kind: 'lock-released', conversationId, customerId }, randomUUID());
      const turn = { at: clock.now(), channel: 'directline', locale: 'zh-CN', known: true };
      await current().run((db) =>
        db.insert(turns).values({
          ...{ ...turn, conversationId, seq: 1, origin: 'customer' as const, topic: 'risk-lock' },
          ...{ intent: 'fail_risk' as const, ranking: [], entered: [], ended: [], causes: [] },
        }),
      );
      await current().run((db) =>
        db.insert(misunderstandings).values({
          ...{
            conversationId,
            seq: 1,
            at: clock.now(),
            locale: 'zh-CN',
            text: '弄不掉',
            why: 'asked' as const,
          },
          ...{ intent: 'fail_risk' as const, confidence: 0.4, decision: 'ask' as const, ranking: [] },
        }),
      );
    }
    /** A picture sent to the people at the desk. */
    async function sent(): Promise<string> {
      const given = { conversationId, customerId, from: 'customer' as const, name: '转账截图.png' };
      const outcome = await files.receive({
        ...given,
        bytes: await photo(120, 90),
        idempotencyKey: randomUUID(),
      });
      if (outcome.kind === 'refused') throw new Error(outcome.code);
      return outcome.file.id;
    }
    const lastLine = async () => {
      const [line] = await current().run((db) => db.select().from(audit).orderBy(desc(audit.seq)).limit(1));
      return line;
    };
    const misunderstood = () =>
      current().run((db) =>
        db.$count(misunderstandings, eq(misunderstandings.conversationId, conversationId)),
      );
    const keyOf = async (documentId: string) => {
      const [row] = await current().run((db) =>
        db.select().from(documents).where(eq(documents.id, documentId)),
      );
      return row?.wrappedKey;
    };

    it('is handed out whole: cases, consents, reminders, talks page by page', async () => {
      const made = await submitted();
      await around();
      await sent();
      const exported = await customers.export(customerId, admin);
      expect(exported.cases).to.have.length(1);
      expect(exported.cases[0]).to.deep.include({ number: made.number, cardLast4: '6411', note: '换卡' });
      expect(exported.cases[0]?.consents).to.have.length(1);
      expect(exported.cases[0]?.documents[0]).to.include({ slot: 'id-front', destroyedAt: null });
      expect(exported.reminders.map(({ kind }) => kind)).to.deep.equal(['lock-released']);
      expect(exported.files).to.have.length(1);
      expect(exported.files[0]).to.include({ name: '转账截图.jpg', from: 'customer', destroyedAt: null });
      const [talk] = exported.conversations;
      expect(talk?.messages).to.have.length(600);
      expect(talk?.messages.at(-1)).to.include({ from: 'bot', text: '第 600 句' });
      expect(talk?.turns.map(({ topic }) => topic)).to.deep.equal(['risk-lock']);
      expect(await lastLine()).to.deep.include({ action: 'customer.exported', actor: `staff:${admin.id}` });
    });

    it('of somebody unknown is nothing', async () => {
      const exported = await customers.export('nobody', admin);
      expect([exported.cases, exported.conversations, exported.reminders]).to.deep.equal([[], [], []]);
    });

    it('goes on request, and it is told what stays and why', async () => {
      const made = await decided();
      await around();
      const file = await sent();
      const deletion = await customers.delete(customerId, admin);
      expect(deletion.deleted).to.deep.equal({
        ...{ cases: 1, documents: 1, files: 1, notes: 0, reminders: 1, turns: 1 },
      });
      expect(await files.find(file, conversationId)).to.equal(undefined);
      expect(deletion.kept.map(({ what, why }) => `${what}: ${why}`)).to.deep.equal([
        'consents: proof',
        'audit: accountability',
        'conversations: masked-log',
      ]);
      expect(await misunderstood()).to.equal(0);
      expect(await keyOf(made.documentId)).to.equal(null);
      const [row] = await current().run((db) => db.select().from(caseRows).where(eq(caseRows.id, made.id)));
      expect(row).to.include({ customerId: null, cardLast4: null, note: null, state: 'rejected' });
      expect(await lastLine()).to.deep.include({ action: 'customer.deleted' });
      const after = await customers.export(customerId, admin);
      expect([after.cases, after.files]).to.deep.equal([[], []]);
    });

    it('goes from the desk, too: nothing tells who talked to people, or what about', async () => {
      const defaults = { ...USUAL_TIMES, hours: structuredClone(TEST_HOURS) };
      const { handoffs, desk } = createHandoffs({ database: current(), clock, defaults, kick: () => {} });
      const talk = `talk:${randomUUID()}`;
      const wish = { conversationId: talk, channel: 'directline', locale: 'zh-CN', seq: 1, customerId };
      const { id } = await handoffs.request({ ...wish, words: '我的卡解绑不了' }, randomUUID());
      await desk.note(id, admin, '张女士，常来');
      await handoffs.leave(id, 'cancelled');
      const kept = {
        handoffId: id,
        conversationId: talk,
        customerId,
        group: 'default',
        words: 'x',
        lines: [],
      };
      await current().run((db) => db.insert(transcripts).values({ ...kept, endedAt: clock.now() }));
      expect((await customers.export(customerId, admin)).conversations.map((it) => it.id)).to.include(talk);
      await customers.delete(customerId, admin);
      expect(await desk.past({ conversationId: 'another', customerId })).to.deep.equal([]);
      const left = await desk.get(id);
      expect([left?.state, left?.customerId, left?.words]).to.deep.equal(['left', undefined, undefined]);
      expect(await desk.notes(talk)).to.deep.equal([]);
      expect(await createTranscripts({ database: current(), clock }).read(id)).to.equal(undefined);
    });

    it('has whom they are in a messaging app, which goes unless an agent is talking with them', async () => {
      const defaults = { ...USUAL_TIMES, hours: structuredClone(TEST_HOURS) };
      const { handoffs } = createHandoffs({ database: current(), clock, defaults, kick: () => {} });
      const userId = `wm${randomUUID()}`;
      const [over, open] = [`wk1:${userId}`, `wk2:${userId}`];
      const appsOf = async () =>
        (await customers.export(customerId, admin)).conversations.flatMap(({ id, app }) => {
          return app ? [[id, app.channel, app.userId]] : [];
        });
      for (const talk of [over, open]) {
        const about = { conversationId: talk, channel: 'wecom-kf', userId, messages: 5, lastSeq: 0 };
        const windowUntil = new Date(clock.now().getTime() + 1000);
        await createDeliveries({ database: current(), clock }).customerWrote({ ...about, windowUntil });
        const wish = { conversationId: talk, channel: 'wecom-kf', locale: 'zh-CN', seq: 1, customerId };
        const { id } = await handoffs.request(wish, randomUUID());
        if (talk === over) await handoffs.leave(id, 'cancelled');
      }
      expect(await appsOf()).to.deep.equal([
        [over, 'wecom-kf', userId],
        [open, 'wecom-kf', userId],
      ]);
      await customers.delete(customerId, admin);
      const windows = await current().run((db) =>
        db.select({ id: deliveries.conversationId }).from(deliveries).where(eq(deliveries.userId, userId)),
      );
      expect(windows.map(({ id }) => id)).to.deep.equal([open]);
    });

    it('stays where a case is undecided, with the talk about it', async () => {
      const open = await submitted();
      const over = await decided({ conversationId: `c-${randomUUID()}` });
      await around();
      const file = await sent();
      const deletion = await customers.delete(customerId, admin);
      expect(deletion.kept[0]).to.deep.equal({ what: 'case', why: 'undecided', number: open.number });
      expect(deletion.deleted).to.include({ cases: 1, turns: 0, files: 0 });
      expect(await files.find(file, conversationId)).to.include({ id: file });
      expect(await misunderstood()).to.equal(1);
      expect(await keyOf(open.documentId)).to.be.a('string');
      expect(await keyOf(over.documentId)).to.equal(null);
    });

    it('stays whole under a legal hold on the customer, and case by case under one on a case', async () => {
      const [held, free] = [await decided(), await decided({ conversationId: `c-${randomUUID()}` })];
      const holds = createHolds({ database: current(), clock });
      const whole = await holds.set({ customerId }, '法院调取', admin);
      expect(await customers.delete(customerId, admin)).to.deep.equal({
        deleted: { cases: 0, documents: 0, files: 0, notes: 0, reminders: 0, turns: 0 },
        kept: [{ what: 'everything', why: 'legal-hold' }],
      });
      await holds.lift(whole, '解除', admin);
      await holds.set({ caseId: held.id }, '法院调取', admin);
      const deletion = await customers.delete(customerId, admin);
      expect(deletion.kept[0]).to.deep.equal({ what: 'case', why: 'legal-hold', number: held.number });
      expect(await keyOf(held.documentId)).to.be.a('string');
      expect(await keyOf(free.documentId)).to.equal(null);
    });
  });
});
