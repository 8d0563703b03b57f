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

    it('keeps what was swapped in, for everybody, until it is swapped out', async () => {
      const kept = (value: string) => ({ value, ttlSeconds: 60 });
      expect(await one.read(key)).to.equal(undefined);
      expect(await one.swap(key, undefined, kept('甲'))).to.equal(true);
      expect([await other.read(key), await one.read(key)]).to.deep.equal(['甲', '甲']);
      expect(await other.swap(key, undefined, kept('乙'))).to.equal(false);
      expect(await other.swap(key, '乙', kept('丙'))).to.equal(false);
      expect(await other.swap(key, '', kept('丙'))).to.equal(false);
      expect(await other.swap(key, '甲', kept('乙'))).to.equal(true);
      expect(await one.swap(key, '甲', undefined)).to.equal(false);
      expect(await one.read(key)).to.equal('乙');
      expect(await one.swap(key, '乙', undefined)).to.equal(true);
      expect(await other.read(key)).to.equal(undefined);
      expect(await other.swap(key, undefined, undefined)).to.equal(true);
      expect(await other.swap(key, '乙', undefined)).to.equal(false);
    });

    it('lets one of those who swap at the same moment succeed', async () => {
      const swapped = await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          (n % 2 ? one : other).swap(key, undefined, { value: String(n), ttlSeconds: 60 }),
        ),
      );
      expect(swapped.filter(Boolean)).to.have.length(1);
      expect(await one.read(key)).to.equal(String(swapped.indexOf(true)));
    });

    it('keeps an empty value, and tells it from none', async () => {
      expect(await one.swap(key, undefined, { value: '', ttlSeconds: 60 })).to.equal(true);
      expect(await other.read(key)).to.equal('');
      expect(await other.swap(key, undefined, { value: 'x', ttlSeconds: 60 })).to.equal(false);
      expect(await other.swap(key, '', { value: 'x', ttlSeconds: 60 })).to.equal(true);
    });

    it('keeps what was put apart from what was swapped in', async () => {
      await one.put(key, 'put', 60);
      expect(await one.swap(key, undefined, { value: 'swapped', ttlSeconds: 60 })).to.equal(true);
      expect(await other.take(key)).to.equal('put');
      expect(await other.read(key)).to.equal('swapped');
    });

    it('forgets what was swapped in after its time, which a swap begins anew', async () => {
      await one.swap(key, undefined, { value: 'x', ttlSeconds: 1 });
      await one.swap(`${key} renewed`, undefined, { value: 'x', ttlSeconds: 1 });
      expect(await one.swap(`${key} renewed`, 'x', { value: 'x', ttlSeconds: 600 })).to.equal(true);
      await windowEnds(1_000);
      expect(await other.read(key)).to.equal(undefined);
      expect(await other.swap(key, undefined, { value: 'y', ttlSeconds: 60 })).to.equal(true);
      expect(await other.read(`${key} renewed`)).to.equal('x');
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
