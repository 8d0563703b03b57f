import { expect } from 'chai';
import type { SharedMemory } from '../../src/domain/shared-memory.ts';
import { eventually } from './eventually.ts';

export interface MemoryUnderTest {
  /** Of two processes; the same one where there can be but one. */
  memories: [SharedMemory, SharedMemory];
  /** Called while a test waits for time to pass. */
  passTime(): void;
  close(): Promise<void>;
}

/** What every implementation of the shared memory has to keep. */
export function describeMemoryContract(name: string, create: () => Promise<MemoryUnderTest>): void {
  describe(`shared memory contract: ${name}`, function () {
    this.timeout(90_000);
    let made: MemoryUnderTest;
    let one: SharedMemory;
    let other: SharedMemory;
    let key: string;
    let count = 0;

    before(async () => {
      made = await create();
      [one, other] = made.memories;
    });
    after(() => made.close());
    beforeEach(() => {
      key = `key-${++count}`;
    });

    /** Until a window of this length, begun now, has ended. */
    async function windowEnds(windowMs: number): Promise<void> {
      await one.hit(`${key} of time`, 1, windowMs);
      await eventually(async () => {
        made.passTime();
        return (await one.hit(`${key} of time`, 1, windowMs)).count === 1;
      }, 30_000);
    }

    it('gives a value once, whoever asks', async () => {
      await one.put(key, '值', 60);
      const taken = await Promise.all([one, other, one, other].map((memory) => memory.take(key)));
      expect(taken.filter((value) => value !== undefined)).to.deep.equal(['值']);
    });

    it('knows nothing of a value that was never put', async () => {
      expect(await other.take(key)).to.equal(undefined);
    });

    it('keeps values apart, whatever their keys are made of', async () => {
      const endings = ['', ' ', ':{0}', '\0', '的钥匙', '\ud800', '\ud801'];
      for (const ending of endings) await one.put(key + ending, `at ${endings.indexOf(ending)}`, 60);
      const taken: (string | undefined)[] = [];
      for (const ending of endings) taken.push(await other.take(key + ending));
      expect(taken).to.deep.equal(endings.map((_, n) => `at ${n}`));
    });

    it('forgets a value after its time, and no sooner', async () => {
      await one.put(`${key} short`, 'x', 1);
      await one.put(`${key} long`, 'x', 600);
      await windowEnds(1_000);
      expect(await other.take(`${key} short`)).to.equal(undefined);
      expect(await other.take(`${key} long`)).to.equal('x');
    });

    it('counts all hits of a window, also at the same moment', async () => {
      const hits = await Promise.all(
        Array.from({ length: 40 }, (_, n) => (n % 2 ? one : other).hit(key, 1, 60_000)),
      );
      expect(hits.map((hit) => hit.count).sort((a, b) => a - b)).to.deep.equal(
        Array.from({ length: 40 }, (_, n) => n + 1),
      );
      expect((await one.hit(key, 5, 60_000)).count).to.equal(45);
      expect((await other.hit(`${key} other`, 1, 60_000)).count).to.equal(1);
    });

    it('says when a window ends, which later hits do not move', async () => {
      expect((await one.hit(key, 1, 60_000)).resetMs).to.be.within(59_000, 60_000);
      expect((await other.hit(key, 1, 600_000)).resetMs).to.be.within(1, 60_000);
    });

    it('begins a new window after the end of the last', async () => {
      await one.hit(key, 7, 1_000);
      await windowEnds(1_000);
      expect((await other.hit(key, 1, 1_000)).count).to.equal(1);
    });
  });
}
