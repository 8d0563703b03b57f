import { TurnContext } from 'botbuilder';
import { expect } from 'chai';
import { sayCaseChanged } from '../../../dialogs/index.ts';
import { TurnAdapter } from '../../../src/bot/adapter.ts';
import type { NewActivity } from '../../../src/conversation/store.ts';
import {
  CASE_KINDS,
  CASE_STATES,
  type CaseChanged,
  type CaseState,
  RETURN_REASONS,
} from '../../../src/domain/case.ts';
import { PLAN_KEEPER } from '../../../src/domain/plan.ts';
import { TURN, type Turn } from '../../../src/domain/turn.ts';

const TURN_OF_EVENT: Turn = {
  conversationId: 'c1',
  seq: 1,
  idempotencyKey: 'c1:1',
  customerId: 'happy',
  locale: 'zh-CN',
  mode: 'bot',
  understanding: undefined,
};

async function noticesFor(change: Partial<CaseChanged>): Promise<NewActivity[]> {
  const adapter = new TurnAdapter();
  const context = new TurnContext(adapter, {
    type: 'event',
    conversation: { id: 'c1', isGroup: false, conversationType: '', name: '' },
  });
  context.turnState.set(TURN, TURN_OF_EVENT);
  context.turnState.set(PLAN_KEEPER, {});
  await sayCaseChanged(context, {
    caseId: '00000000-0000-0000-0000-000000000000',
    number: 'JB20261123000001',
    kind: 'risk-lock',
    state: 'approved',
    returnedSlots: [],
    version: 2,
    ...change,
  });
  return adapter.replies;
}

/** States that the customer brought about, with an answer of their own. */
const SILENT: readonly CaseState[] = ['draft', 'submitted'];

describe('the notice that a case has moved', () => {
  for (const kind of CASE_KINDS) {
    it(`says something true about a ${kind} case in every state, with its number`, async () => {
      for (const state of CASE_STATES) {
        const [notice, ...more] = await noticesFor({ kind, state });
        expect(more, state).to.deep.equal([]);
        if (SILENT.includes(state)) {
          expect(notice, state).to.equal(undefined);
          continue;
        }
        expect(notice?.text, state).to.include('JB20261123000001');
        expect(notice?.channelData?.caseId, state).to.equal('JB20261123000001');
        expect(notice?.text, state).not.to.match(/已解锁|已经解锁|一定|保证|肯定|马上|永久|立即/);
      }
    });
  }

  it('names each returned document with its own reason', async () => {
    const texts = new Set<string>();
    for (const reason of RETURN_REASONS) {
      const [notice] = await noticesFor({
        state: 'needs-more',
        returnedSlots: [{ slot: 'id-front', reason }],
      });
      expect(notice?.text).to.include('身份证人像面：');
      texts.add(notice?.text ?? '');
    }
    expect(texts.size).to.equal(RETURN_REASONS.length);
  });

  it('offers what can be done next as quick replies', async () => {
    const repliesFor = async (state: CaseState) => {
      const [notice] = await noticesFor({
        state,
        returnedSlots: state === 'needs-more' ? [{ slot: 'id-back', reason: 'GLARE' }] : [],
      });
      return (notice?.suggestedActions?.actions ?? []).map(({ title }) => title);
    };
    expect(await repliesFor('needs-more')).to.deep.equal(['审核退回了，去补件', '转人工客服']);
    expect(await repliesFor('approved')).to.deep.equal(['怎么安全解绑', '解绑一直失败']);
    expect(await repliesFor('rejected')).to.deep.equal(['转人工客服', '解绑一直失败']);
    expect(await repliesFor('in-review')).to.deep.equal([]);
  });
});
