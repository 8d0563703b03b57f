import { expect } from 'chai';
import { readHistory } from '../../../src/channels/direct-line/history.ts';
import type { LogEntry } from '../../../src/conversation/store.ts';

const ID = 'history';
const VIEWER = { userId: 'dl_1', bot: { id: 'bot', name: '解绑助手' } };

function entry(seq: number): LogEntry {
  const activity = { type: 'message', id: `${ID}|${seq}`, text: `第${seq}条` };
  return { seq, origin: 'bot', activity };
}

/** A history that has been read up to 5; the log holds ten entries. */
function historyAtFive() {
  const log = Array.from({ length: 10 }, (_, n) => entry(n + 1));
  const read = async (_id: string, after: number, limit: number) => log.slice(after, after + limit);
  return readHistory({ read }, ID, VIEWER, 5);
}

describe('entries that come with a wake-up', () => {
  async function told(...seqs: number[]) {
    const history = historyAtFive();
    const set = await history.following(seqs.map(entry));
    const left = await history.next();
    return {
      set: set && [set.watermark, ...set.activities.map(({ text }) => text)],
      left: left.activities.length,
    };
  }

  it('are sent when they follow what was sent last', async () => {
    expect(await told(6, 7)).to.deep.equal({ set: ['7', '第6条', '第7条'], left: 3 });
  });
  it('are sent once when they are told twice', async () => {
    expect(await told(6, 6)).to.deep.equal({ set: ['6', '第6条'], left: 4 });
    expect(await told(4, 5)).to.deep.equal({ set: ['5'], left: 5 });
    expect(await told(6, 7, 6, 7, 8)).to.deep.equal({ set: ['8', '第6条', '第7条', '第8条'], left: 2 });
  });
  it('make the log be read when one of them is missing', async () => {
    for (const seqs of [[7], [6, 8], [7, 6], [6, 7, 9]]) {
      expect(await told(...seqs)).to.deep.equal({ set: undefined, left: 5 });
    }
  });
});
