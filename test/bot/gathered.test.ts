import { expect } from 'chai';
import { gathered } from '../../src/bot/gathered.ts';
import type { BotState, Claim, LogEntry, NewActivity, PendingMessage } from '../../src/conversation/store.ts';
import { FakeClock } from '../support/clock.ts';

describe('messages that follow each other closely', () => {
  let clock: FakeClock;
  let log: LogEntry[];
  let state: BotState;
  let mode: Claim['mode'];
  let waited: number[];
  let heard: (string | undefined)[];
  let sensitive: unknown;

  const turn = () =>
    gathered(
      async (claim, { activity }) => {
        heard.push(activity.text ?? activity.name);
        sensitive = activity.channelData?.sensitive;
        return { state: { ...claim.state, turns: heard.length }, mode: claim.mode, replies: [] };
      },
      {
        store: { read: async (_id, after) => log.filter(({ seq }) => seq > after) },
        clock,
        quietMsOf: () => 1_500,
        async wait(ms) {
          waited.push(ms);
          clock.advance(ms);
        },
      },
    );

  function comes(activity: NewActivity, afterMs = 0, origin: LogEntry['origin'] = 'customer'): void {
    const seq = log.length + 1;
    const last = log.at(-1)?.activity.timestamp ?? clock.now();
    const timestamp = new Date(new Date(last).getTime() + afterMs).toISOString() as unknown as Date;
    log.push({ seq, origin, activity: { ...activity, id: `x|${seq}`, timestamp } });
  }
  const says = (text: string, afterMs = 0, channelData = {}) =>
    comes({ type: 'message', text, channelData }, afterMs);

  /** Runs the turn of each message; the state of one is what the next begins with. */
  async function answer(entries: readonly LogEntry[] = log): Promise<void> {
    for (const entry of entries) {
      const message: PendingMessage = { ...entry, attempts: 1 };
      const claim: Claim = {
        conversation: { id: 'x', channel: 'wechat-oa', userId: 'u', locale: 'zh-CN' },
        ...{ fence: 1, mode, state, messages: [message], leaseMs: 10_000 },
      };
      const result = await turn()(claim, message);
      ({ state, mode } = result);
    }
  }

  beforeEach(() => {
    clock = new FakeClock();
    [log, state, mode, waited, heard] = [[], {}, 'bot', [], []];
  });

  it('are answered as one, with what was masked in each', async () => {
    says('你好', 0, { sensitive: ['phone'] });
    says('我的卡解绑不了', 900);
    says('提示风控', 1_400);
    await answer();
    expect([heard, sensitive]).to.deep.equal([['你好\n我的卡解绑不了\n提示风控'], ['phone']]);
    expect(state).to.deep.equal({ turns: 1 });
  });

  it('are waited for no longer than the time says', async () => {
    says('你好');
    await answer();
    says('还在吗', 1_600);
    await answer(log.slice(1));
    expect(heard).to.deep.equal(['你好', '还在吗']);
    expect(waited[0]).to.equal(1_500);
  });

  it('are answered in between by who writes on and on', async () => {
    for (let n = 1; n <= 6; n++) says(`${n}`, 100);
    await answer();
    expect(heard).to.deep.equal(['1\n2\n3\n4', '5\n6']);
  });

  it('are one with none that is a choice, and lose nothing to what happens in between', async () => {
    says('你好');
    comes({ type: 'event', name: 'case' }, 10, 'system');
    says('提示风控', 100);
    says('是', 100, { menu: 3 });
    await answer();
    expect(heard).to.deep.equal(['case', '你好\n提示风控', '是']);
  });

  it('come out the same when a turn is run again after a crash', async () => {
    says('你好');
    says('提示风控', 100);
    const [first] = log;
    if (!first) throw new Error('nothing was said');
    await answer([first]);
    const kept = state;
    state = {};
    await answer([first]);
    expect(state).to.deep.equal(kept);
    await answer(log.slice(1));
    expect(heard).to.deep.equal(['你好\n提示风控']);
  });

  it('go to people one by one, who read them in the log', async () => {
    mode = 'human';
    says('你好');
    says('在吗', 100);
    await answer();
    expect([heard, waited]).to.deep.equal([['你好', '在吗'], []]);
  });
});
