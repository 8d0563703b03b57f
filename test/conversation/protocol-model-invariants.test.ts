import { expect } from 'chai';
import type { LogEntry } from '../../src/conversation/store.ts';
import { checkConversation } from './protocol-model/invariants.ts';
import { Violation } from './protocol-model/violation.ts';

const ID = 'talk';
const accepted = [
  { seq: 1, text: 'm1' },
  { seq: 2, text: 'm2' },
];

function entry(seq: number, origin: LogEntry['origin'], more: object = {}): LogEntry {
  const timestamp = new Date(1_000 * seq) as unknown as Date;
  return {
    seq,
    origin,
    activity: { type: 'message', id: `${ID}|000000${seq}`, timestamp, text: `m${seq}`, ...more },
  };
}
const reply = (seq: number, answers: number, part = 0, parts = 1) =>
  entry(seq, 'bot', { channelData: { answers, fence: 1, part, parts } });
const asked = () => [entry(1, 'customer'), entry(2, 'customer')];

function check(log: LogEntry[], answered: unknown = [1, 2]): void {
  checkConversation({ id: ID, accepted, log, answered });
}

describe('the check of a finished conversation', () => {
  it('is content with each message answered once, in order', () => {
    check([...asked(), reply(3, 1), reply(4, 2, 0, 2), reply(5, 2, 1, 2), entry(6, 'agent')]);
    // A turn may say nothing: then the state alone tells.
    check([...asked(), reply(3, 2)]);
  });

  const wrong: Record<string, () => void> = {
    'an answer given twice': () => check([...asked(), reply(3, 1), reply(4, 1), reply(5, 2)]),
    'answers in another order': () => check([...asked(), reply(3, 2), reply(4, 1)]),
    'half an answer': () => check([...asked(), reply(3, 1, 0, 2), reply(4, 2)]),
    'the end of an answer without its beginning': () => check([...asked(), reply(3, 1, 1, 2), reply(4, 2)]),
    'an answer to nothing': () => check([...asked(), reply(3, 1), reply(4, 2), reply(5, 4)]),
    'a message that the state does not know': () => check([...asked(), reply(3, 1), reply(4, 2)], [2]),
    'a message that the state knows twice': () => check([...asked(), reply(3, 1)], [1, 2, 2]),
    'a message that was lost': () => check([entry(1, 'customer'), reply(2, 1)], [1, 2]),
    'a gap in the log': () => check([...asked(), reply(4, 1), reply(5, 2)]),
    'a time that goes back': () =>
      check([...asked(), entry(3, 'agent', { timestamp: new Date(500) }), reply(4, 1), reply(5, 2)]),
  };
  for (const [what, run] of Object.entries(wrong)) {
    it(`finds ${what}`, () => {
      expect(run).to.throw(Violation);
    });
  }
});
