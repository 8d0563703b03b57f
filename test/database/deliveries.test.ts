import { expect } from 'chai';
import { createDeliveries } from '../../src/database/deliveries.ts';
import type { Deliveries } from '../../src/domain/delivery.ts';
import { FakeClock } from '../support/clock.ts';
import { onBothDatabases } from '../support/databases.ts';

const LEASE = 60_000;
const DAY = 86_400_000;

describe('deliveries', () => {
  onBothDatabases((current) => {
    let clock: FakeClock;
    let deliveries: Deliveries;
    let id: string;
    let count = 0;

    const wrote = (messages = 5, forMs = 48 * 3_600_000, lastSeq = 0) => {
      const windowUntil = new Date(clock.now().getTime() + forMs);
      return deliveries.customerWrote({
        conversationId: id,
        channel: 'wecom-kf',
        userId: 'u',
        messages,
        windowUntil,
        lastSeq,
      });
    };
    const claim = () => deliveries.claim(id, LEASE);
    const claimed = async () => {
      const made = await claim();
      if (!made) throw new Error('nothing to claim');
      return made;
    };
    const isDue = async () => (await deliveries.due(1000)).includes(id);

    beforeEach(() => {
      clock = new FakeClock();
      deliveries = createDeliveries({ database: current(), clock });
      id = `wk:${++count}`;
    });

    it('are due once the customer has written, for one at a time', async () => {
      expect([await isDue(), await claim()]).to.deep.equal([false, undefined]);
      await wrote();
      expect(await isDue()).to.equal(true);
      const { delivery } = await claimed();
      expect(delivery).to.include({
        sentSeq: 0,
        batchTo: undefined,
        batchPart: 0,
        remaining: 5,
        userId: 'u',
      });
      expect([await isDue(), await claim()]).to.deep.equal([false, undefined]);
    });

    it('are forgotten after their time, and then begin behind what the log has by now', async () => {
      await wrote();
      clock.advance(48 * 3_600_000 + 9 * DAY);
      await deliveries.purge(10);
      await wrote(5, 48 * 3_600_000, 7);
      const { fence, delivery } = await claimed();
      expect(delivery).to.include({ sentSeq: 0 });
      await deliveries.end(id, fence, { kind: 'idle' });
      clock.advance(48 * 3_600_000 + 10 * DAY);
      expect(await deliveries.purge(10)).to.be.greaterThan(0);
      await wrote(5, 48 * 3_600_000, 7);
      expect((await claimed()).delivery).to.include({ sentSeq: 7 });
    });

    it('begin anew with a log that was given up meanwhile, and not with one that is in use', async () => {
      await wrote();
      const { fence } = await claimed();
      await deliveries.step(id, fence, { sentSeq: 40, batchTo: 45, batchPart: 1 }, LEASE);
      await wrote(5, 48 * 3_600_000, 0);
      expect(await deliveries.step(id, fence, {}, LEASE)).to.include({ sentSeq: 40, batchTo: 45 });
      await deliveries.end(id, fence, { kind: 'idle' });
      clock.advance(30 * DAY);
      await wrote(5, 48 * 3_600_000, 0);
      expect((await claimed()).delivery).to.include({ sentSeq: 0, batchTo: undefined, batchPart: 0 });
    });

    it('go to somebody else when the lease has run out, and then keep nothing more of the first', async () => {
      await wrote();
      const first = await claimed();
      clock.advance(LEASE);
      const second = await claimed();
      expect(second.fence).to.be.greaterThan(first.fence);
      expect(await deliveries.step(id, first.fence, { sentSeq: 9 }, LEASE)).to.equal(undefined);
      await deliveries.end(id, first.fence, { kind: 'idle' });
      expect(await deliveries.step(id, second.fence, { sentSeq: 3 }, LEASE)).to.include({ sentSeq: 3 });
    });

    it('keep their place, and count what is used', async () => {
      await wrote(2);
      const { fence } = await claimed();
      await deliveries.step(id, fence, { batchTo: 7 }, LEASE);
      const step = { batchPart: 1, counted: true };
      expect(await deliveries.step(id, fence, step, LEASE)).to.include({
        batchTo: 7,
        batchPart: 1,
        remaining: 1,
      });
      await deliveries.step(id, fence, { ...step, batchPart: 2 }, LEASE);
      const end = { batchPart: 3, counted: true, batchTo: null };
      expect(await deliveries.step(id, fence, end, LEASE)).to.include({ remaining: 0, batchTo: undefined });
    });

    it('rest when nothing is left, until something is said', async () => {
      await wrote();
      const { fence } = await claimed();
      await deliveries.end(id, fence, { kind: 'idle' });
      expect(await claim()).to.equal(undefined);
      await deliveries.expect(id, 'now');
      expect((await claimed()).fence).to.equal(fence + 1);
    });

    it('do not rest when something is said while somebody ends', async () => {
      await wrote();
      const { fence } = await claimed();
      await deliveries.expect(id, 'now');
      await deliveries.end(id, fence, { kind: 'idle' });
      expect(await isDue()).to.equal(true);
    });

    it('find what was said by a process that died over it, and not before it could be said', async () => {
      await wrote();
      const { fence } = await claimed();
      await deliveries.expect(id, 'soon');
      await deliveries.end(id, fence, { kind: 'idle' });
      expect(await isDue()).to.equal(false);
      clock.advance(15_000);
      expect(await isDue()).to.equal(true);
    });

    it('that wait for their customer are due with the next message only', async () => {
      await wrote();
      const { fence } = await claimed();
      await deliveries.end(id, fence, { kind: 'waits', why: 'window-closed' });
      await deliveries.expect(id, 'now');
      clock.advance(3_600_000);
      expect([await isDue(), await claim()]).to.deep.equal([false, undefined]);
      await wrote();
      expect(await isDue()).to.equal(true);
    });

    it('do not wait for a message that came meanwhile', async () => {
      await wrote();
      const { fence } = await claimed();
      await wrote();
      await deliveries.end(id, fence, { kind: 'waits', why: 'window-closed' });
      expect(await isDue()).to.equal(true);
    });

    it('that went wrong are tried at their time, whatever is said meanwhile', async () => {
      await wrote();
      const { fence } = await claimed();
      await deliveries.step(id, fence, { attempts: 1 }, LEASE);
      await deliveries.expect(id, 'now');
      await deliveries.end(id, fence, {
        kind: 'waits',
        why: 'retry',
        until: new Date(clock.now().getTime() + 4_000),
      });
      await deliveries.expect(id, 'now');
      expect(await isDue()).to.equal(false);
      clock.advance(4_000);
      expect(await isDue()).to.equal(true);
    });

    it('are allowed what the customer’s acts allow together, and nothing of what is over', async () => {
      await wrote(5);
      await wrote(3, 60_000);
      const first = await claimed();
      expect(first.delivery).to.include({ remaining: 5 });
      expect(first.delivery.windowUntil).to.equal(clock.now().getTime() + 48 * 3_600_000);
      await deliveries.end(id, first.fence, { kind: 'idle' });
      clock.advance(48 * 3_600_000);
      await wrote(3, 60_000);
      expect((await claimed()).delivery).to.include({ remaining: 3 });
    });

    it('wait as the platform tells, which whoever is at it does not change by ending', async () => {
      await wrote();
      const { fence } = await claimed();
      await deliveries.hold(id, 'with-person');
      await deliveries.end(id, fence, { kind: 'idle' });
      expect([await isDue(), (await deliveries.find(id))?.waits]).to.deep.equal([false, 'with-person']);
      await deliveries.expect(id, 'now');
      expect(await isDue()).to.equal(false);
      const waiting = await deliveries.waiting();
      expect(waiting.find(({ waits }) => waits === 'with-person')).to.include({ channel: 'wecom-kf' });
      await deliveries.resume(id);
      expect([await isDue(), (await deliveries.find(id))?.waits]).to.deep.equal([true, undefined]);
    });

    it('wait for the end of a talk with a person whatever the customer writes, and for nothing else', async () => {
      await wrote();
      const { fence } = await claimed();
      await deliveries.end(id, fence, { kind: 'waits', why: 'with-person' });
      clock.advance(1000);
      await wrote(5, 3_600_000);
      expect([await isDue(), (await deliveries.find(id))?.waits]).to.deep.equal([false, 'with-person']);
      await deliveries.hold(id, 'window-closed');
      await wrote();
      expect([await isDue(), (await deliveries.find(id))?.waits]).to.deep.equal([true, undefined]);
    });

    it('can be skipped, also by whoever is not at it: who is keeps nothing more', async () => {
      await wrote();
      const { fence } = await claimed();
      await deliveries.step(id, fence, { batchTo: 4, batchPart: 1 }, LEASE);
      await deliveries.skip(id, 6, 'customer-gone');
      expect(await deliveries.step(id, fence, { sentSeq: 4 }, LEASE)).to.equal(undefined);
      await deliveries.end(id, fence, { kind: 'idle' });
      expect(await deliveries.find(id)).to.include({ sentSeq: 6, waits: 'customer-gone', remaining: 5 });
      expect(await isDue()).to.equal(false);
      await wrote();
      expect((await claimed()).delivery).to.include({ sentSeq: 6, batchTo: undefined, batchPart: 0 });
    });

    it('are nothing for conversations of other channels', async () => {
      await deliveries.expect('0123456789abcdef', 'now');
      expect(await deliveries.claim('0123456789abcdef', LEASE)).to.equal(undefined);
    });
  });
});
