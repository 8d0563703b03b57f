import { expect } from 'chai';
import { withNews } from '../../../../src/web/console/chats/live/news.ts';
import type { Chat, Snapshot } from '../../../../src/web/console/chats/model.ts';
import { chat, ME, mine, news, snapshot } from './samples.ts';

const ids = (list: readonly Chat[]) => list.map(({ id }) => id);
const lists = ({ chats, queue, messages }: Snapshot) => [ids(chats), ids(queue), ids(messages)];
const me = { id: ME, number: 'A01', name: '小林' };

describe('news at the desk', () => {
  it('a chat goes from the queue over the offer to me and away', () => {
    const waits = chat('one');
    const offered = chat('one', { version: 2, offeredTo: me });
    const steps = [
      news('queued', waits),
      news('offered', offered),
      news('accepted', mine('one', { version: 3 })),
      news('closed', mine('one', { version: 4, state: 'closed' })),
    ];
    let now = snapshot();
    const seen = steps.map((step) => {
      now = withNews(now, step);
      return lists(now);
    });
    expect(seen).to.deep.equal([
      [[], ['one'], []],
      [['one'], ['one'], []],
      [['one'], [], []],
      [[], [], []],
    ]);
  });

  it('a chat that I may not see any more is gone from all lists', () => {
    const before = snapshot({ chats: [mine('one')], messages: [chat('two', { state: 'message' })] });
    const after = [news('transferred', 'one'), news('accepted', 'two')].reduce(withNews, before);
    expect(lists(after)).to.deep.equal([[], [], []]);
  });

  it('what a supervisor sees of other groups and agents is not in my lists', () => {
    const other = { id: 'b', number: 'A02', name: '小周' };
    const after = [
      news('queued', chat('one', { group: 'fraud' })),
      news('accepted', mine('two', { agent: other })),
      news('message', chat('three', { group: 'fraud', state: 'message' })),
    ].reduce(withNews, snapshot());
    expect(lists(after)).to.deep.equal([[], [], []]);
  });

  it('the queue is in its order: priority, who came back, who came first; places are counted by group', () => {
    const at = (minute: number) => ({ queuedAt: `2026-11-23T08:0${minute}:00.000Z` });
    const waiting = [
      chat('late', at(3)),
      chat('early', at(1)),
      chat('back', { ...at(5), returned: true }),
      chat('fraud', { ...at(9), priority: 0 }),
      chat('other', { ...at(2), group: 'complaint' }),
    ];
    const { me: agent } = snapshot();
    const start = snapshot({ me: { ...agent, groups: ['default', 'complaint'] } });
    const { queue } = waiting.map((it) => news('queued', it)).reduce(withNews, start);
    expect(queue.map(({ id, position }) => [id, position])).to.deep.equal([
      ['fraud', 1],
      ['back', 2],
      ['early', 3],
      ['other', 1],
      ['late', 4],
    ]);
  });

  it('what is told late does not undo what is newer', () => {
    const before = snapshot({ chats: [mine('one', { version: 5 })] });
    const after = withNews(before, news('queued', chat('one', { version: 2 })));
    expect(lists(after)).to.deep.equal([['one'], [], []]);
  });

  it('presence is mine or a colleague’s', () => {
    const { me: agent } = snapshot();
    const before = snapshot({ colleagues: [{ ...agent, id: 'b' }] });
    const after = [
      news('presence', '', { staffId: ME, data: { presence: 'busy' } }),
      news('presence', '', { staffId: 'b', data: { presence: 'offline' } }),
    ].reduce(withNews, before);
    expect([after.me.presence, after.colleagues[0]?.presence]).to.deep.equal(['busy', 'offline']);
  });
});
