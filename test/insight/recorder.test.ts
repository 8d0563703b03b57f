import { expect } from 'chai';
import { DatabaseFault } from '../../src/database/fault.ts';
import type { TurnInsight } from '../../src/domain/insight.ts';
import { type Recorder, startRecorder } from '../../src/insight/index.ts';
import { eventually } from '../support/eventually.ts';
import { turn } from './turns.ts';

const away = () => new DatabaseFault('query', Object.assign(new Error('away'), { code: 'ECONNREFUSED' }));
const refused = () => new DatabaseFault('query', Object.assign(new Error('bad'), { code: '22021' }));

describe('the recorder of turns', () => {
  let written: number[][];
  let told: object[];
  let fault: (() => Error) | undefined;
  let tries: number;
  let recorder: Recorder;

  const insights = {
    async write(batch: readonly TurnInsight[]) {
      tries++;
      if (fault) throw fault();
      written.push(batch.map(({ seq }) => seq));
    },
  };
  const log = { info() {}, warn() {}, error: (details: object) => void told.push(details) };
  const start = (times: { everyMs?: number; most?: number } = {}) => {
    recorder = startRecorder({ insights, log, everyMs: 5, ...times });
  };
  const record = (...seqs: number[]) => {
    for (const seq of seqs) recorder.record(turn('c', seq));
  };
  const upTo = (count: number) => Array.from({ length: count }, (_, n) => n + 1);

  beforeEach(() => {
    written = [];
    told = [];
    fault = undefined;
    tries = 0;
  });
  afterEach(() => recorder.stop());

  it('writes what has come together, in one batch', async () => {
    start();
    record(1, 2, 3);
    expect(tries).to.equal(0);
    await eventually(async () => expect(written).to.deep.equal([[1, 2, 3]]));
    record(4);
    await eventually(async () => expect(written).to.deep.equal([[1, 2, 3], [4]]));
  });

  it('does not wait with a full batch, and writes no greater one', async () => {
    start({ everyMs: 60_000 });
    record(...upTo(450));
    await eventually(async () => expect(written.map((batch) => batch.length)).to.deep.equal([200, 200, 50]));
    expect(written.flat()).to.deep.equal(upTo(450));
  });

  it('keeps what it has while the database is away, and writes it in order afterwards', async () => {
    fault = away;
    start();
    record(1, 2);
    await eventually(async () => expect(tries).to.be.greaterThan(1));
    record(3);
    fault = undefined;
    await eventually(async () => expect(written.flat()).to.deep.equal([1, 2, 3]));
    expect(told).to.deep.equal([]);
  });

  it('keeps no more than it may, and tells how much was lost', async () => {
    fault = away;
    start({ most: 3 });
    record(1, 2, 3, 4, 5);
    await eventually(async () => expect(tries).to.be.greaterThan(0));
    fault = undefined;
    await eventually(async () => expect(told).to.deep.equal([{ turns: 2 }]));
    expect(written.flat()).to.deep.equal([1, 2, 3]);
  });

  it('gives up what the database will never take, so that the rest is written', async () => {
    fault = refused;
    start();
    record(1);
    await eventually(async () => expect(told).to.have.length(1));
    fault = undefined;
    record(2);
    await eventually(async () => expect(written).to.deep.equal([[2]]));
  });

  it('writes what is left when it stops', async () => {
    start({ everyMs: 60_000 });
    record(1, 2);
    await recorder.stop();
    expect(written).to.deep.equal([[1, 2]]);
  });

  it('stops although the database is away, and tells what is lost', async () => {
    fault = away;
    start({ everyMs: 60_000 });
    record(1, 2);
    await recorder.stop();
    expect(told).to.deep.equal([{ turns: 2 }]);
  });
});
