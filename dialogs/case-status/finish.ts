import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import type { Case } from '../../src/domain/case.ts';
import {
  type Answer,
  ask,
  type CollectResult,
  finish,
  finishReminded,
  goTo,
  type RemindResult,
  type Step,
  say,
} from '../kit/index.ts';
import type { Services } from '../kit/services.ts';
import { numberSlot } from './lines.ts';
import { offerFor, type Wish } from './wish.ts';

interface FinishValues {
  caseId: string;
  wish: Wish;
}

/** The steps that carry out a confirmed wish: withdraw the case, or hand in what was sent again. They end the topic. */
export function finishSteps(services: Services): Step[] {
  async function carryOut(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { caseId, wish } = step.values as unknown as FinishValues;
    // What was left to offer to who wanted nothing more.
    if (wish === 'later') {
      const reminded = step.result as RemindResult;
      if (reminded.kind === 'not-offered') await say(step.context, 'case-status.nothingMore');
      return finishReminded(step, reminded, 'solved');
    }
    const found = await services.cases.find(caseId);
    if (!found) return finish(step, 'left');
    return wish === 'withdraw' ? withdraw(step, found) : resubmit(step, found);
  }

  async function withdraw(step: WaterfallStepContext, found: Case): Promise<DialogTurnResult> {
    const answer = step.result as Answer;
    const slots = numberSlot(found);
    const options = { data: { caseId: found.number } };
    if (answer.kind !== 'yes-no' || !answer.yes) {
      await say(step.context, 'case-status.notWithdrawn', slots, options);
      return finish(step, 'left');
    }
    // Between the question and the answer a reviewer may have decided; withdrawn is this turn, run before.
    const withdrawable = offerFor(found)?.choices.some(({ value }) => value === 'withdraw');
    if (!withdrawable && found.state !== 'withdrawn') {
      await say(step.context, 'case-status.alreadyDecided', slots);
      return goTo(step, 'case-status', { caseId: found.id });
    }
    await services.cases.withdraw(found.id);
    await say(step.context, 'case-status.withdrawn', slots, options);
    return finish(step, 'solved');
  }

  async function resubmit(step: WaterfallStepContext, found: Case): Promise<DialogTurnResult> {
    const result = step.result as CollectResult;
    const slots = numberSlot(found);
    const options = { data: { caseId: found.number } };
    if (result.kind === 'declined') {
      return ask(step, {
        kind: 'yes-no',
        key: 'case-status.notResubmitted',
        slots,
        yes: 'common.toHuman',
        no: 'common.notNow',
      });
    }
    // Submitted is this turn, run before; anything else was decided while the pictures were taken.
    if (found.state !== 'needs-more' && found.state !== 'submitted') {
      await say(step.context, 'case-status.tooLate', slots);
      return goTo(step, 'case-status', { caseId: found.id });
    }
    await services.cases.submit(found.id);
    await say(step.context, 'case-status.resubmitted', slots, options);
    return finish(step, 'case');
  }

  async function afterRefusal(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const answer = step.result as Answer;
    if (answer.kind === 'yes-no' && answer.yes) return goTo(step, 'handoff', { reason: 'no documents' });
    await say(step.context, 'case-status.nothingMore');
    return finish(step, 'left');
  }

  return [carryOut, afterRefusal];
}
