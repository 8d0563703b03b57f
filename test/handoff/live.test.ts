import { expect } from 'chai';
import type { DeskEvent } from '../../src/domain/desk.ts';
import { silent } from '../../src/domain/log.ts';
import { deskLive } from '../../src/handoff/index.ts';
import { eventually } from '../support/eventually.ts';

const at = '2026-11-23T02:00:00.000Z';
const eventsUpTo = (last: number): DeskEvent[] =>
  Array.from({ length: last }, (_, n) => ({ seq: n + 1, at, type: 'noted', actor: 'system', data: {} }));

describe('what happens at the desk, live', () => {
  it('two who begin at the same moment both hear all that comes after each began', async () => {
    let last = 10;
    const answers: (() => void)[] = [];
    const reading = {
      // Each looks at the end as it is when it asks, and is answered when the test says so.
      lastSeq: () => {
        const seen = last;
        if (answers.length === 2) return Promise.resolve(seen);
        return new Promise<number>((resolve) => answers.push(() => resolve(seen)));
      },
      events: async (after: number) => eventsUpTo(last).filter(({ seq }) => seq > after),
    };
    const live = deskLive({ reading, log: silent });
    const heard: number[] = [];
    const first = live.subscribe((events) => heard.push(...events.map(({ seq }) => seq)));
    last = 12;
    const second = live.subscribe(() => undefined);
    for (const answer of answers) answer();
    await Promise.all([first, second]);
    live.kick();
    await eventually(() => expect(heard).to.deep.equal([11, 12]));
    await live.stop();
  });
});
