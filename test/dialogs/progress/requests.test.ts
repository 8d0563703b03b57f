import { expect } from 'chai';
import type { Card, UnbindRequest } from '../../../src/domain/platform.ts';
import { keysOf, run, saying } from '../../bot/one-turn.ts';
import { botOn } from '../bot-on.ts';

function card(id: string, bank: string, last4: string): Card {
  return { id, bank, last4, type: 'credit', status: 'unbinding', boundAt: '2025-01-01T10:00:00+08:00' };
}

function request(id: string, more: Partial<UnbindRequest> = {}): UnbindRequest {
  return {
    id,
    cardId: `card-${id}`,
    status: 'processing',
    submittedAt: '2026-11-22T10:00:00+08:00',
    ...more,
  };
}

const CARDS = [card('card-a', '招商银行', '1234'), card('card-b', '中国建设银行', '5678')];

const botFor = (requests: UnbindRequest[]) =>
  botOn({
    cards: async () => ({ kind: 'found', value: CARDS }),
    unbindRequests: async () => ({ kind: 'found', value: requests }),
  });

async function asked(text: string, requests: UnbindRequest[]) {
  const bot = await botFor(requests);
  const { replies, state } = await run(bot, saying(text));
  return { bot, replies, state, keys: keysOf(replies), offered: replies.at(-1)?.suggestedActions?.actions };
}

const REVOKE = '撤回解绑';
const PROGRESS = '解绑办到哪了';

describe('requests to unbind', () => {
  it('of several cards are asked about', async () => {
    const { bot, state, keys, offered } = await asked(PROGRESS, [request('a'), request('b')]);
    expect(keys).to.deep.equal(['progress.which']);
    expect(offered?.map(({ title }) => title)[1]).to.include('中国建设银行尾号5678');
    const { replies } = await run(bot, saying('建行'), { state });
    expect(replies[0]?.text).to.include('尾号5678');
  });

  it('of the named card are told without asking', async () => {
    const { replies } = await asked('我提交的解绑到哪步了 尾号5678', [request('a'), request('b')]);
    expect(replies[0]?.text).to.include('尾号5678');
  });

  it('count once for each card: the newest', async () => {
    const old = request('old', {
      cardId: 'card-a',
      status: 'failed',
      submittedAt: '2026-11-01T10:00:00+08:00',
    });
    const { keys } = await asked(PROGRESS, [old, request('a')]);
    expect(keys).to.deep.equal(['progress.processing', 'progress.overdue']);
  });

  it('that failed lead to the cause, those taken back end', async () => {
    expect((await asked(PROGRESS, [request('a', { status: 'failed' })])).keys).to.deep.equal([
      'progress.failed',
    ]);
    expect((await asked(PROGRESS, [request('a', { status: 'revoked' })])).keys).to.deep.equal([
      'progress.revoked',
    ]);
  });

  it('can be taken back until the platform says, and nothing is made up where it says nothing', async () => {
    const until = (revocableUntil: string) => [request('a', { revocableUntil })];
    const later = await asked(REVOKE, until('2026-11-23T10:01:00+08:00'));
    expect(later.keys).to.deep.equal(['cooling-off.state-processing', 'cooling-off.revocable']);
    const over = await asked(REVOKE, until('2026-11-23T10:00:00+08:00'));
    expect(over.keys).to.deep.equal(['cooling-off.state-processing', 'cooling-off.over']);
    const unknown = await asked(REVOKE, [request('a')]);
    expect(unknown.keys).to.deep.equal(['cooling-off.state-processing', 'cooling-off.unknown']);
  });

  it('that are done do not stand beside one that is under way when it is taken back', async () => {
    const { keys } = await asked(REVOKE, [request('a'), request('b', { status: 'completed' })]);
    expect(keys[0]).to.equal('cooling-off.state-processing');
  });

  it('that failed or were taken back need no taking back', async () => {
    for (const status of ['failed', 'revoked'] as const) {
      expect((await asked(REVOKE, [request('a', { status })])).keys).to.deep.equal([
        `cooling-off.state-${status}`,
      ]);
    }
  });
});
