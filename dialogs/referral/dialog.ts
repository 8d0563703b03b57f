import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import type { TextKey } from '../../locales/index.ts';
import type { Intent } from '../../src/domain/intent.ts';
import { type Answer, ask, goTo, say, spoken, TopicDialog } from '../kit/index.ts';

interface ReferralOptions {
  intent: Intent;
}

const ANSWERS = { yes: 'person', no: 'not-now' } as const;
const UNDERSTOOD = [/^(?:知道|明白|懂|收到|了解)/u, 'not-now'] as const;
const NOTHING_GIVEN_AWAY = [/没有?(?:点|填|给|理|告诉|接|转)/u, 'safe'] as const;

/** 转介: matters that a person decides; the one thing that is safe to say at once, then a person. */
export function referral(): TopicDialog {
  async function firstAid(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { intent } = step.options as ReferralOptions;
    await say(step.context, `referral.${intent}` as TextKey);
    return ask(step, {
      kind: 'choice',
      key: 'referral.offer',
      choices: [
        { value: 'person', key: 'common.toHuman' },
        { value: 'not-now', key: 'common.notNow' },
      ],
      spoken: spoken(intent === 'official_entry' ? [NOTHING_GIVEN_AWAY, UNDERSTOOD] : [UNDERSTOOD], ANSWERS),
      retry: 'referral.offerRetry',
    });
  }

  async function toPerson(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { intent } = step.options as ReferralOptions;
    const answer = step.result as Answer;
    const value = answer.kind === 'choice' ? answer.value : 'not-now';
    if (value === 'person') return goTo(step, 'handoff', { reason: intent });
    await say(step.context, value === 'safe' ? 'referral.nothingGivenAway' : 'referral.declined');
    return step.endDialog();
  }

  return new TopicDialog('referral', 3, [firstAid, toPerson]);
}
