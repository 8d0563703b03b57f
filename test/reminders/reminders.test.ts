import { expect } from 'chai';
import { type Outbox, startOutbox } from '../../src/database/outbox.ts';
import { outbox, platformEvents, reminders as rows } from '../../src/database/schema/index.ts';
import type { PlatformEvent, TakePlatformEvent } from '../../src/domain/platform-event.ts';
import type { NewReminder, ReminderEvent, Reminders, TellReminder } from '../../src/domain/reminder.ts';
import {
  createPlatformEvents,
  createReminders,
  deliverReminders,
  purgeReminders,
} from '../../src/reminders/index.ts';
import { FakeClock } from '../support/clock.ts';
import { onBothDatabases } from '../support/databases.ts';
import { eventually } from '../support/eventually.ts';

const HOUR = 3_600_000;
const hours = { timeZone: 'Asia/Shanghai', from: '09:00', to: '21:00' };
const at = (time: string) => new Date(`2026-11-${time}+08:00`);

describe('reminders', function () {
  this.timeout(30_000);

  onBothDatabases((current) => {
    let clock: FakeClock;
    let reminders: Reminders;
    let take: TakePlatformEvent;
    let running: Outbox[];
    let told: { to: string; event: ReminderEvent }[];
    let answer: Awaited<ReturnType<TellReminder>>;
    let whileTelling: () => Promise<unknown>;
    let keys = 0;

    beforeEach(async () => {
      clock = new FakeClock();
      [running, told, answer, whileTelling] = [[], [], 'told', async () => {}];
      await current().run((db) => db.delete(outbox));
      await current().run((db) => db.delete(rows));
      await current().run((db) => db.delete(platformEvents));
      const parts = { database: current(), clock, hours };
      reminders = createReminders({ ...parts, eventsTaken: true });
      take = createPlatformEvents({ ...parts, kick });
      start();
    });
    afterEach(async () => {
      await Promise.all(running.map((one) => one.stop()));
    });

    const log = { info() {}, warn() {}, error() {} };

    function start(alone = false): void {
      const reminder = deliverReminders({
        database: current(),
        clock,
        hours,
        tell: async (to, event) => {
          if (answer === 'told') told.push({ to, event });
          await whileTelling();
          return answer;
        },
      });
      const deliver = { 'conversation-event': async () => {}, 'review-decision': async () => {}, reminder };
      running.push(startOutbox({ database: current(), clock, log, deliver, alone }));
    }

    function kick(): void {
      for (const one of running) one.kick();
    }

    const wish = (more: Partial<NewReminder> = {}): NewReminder => ({
      conversationId: 'c1',
      customerId: 'happy',
      kind: 'settled',
      ...more,
    });
    async function schedule(more: Partial<NewReminder> = {}, key = `k${++keys}`) {
      const outcome = await reminders.schedule(wish(more), key);
      if (outcome.kind !== 'scheduled') throw new Error('too late');
      return outcome;
    }
    const event = (id: string, more: Partial<PlatformEvent> = {}) =>
      ({
        id,
        type: 'settled',
        customerId: 'happy',
        occurredAt: clock.now().toISOString(),
        ...more,
      }) as PlatformEvent;
    const states = async () =>
      (await current().run((db) => db.select().from(rows))).map(({ state }) => state);
    /** Until nothing is due by the clock any more. */
    async function quiet(): Promise<void> {
      kick();
      await eventually(async () => {
        const waiting = (await current().run((db) => db.select().from(outbox))).filter(
          (row) => !row.doneAt && row.nextAttemptAt <= clock.now(),
        );
        kick();
        return waiting.length === 0;
      });
      // A claim is a later time, too: nothing is under way once a stopped outbox has come to its end.
      const [first, ...others] = running;
      await Promise.all([first?.stop(), ...others.map((one) => one.stop())]);
      running = [];
      start();
    }
    const kinds = () => told.map(({ event: { value } }) => value.kind);

    it('tells at its time and not before, once, from two processes', async () => {
      start();
      await schedule({ kind: 'maintenance-over', at: at('23T14:00'), about: '招商银行' });
      clock.set('2026-11-23T13:59:59+08:00');
      await quiet();
      expect(told).to.deep.equal([]);
      clock.set('2026-11-23T14:00:00+08:00');
      start();
      await quiet();
      clock.advance(48 * HOUR);
      await quiet();
      expect(told).to.have.length(1);
      expect(told[0]?.to).to.equal('c1');
      expect(told[0]?.event.value).to.include({ kind: 'maintenance-over', cause: 'time', about: '招商银行' });
      expect(await states()).to.deep.equal(['told']);
    });

    it('moves a time at night to the morning, and says so', async () => {
      const { reminder } = await schedule({ kind: 'first-bill', at: at('23T22:30') });
      expect(reminder.dueAt).to.equal(at('24T09:00').toISOString());
      clock.set('2026-11-23T23:00:00+08:00');
      await quiet();
      expect(told).to.deep.equal([]);
      clock.set('2026-11-24T09:00:00+08:00');
      await quiet();
      expect(kinds()).to.deep.equal(['first-bill']);
    });

    it('tells nobody at night after the only process was away in the evening', async () => {
      await schedule({ kind: 'first-bill', at: at('23T20:00') });
      await schedule({ kind: 'second-bill', at: at('25T20:00') });
      await Promise.all(running.map((one) => one.stop()));
      clock.set('2026-11-24T02:00:00+08:00');
      running = [];
      start(true);
      await quiet();
      expect(told).to.deep.equal([]);
      clock.set('2026-11-24T09:00:00+08:00');
      await quiet();
      expect(kinds()).to.deep.equal(['first-bill']);
    });

    it('makes one of a turn that runs twice, and one of a wish that is repeated', async () => {
      const first = await schedule({ subject: 'card-1' }, 'turn-1');
      const again = await schedule({ subject: 'card-1' }, 'turn-1');
      const repeated = await schedule({ subject: 'card-1' }, 'turn-2');
      const elsewhere = await schedule({ subject: 'card-1', conversationId: 'c2' }, 'turn-3');
      const other = await schedule({ subject: 'card-2' }, 'turn-4');
      expect([first, again, repeated, elsewhere].map(({ reminder }) => reminder.id)).to.deep.equal(
        Array(4).fill(first.reminder.id),
      );
      expect([first, repeated, elsewhere, other].map(({ already }) => already)).to.deep.equal([
        false,
        true,
        true,
        false,
      ]);
    });

    it('makes one of two wishes at the same moment', async () => {
      const made = await Promise.all([schedule({ subject: 'x' }), schedule({ subject: 'x' })]);
      expect(new Set(made.map(({ reminder }) => reminder.id)).size).to.equal(1);
      expect(await states()).to.deep.equal(['waiting']);
    });

    it('keeps no time that has passed, unless the platform will report it', async () => {
      const past = at('22T09:00');
      expect(await reminders.schedule(wish({ kind: 'first-bill', at: past }), 'p1')).to.deep.equal({
        kind: 'too-late',
      });
      expect((await schedule({ at: past })).reminder.dueAt).to.equal(undefined);
      expect(reminders.canSchedule(wish({ customerId: undefined }))).to.equal(false);
      const deaf = createReminders({ database: current(), clock, hours, eventsTaken: false });
      expect(deaf.canSchedule(wish())).to.equal(false);
      expect(deaf.canSchedule(wish({ at: at('23T14:00') }))).to.equal(true);
    });

    it('holds the newer of two times', async () => {
      await schedule({ kind: 'maintenance-over', at: at('23T12:00') });
      const { reminder, already } = await schedule({ kind: 'maintenance-over', at: at('23T16:00') });
      expect({ already, dueAt: reminder.dueAt }).to.deep.equal({
        already: true,
        dueAt: at('23T16:00').toISOString(),
      });
      clock.set('2026-11-23T12:30:00+08:00');
      await quiet();
      expect(told).to.deep.equal([]);
      clock.set('2026-11-23T16:00:00+08:00');
      await quiet();
      expect(kinds()).to.deep.equal(['maintenance-over']);
    });

    it('shows an owner theirs alone, soonest first, and cancels only theirs', async () => {
      const { reminder: later } = await schedule({ kind: 'second-bill', at: at('25T10:00') });
      const { reminder: sooner } = await schedule({ kind: 'first-bill', at: at('24T10:00') });
      const { reminder: reported } = await schedule();
      const mine = { conversationId: 'other', customerId: 'happy' };
      const ids = async () => (await reminders.list(mine)).map(({ id }) => id);
      expect(await ids()).to.deep.equal([sooner.id, later.id, reported.id]);
      const stranger = { conversationId: 'c9', customerId: 'risk-lock' };
      expect(await reminders.list(stranger)).to.deep.equal([]);
      expect(await reminders.cancel(sooner.id, stranger)).to.equal(false);
      expect(await reminders.cancel(sooner.id, mine)).to.equal(true);
      expect(await reminders.cancel(sooner.id, mine)).to.equal(false);
      clock.set('2026-11-26T10:00:00+08:00');
      await quiet();
      expect(kinds()).to.deep.equal(['second-bill']);
    });

    it('gives up on a conversation that is gone', async () => {
      await schedule({ kind: 'first-bill', at: at('23T11:00') });
      answer = 'gone';
      clock.set('2026-11-23T11:00:00+08:00');
      await quiet();
      answer = 'told';
      clock.advance(24 * HOUR);
      await quiet();
      expect(told).to.deep.equal([]);
      expect(await states()).to.deep.equal(['gone']);
    });

    it('waits while a person has the conversation', async () => {
      await schedule({ kind: 'first-bill', at: at('23T11:00') });
      answer = 'busy';
      clock.set('2026-11-23T11:00:00+08:00');
      await quiet();
      expect(await states()).to.deep.equal(['waiting']);
      answer = 'told';
      clock.advance(HOUR);
      await quiet();
      expect(kinds()).to.deep.equal(['first-bill']);
    });

    it('is told once when it is cancelled in the very moment of telling', async () => {
      const { reminder } = await schedule({ kind: 'first-bill', at: at('23T11:00') });
      whileTelling = () => reminders.cancel(reminder.id, { conversationId: 'c1' });
      clock.set('2026-11-23T11:00:00+08:00');
      await quiet();
      clock.advance(24 * HOUR);
      await quiet();
      expect(kinds()).to.deep.equal(['first-bill']);
      expect(await states()).to.deep.equal(['cancelled']);
    });

    it('carries the same key when it is told again after a crash, so that the conversation drops it', async () => {
      await schedule({ kind: 'first-bill', at: at('23T11:00') });
      let crashes = 1;
      whileTelling = async () => {
        if (crashes-- > 0) throw new Error('the process ended here');
      };
      clock.set('2026-11-23T11:00:00+08:00');
      await quiet();
      clock.advance(HOUR);
      await quiet();
      expect(told).to.have.length(2);
      expect(new Set(told.map(({ event }) => event.dedupeKey)).size).to.equal(1);
      expect(await states()).to.deep.equal(['told']);
    });

    it('tells of no deadline that is over, whoever was away', async () => {
      await schedule({ kind: 'cooling-off-ending', at: at('23T11:00') });
      answer = 'busy';
      clock.set('2026-11-23T11:10:00+08:00');
      await quiet();
      answer = 'told';
      clock.set('2026-11-23T12:00:00+08:00');
      await quiet();
      expect(told).to.deep.equal([]);
      expect(await states()).to.deep.equal(['cancelled']);
    });

    it('purges what has ended longer ago, and nothing that is waited for', async () => {
      const purge = (days: number) => purgeReminders({ database: current(), clock }, days);
      await schedule({ kind: 'first-bill', at: at('23T11:00') });
      const { reminder } = await schedule({ kind: 'second-bill', at: at('25T11:00') });
      await schedule({ subject: 'card-1' });
      await reminders.cancel(reminder.id, wish());
      clock.set('2026-11-23T11:00:00+08:00');
      await quiet();
      clock.set('2027-02-21T09:59:00+08:00');
      expect(await purge(90)).to.equal(0);
      clock.set('2027-02-21T10:01:00+08:00');
      expect(await purge(90)).to.equal(1);
      clock.set('2027-02-21T11:01:00+08:00');
      expect(await purge(90)).to.equal(1);
      clock.advance(1000 * 24 * HOUR);
      expect(await purge(90)).to.equal(0);
      expect(await states()).to.deep.equal(['waiting']);
    });

    describe("the platform's events", () => {
      it('make what waits for them due, once each, however often they come', async () => {
        await schedule({ subject: 'card-1', at: at('25T10:00') });
        expect(await take(event('e1'))).to.deep.equal({ kind: 'taken', reminders: 1 });
        expect(await take(event('e1'))).to.deep.equal({ kind: 'repeated' });
        expect(await take(event('e2'))).to.deep.include({ kind: 'taken' });
        await quiet();
        expect(told.map(({ event: { value } }) => [value.kind, value.cause])).to.deep.equal([
          ['settled', 'platform'],
        ]);
        clock.set('2026-11-25T10:00:00+08:00');
        await quiet();
        expect(told).to.have.length(1);
      });

      it('are taken once when they come twice at the same moment', async () => {
        await schedule();
        const outcomes = await Promise.all([take(event('e1')), take(event('e1'))]);
        expect(outcomes.map(({ kind }) => kind).sort()).to.deep.equal(['repeated', 'taken']);
      });

      it('are told in the morning when they come at night', async () => {
        await schedule();
        clock.set('2026-11-24T00:10:00+08:00');
        await take(event('e1'));
        await quiet();
        expect(told).to.deep.equal([]);
        clock.set('2026-11-24T09:00:00+08:00');
        await quiet();
        expect(kinds()).to.deep.equal(['settled']);
      });

      it('concern their own customer, card and announcement only', async () => {
        await schedule({ subject: 'card-1' });
        await schedule({ conversationId: 'c2', customerId: 'risk-lock' });
        await schedule({
          kind: 'maintenance-over',
          subject: 'ann-1',
          conversationId: 'c3',
          customerId: undefined,
        });
        expect(await take(event('e1', { cardId: 'card-2' }))).to.include({ reminders: 0 });
        const ended = (id: string, announcementId: string): PlatformEvent => ({
          id,
          type: 'maintenance-ended',
          announcementId,
          occurredAt: clock.now().toISOString(),
        });
        expect(await take(ended('e2', 'ann-2'))).to.include({ reminders: 0 });
        expect(await take(ended('e3', 'ann-1'))).to.include({ reminders: 1 });
        expect(await take(event('e4', { cardId: 'card-1' }))).to.include({ reminders: 1 });
        await quiet();
        expect(kinds().sort()).to.deep.equal(['maintenance-over', 'settled']);
      });

      it('that come late, from before the wish, are not what is waited for', async () => {
        const occurredAt = new Date(clock.now().getTime() - 2 * HOUR).toISOString();
        await schedule({ subject: 'card-1' });
        await schedule({ kind: 'cooling-off-ending', subject: 'card-1', at: at('25T10:00') });
        expect(await take(event('late', { occurredAt }))).to.include({ kind: 'taken', reminders: 0 });
        await take(event('late-unbound', { type: 'unbound', cardId: 'card-1', occurredAt }));
        expect(await states()).to.deep.equal(['waiting', 'waiting']);
        const justNow = new Date(clock.now().getTime() - 60_000).toISOString();
        expect(await take(event('now', { occurredAt: justNow }))).to.include({ reminders: 1 });
      });

      it('end what has become moot: nobody is told of the end of a cooling-off period that is over', async () => {
        await schedule({ kind: 'cooling-off-ending', subject: 'card-1', at: at('25T10:00') });
        await schedule({ kind: 'unbound', subject: 'card-1' });
        await take(event('e1', { type: 'unbound', cardId: 'card-1' }));
        await quiet();
        clock.set('2026-11-25T10:00:00+08:00');
        await quiet();
        expect(kinds()).to.deep.equal(['unbound']);
        expect((await states()).sort()).to.deep.equal(['cancelled', 'told']);
      });
    });
  });
});
