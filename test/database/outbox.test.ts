import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type { Database } from '../../src/database/database.ts';
import {
  type ConversationEvent,
  type Deliver,
  enqueue,
  type Outbox,
  startOutbox,
} from '../../src/database/outbox.ts';
import { claimDue, delayAfter } from '../../src/database/outbox-claim.ts';
import { outbox } from '../../src/database/schema/index.ts';
import { FakeClock } from '../support/clock.ts';
import { onBothDatabases } from '../support/databases.ts';
import { eventually } from '../support/eventually.ts';

const HOUR = 60 * 60 * 1000;

function eventFor(conversationId: string, dedupeKey: string): ConversationEvent {
  const value = { draftId: 'd', slot: 'id-front' as const, documentId: 'x', warnings: [] };
  return { conversationId, dedupeKey, name: 'unbind.upload.completed', value };
}

describe('the outbox', function () {
  this.timeout(30_000);

  onBothDatabases((current) => {
    let clock: FakeClock;
    let started: Outbox[];
    let delivered: string[];
    let logged: { level: string; details: object }[];

    beforeEach(async () => {
      clock = new FakeClock();
      [started, delivered, logged] = [[], [], []];
      await current().run((db) => db.delete(outbox));
    });
    afterEach(async () => {
      await Promise.all(started.map((one) => one.stop()));
    });

    const log = {
      info() {},
      warn: (details: object) => logged.push({ level: 'warn', details }),
      error: (details: object) => logged.push({ level: 'error', details }),
    };
    const rows = () => current().run((db) => db.select().from(outbox).orderBy(outbox.id));

    function start(deliver: Partial<Deliver> = {}, database: Database = current(), alone = false): Outbox {
      const made = startOutbox({
        database,
        alone,
        clock,
        log,
        deliver: {
          'conversation-event': async ({ dedupeKey }) => {
            delivered.push(dedupeKey);
          },
          'review-decision': async ({ idempotencyKey }) => {
            delivered.push(idempotencyKey);
          },
          reminder: async ({ reminderId }) => {
            delivered.push(reminderId);
          },
          ...deliver,
        },
      });
      started.push(made);
      return made;
    }

    const write = (key: string, orderingKey: string = randomUUID()) =>
      current().transaction((tx) =>
        enqueue(tx, clock, {
          kind: 'conversation-event',
          orderingKey,
          idempotencyKey: key,
          payload: eventFor(orderingKey, key),
        }),
      );
    const writeDecision = (key: string, orderingKey: string) =>
      current().transaction((tx) =>
        enqueue(tx, clock, {
          kind: 'review-decision',
          orderingKey,
          idempotencyKey: key,
          payload: {
            decision: {
              caseId: 'JB20261123000001',
              customerId: 'happy',
              kind: 'risk-lock',
              decision: 'approved',
              decidedAt: clock.now().toISOString(),
            },
            idempotencyKey: key,
          },
        }),
      );

    /** Until this many messages are left and everything under way has settled. */
    const left = (count: number) =>
      eventually(async () => (await rows()).filter((row) => !row.doneAt).length === count);
    const tried = (key: string, attempts: number) =>
      eventually(async () => {
        const row = (await rows()).find((one) => one.idempotencyKey === key);
        return row?.attempts === attempts && row.lastError !== null;
      });

    it('delivers what was written before its start and after a kick, once', async () => {
      await write('early');
      const running = start();
      await left(0);
      await write('late');
      running.kick();
      await left(0);
      running.kick();
      await running.stop();
      expect(delivered).to.deep.equal(['early', 'late']);
    });

    it('finds by itself what nobody kicked it for', async () => {
      start();
      await write('quiet');
      await left(0);
      expect(delivered).to.deep.equal(['quiet']);
    });

    it('hands over the payload as it was written', async () => {
      const events: ConversationEvent[] = [];
      await write('whole', 'c-7');
      start({
        'conversation-event': async (event) => {
          events.push(event);
        },
      });
      await left(0);
      expect(events).to.deep.equal([eventFor('c-7', 'whole')]);
    });

    it('drops a second message under the same key, and all of a transaction that failed', async () => {
      await write('same');
      await write('same');
      await current()
        .transaction(async (tx) => {
          await enqueue(tx, clock, {
            kind: 'conversation-event',
            orderingKey: 'k',
            idempotencyKey: 'undone',
            payload: eventFor('c', 'undone'),
          });
          throw new Error('undo');
        })
        .catch(() => undefined);
      expect((await rows()).map((row) => row.idempotencyKey)).to.deep.equal(['same']);
    });

    it('keeps the order of a case while an earlier message fails, and lets other cases pass', async () => {
      let broken = true;
      await write('a1', 'case-a');
      await write('a2', 'case-a');
      await write('b1', 'case-b');
      const running = start({
        'conversation-event': async ({ dedupeKey }) => {
          if (broken && dedupeKey === 'a1') throw new Error('no');
          delivered.push(dedupeKey);
        },
      });
      await tried('a1', 1);
      await left(2);
      expect(delivered).to.deep.equal(['b1']);
      broken = false;
      clock.advance(HOUR);
      running.kick();
      await left(0);
      expect(delivered).to.deep.equal(['b1', 'a1', 'a2']);
    });

    it('tells the platform first, but does not keep the customer waiting while it is down', async () => {
      let down = false;
      const deliver: Partial<Deliver> = {
        'review-decision': async ({ idempotencyKey }) => {
          if (down) throw new Error('down');
          delivered.push(idempotencyKey);
        },
      };
      await writeDecision('decision-1', 'case-1');
      await write('news-1', 'case-1');
      const running = start(deliver);
      await left(0);
      down = true;
      await writeDecision('decision-2', 'case-2');
      await write('news-2', 'case-2');
      running.kick();
      await left(1);
      expect(delivered).to.deep.equal(['decision-1', 'news-1', 'news-2']);
    });

    it('waits longer after each failure, never gives up, and calls the operator after ten', async () => {
      let failures = 0;
      await write('hard');
      const running = start({
        'conversation-event': async ({ dedupeKey }) => {
          failures += 1;
          if (failures <= 12) throw Object.assign(new Error('我叫张三'), { code: 'ECONNRESET' });
          delivered.push(dedupeKey);
        },
      });
      for (let attempts = 1; attempts <= 12; attempts++) {
        await tried('hard', attempts);
        await eventually(() => logged.length === attempts);
        const [row] = await rows();
        const waitMs = (row?.nextAttemptAt.getTime() ?? 0) - clock.now().getTime();
        const fullMs = Math.min(600_000, 1000 * 2 ** (attempts - 1));
        expect(waitMs).to.be.within(fullMs / 2, fullMs);
        clock.advance(waitMs - 1);
        expect(await claimDue(current(), clock)).to.have.lengthOf(0);
        clock.advance(1);
        running.kick();
      }
      await left(0);
      expect(delivered).to.deep.equal(['hard']);
      expect(logged.map((line) => line.level).join(' ')).to.match(/^(warn ){9}error error error$/);
      expect(JSON.stringify(logged)).to.contain('ECONNRESET').and.not.to.contain('张三');
    });

    it('delivers again when the process dies before it can mark a message as done', async () => {
      await write('twice');
      const dying: Database = {
        ...current(),
        run: () => Promise.reject(new Error('the process is gone')),
      };
      const dead = start({}, dying);
      await eventually(() => delivered.length === 1);
      await dead.stop();
      const alive = start();
      clock.advance(1000);
      alive.kick();
      expect(await claimDue(current(), clock)).to.have.lengthOf(0);
      clock.advance(HOUR);
      alive.kick();
      await left(0);
      expect(delivered).to.deep.equal(['twice', 'twice']);
    });

    it('does not wait for the claims of the dead where it is alone', async () => {
      await write('left');
      expect(await claimDue(current(), clock)).to.have.lengthOf(1);
      start({}, current(), true);
      await left(0);
      expect(delivered).to.deep.equal(['left']);
    });

    it('delivers each message once when several processes share the work', async () => {
      const keys = Array.from({ length: 60 }, (_, n) => `m${n}`);
      for (const [n, key] of keys.entries()) await write(key, `case-${n % 7}`);
      for (let n = 0; n < 4; n++) start();
      await left(0);
      expect([...delivered].sort()).to.deep.equal([...keys].sort());
      for (let n = 0; n < 7; n++) {
        const ofCase = delivered.filter((key) => Number(key.slice(1)) % 7 === n);
        expect(ofCase).to.deep.equal(keys.filter((key) => Number(key.slice(1)) % 7 === n));
      }
    });

    it('keeps a message of a kind that only a newer version knows', async () => {
      await write('new');
      await current().run((db) => db.update(outbox).set({ kind: 'fax' }));
      start();
      await tried('new', 1);
      expect((await rows())[0]).to.include({ lastError: 'UNKNOWN_KIND', doneAt: null });
    });

    it('forgets what was delivered a month ago', async () => {
      await write('old');
      start();
      await left(0);
      clock.advance(31 * 24 * HOUR);
      await write('fresh');
      for (const running of started) running.kick();
      await eventually(async () => (await rows()).map((row) => row.idempotencyKey).join() === 'fresh');
    });

    it('delivers nothing more after its stop, and waits for what is under way', async () => {
      let finish = () => {};
      const gate = new Promise<void>((resolve) => {
        finish = resolve;
      });
      await write('slow', 'case-s');
      await write('next', 'case-s');
      let begun = false;
      const running = start({
        'conversation-event': async ({ dedupeKey }) => {
          begun = true;
          await gate;
          delivered.push(dedupeKey);
        },
      });
      await eventually(() => begun);
      const stopping = running.stop();
      finish();
      await stopping;
      running.kick();
      expect(delivered).to.deep.equal(['slow']);
      expect((await rows()).map((row) => row.doneAt !== null)).to.deep.equal([true, false]);
    });
  });

  it('doubles its delay up to ten minutes', () => {
    expect([1, 2, 5].map((attempts) => delayAfter(attempts, 1))).to.deep.equal([1000, 2000, 16_000]);
    expect(delayAfter(40, 1)).to.equal(600_000);
    expect(delayAfter(4, 0)).to.equal(4000);
  });
});
