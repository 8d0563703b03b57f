import { expect } from 'chai';
import { runSeeds } from './protocol-model/batch.ts';
import { BREAKAGES, broken } from './protocol-model/broken.ts';
import { describeFailure, shrink } from './protocol-model/shrink.ts';
import { embeddedStores, redisStores, type Stores } from './protocol-model/stores.ts';

/**
 * Random schedules of the conversation protocol against its specification, on both stores.
 * `MODEL_SEED=n` runs that one schedule again; `MODEL_SCHEDULES=n` runs so many, from that seed or from 1.
 */
const first = Number(process.env.MODEL_SEED ?? 1);
const wished = process.env.MODEL_SCHEDULES ?? (process.env.MODEL_SEED ? 1 : undefined);
/** Schedules in which any fault of these shows. */
const ENOUGH = 40;
const MS_PER_SCHEDULE = 200;

async function expectNone(stores: Stores, count: number): Promise<string> {
  const { schedules, steps, failure } = await runSeeds(stores, first, count);
  if (!failure) return `${schedules} schedules, ${steps} steps, seeds ${first} to ${first + count - 1}`;
  throw new Error(`after ${schedules} schedules: ${describeFailure(await shrink(failure, stores))}`);
}

const engines = [
  { name: 'Redis', open: redisStores, usually: 3_000 },
  { name: 'PGlite', open: embeddedStores, usually: 1_000 },
];

describe('the conversation protocol', () => {
  for (const { name, open, usually } of engines) {
    describe(`on ${name}`, () => {
      const count = Number(wished ?? usually);
      let stores: Stores;
      before(async function openStores() {
        this.timeout(120_000);
        stores = await open();
      });
      after(() => stores.close());

      it(`answers every message once and in order, through ${count} schedules`, async function runAll() {
        this.timeout(120_000 + count * MS_PER_SCHEDULE);
        const ran = await expectNone(stores, count);
        if (wished) console.log(`      ${ran}`);
      });
    });
  }

  if (wished) return;
  describe('with a store that', () => {
    let stores: Stores;
    before(async function openStores() {
      this.timeout(120_000);
      stores = await embeddedStores();
    });
    afterEach(() => stores.clear());
    after(() => stores.close());

    for (const [fault, breakage] of Object.entries(BREAKAGES)) {
      it(`${fault}, is found out`, async function runBroken() {
        this.timeout(120_000);
        const { failure } = await runSeeds(broken(stores, breakage), 1, ENOUGH);
        expect(failure?.reason.name).to.equal('Violation');
      });
    }
  });
});
