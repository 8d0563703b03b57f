import { expect } from 'chai';
import { createSharedCount } from '../../../src/channels/direct-line/shared-count.ts';
import { createEmbeddedMemory } from '../../../src/conversation/embedded/shared-memory.ts';
import type { SharedMemory } from '../../../src/domain/shared-memory.ts';
import { FakeClock } from '../../support/clock.ts';

describe('a limit over all processes', () => {
  let clock: FakeClock;
  let memory: SharedMemory;
  /** Reports that the memory has had; those under way at once at most. */
  let reports: number;
  let atOnce: number;
  let mode: 'fine' | 'throws' | 'hangs';
  let faults: unknown[];

  beforeEach(() => {
    clock = new FakeClock();
    const inner = createEmbeddedMemory(clock);
    let running = 0;
    [reports, atOnce, mode, faults] = [0, 0, 'fine', []];
    memory = {
      ...inner,
      async hit(...args) {
        reports += 1;
        if (mode === 'throws') throw new Error('away');
        if (mode === 'hangs') return new Promise(() => {});
        running += 1;
        atOnce = Math.max(atOnce, running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        return inner.hit(...args);
      },
    };
  });

  const process = (max: number) =>
    createSharedCount({
      limit: { max, windowSeconds: 60 },
      memory,
      clock,
      onAway: (error) => faults.push(error),
    });

  type Counting = ReturnType<typeof process>;
  /** How many of so many hits one after the other get through. */
  async function through(count: Counting, hits: number, key = 'user'): Promise<number> {
    let passed = 0;
    for (let n = 0; n < hits; n++) {
      if (!(await count.hit(key))) passed += 1;
      // As between requests: what was reported behind the back of one is answered before the next.
      await new Promise((resolve) => setTimeout(resolve));
    }
    return passed;
  }

  it('lets exactly so many through a single process, one by one or at once', async () => {
    const count = process(60);
    expect(await through(count, 100)).to.equal(60);
    const answers = await Promise.all(Array.from({ length: 100 }, () => count.hit('other')));
    expect(answers.filter((refused) => !refused)).to.have.length(60);
  });

  it('counts what other processes let through, but for what a process has not told yet', async () => {
    const processes = [process(60), process(60), process(60)];
    let passed = 0;
    for (let n = 0; n < 200; n++) passed += await through(processes[n % 3] as Counting, 1);
    expect(passed).to.be.within(60, 62);
    // One that the caller did not use before learns of it with its first report.
    expect(await through(process(60), 60)).to.equal(6);
  });

  it('lets a burst on several processes through to a quarter in each above the limit at most', async () => {
    const processes = [process(60), process(60)];
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, n) => (processes[n % 2] as Counting).hit('user')),
    );
    expect(answers.filter((refused) => !refused).length).to.be.within(60, 60 + 15);
  });

  it('asks nothing of the memory for ordinary customers, and one thing at a time for others', async () => {
    const count = process(60);
    for (let customer = 0; customer < 50; customer++) await through(count, 5, `customer ${customer}`);
    expect(reports).to.equal(0);
    await Promise.all(Array.from({ length: 59 }, () => count.hit('user')));
    expect(atOnce).to.equal(1);
    expect(reports).to.be.at.most(3);
  });

  it('asks no more once the limit is reached, until the window ends', async () => {
    const count = process(3);
    await through(count, 3);
    const before = reports;
    expect(await through(count, 50)).to.equal(0);
    expect(reports).to.equal(before);
    clock.advance(20_000);
    expect(await count.hit('user')).to.deep.equal({ resetMs: 40_000 });
    clock.advance(40_000);
    expect(await through(count, 4)).to.equal(3);
  });

  it('ends a window when the process ends it that began it', async () => {
    const [one, other] = [process(4), process(4)];
    await through(one, 3);
    clock.advance(50_000);
    expect(await through(other, 2)).to.be.within(1, 2);
    expect((await other.hit('user'))?.resetMs).to.equal(10_000);
  });

  for (const fault of ['throws', 'hangs'] as const) {
    it(`goes on by its own count while the memory ${fault}, and shares it again afterwards`, async () => {
      const [one, other] = [process(40), process(40)];
      mode = fault;
      const answers = await Promise.all(Array.from({ length: 60 }, () => one.hit('user')));
      expect(answers.filter((refused) => !refused)).to.have.length(40);
      expect(faults).to.have.length(fault === 'throws' ? 1 : 0);
      if (fault === 'hangs') return;
      mode = 'fine';
      expect((await through(one, 30, 'next')) + (await through(other, 30, 'next'))).to.be.within(40, 43);
    });
  }
});
