import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { createInsights } from '../../src/insight/index.ts';
import { FakeClock } from '../support/clock.ts';
import { onBothDatabases } from '../support/databases.ts';
import { turn } from './turns.ts';

describe('what is known of turns', () => {
  onBothDatabases((current) => {
    const clock = new FakeClock();
    const insights = () => createInsights({ database: current(), clock });
    let id: string;
    beforeEach(() => {
      id = randomUUID();
    });

    it('comes back as it was written, in order', async () => {
      const event = turn(id, 3, {
        origin: 'system',
        topic: null,
        step: null,
        intent: null,
        confidence: null,
        decision: null,
        ranking: [],
        answered: true,
        entered: [],
        ended: [{ topic: 'risk-lock', outcome: 'case' }],
        causes: [],
      });
      await insights().write([event, turn(id, 1)]);
      await insights().write([turn(randomUUID(), 2)]);
      expect(await insights().of(id)).to.deep.equal([turn(id, 1), event]);
    });

    it('counts a turn once, however often it is run', async () => {
      await insights().write([turn(id, 1), turn(id, 2)]);
      await insights().write([turn(id, 2, { topic: 'fraud' }), turn(id, 3)]);
      const known = await insights().of(id);
      expect(known.map(({ seq, topic }) => [seq, topic])).to.deep.equal([
        [1, 'risk-lock'],
        [2, 'risk-lock'],
        [3, 'risk-lock'],
      ]);
    });

    it('is deleted when it is older than it may get, and no sooner', async function () {
      this.timeout(30_000);
      clock.set('2026-11-23T10:00:00+08:00');
      await insights().purge(1);
      const ageing = (at: string, first: number, count: number) =>
        Array.from({ length: count }, (_, n) => turn(id, first + n, { at }));
      // More than is deleted in one statement.
      for (let n = 0; n < 26; n++) await insights().write(ageing('2026-05-01T00:00:00Z', n * 200, 200));
      await insights().write([
        turn(id, 8_001, { at: '2026-05-27T01:59:59.999Z' }),
        turn(id, 8_002, { at: '2026-05-27T02:00:00.001Z' }),
      ]);
      expect(await insights().purge(180)).to.equal(5_201);
      expect((await insights().of(id)).map(({ seq }) => seq)).to.deep.equal([8_002]);
      expect(await insights().purge(180)).to.equal(0);
    });
  });
});
