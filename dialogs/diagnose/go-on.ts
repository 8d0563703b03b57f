import { type DialogTurnResult, WaterfallDialog, type WaterfallStepContext } from 'botbuilder-dialogs';
import type { Outcome } from '../../src/domain/outcome.ts';
import { openCodes } from '../../src/domain/plan.ts';
import type { BlockerCode } from '../../src/domain/platform.ts';
import { ask, currentPlan, finish } from '../kit/index.ts';
import type { Services } from '../kit/services.ts';
import { readAnswer, sayKept } from './answers.ts';
import { stepName } from './names.ts';

export const GO_ON = 'go-on';

/** The topic that the plan had led to, and how it has ended. */
export interface GoOnOptions {
  worked: BlockerCode | 'symptom';
  ended: Outcome;
}

/** Whoever has to stop a loss at the bank first is not asked to do something else now. */
const SAFETY: readonly BlockerCode[] = ['CARD_LOST', 'CARD_FROZEN'];

/** Asks whether the next one is worked on now: beside what was just talked about, or after a pause. */
export function askNext(
  step: WaterfallStepContext,
  key: 'diagnose.nextToo' | 'diagnose.nextNow',
  code: BlockerCode,
): Promise<DialogTurnResult> {
  return ask(step, {
    kind: 'yes-no',
    key,
    slots: { step: stepName(code) },
    yes: 'diagnose.goOn',
    no: 'common.notNow',
    aside: true,
  });
}

/** 下一件: what comes after one blocker was talked through; begins with `GoOnOptions`. */
export function goOn(services: Services): WaterfallDialog {
  async function offerNext(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { worked, ended } = step.options as GoOnOptions;
    const plan = currentPlan(step.context);
    const [next] = plan ? openCodes(plan) : [];
    const isUnsafe = ended === 'left' && SAFETY.some((code) => code === worked);
    if (!plan || !next || isUnsafe) return finish(step, 'left');
    if (ended !== 'person') return askNext(step, 'diagnose.nextToo', next);
    // Who waits for a person is told what is left, and not asked.
    await sayKept(step, plan);
    return finish(step, 'left');
  }

  return new WaterfallDialog(GO_ON, [offerNext, (step) => readAnswer(step, services, 'left')]);
}
