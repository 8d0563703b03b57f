import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import type { TextKey } from '../../locales/index.ts';
import type { Intent } from '../../src/domain/intent.ts';
import { type Answer, ask, goTo, say, TopicDialog } from '../kit/index.ts';

/** `recently_bound` comes from the diagnosis; no customer says it. */
type Matter = Intent | 'recently_bound';

interface ReferralOptions {
  intent: Matter;
}

/** Matters where waiting for another answer does harm: they go to a person without being asked. */
const STRAIGHT_TO_A_PERSON: readonly Matter[] = ['fraud_report', 'complaint'];

async function firstAid(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const { intent } = step.options as ReferralOptions;
  await say(step.context, `referral.${intent}` as TextKey);
  if (STRAIGHT_TO_A_PERSON.includes(intent)) return goTo(step, 'handoff', { reason: intent });
  return ask(step, { kind: 'yes-no', key: 'referral.offer', yes: 'common.toHuman', no: 'common.notNow' });
}

async function toPerson(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const { intent } = step.options as ReferralOptions;
  const answer = step.result as Answer;
  if (answer.kind === 'yes-no' && answer.yes) return goTo(step, 'handoff', { reason: intent });
  await say(step.context, 'referral.declined');
  return step.endDialog();
}

/** 转介: matters that a person decides; the one thing that is safe to say at once, then a person. */
export function referral(): TopicDialog {
  return new TopicDialog('referral', 1, [firstAid, toPerson]);
}
