import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import type { TextKey } from '../../locales/index.ts';
import type { Intent } from '../../src/domain/intent.ts';
import type { Blocker } from '../../src/domain/platform.ts';
import { whenOf } from '../kit/format.ts';
import { type Answer, ask, goTo, say, spoken, TopicDialog } from '../kit/index.ts';
import type { Services } from '../kit/services.ts';
import { tellRequest } from './requests.ts';

/** The last one comes from the diagnosis; no customer says it. */
type Matter = Intent | 'recently_bound';

interface ReferralOptions {
  intent: Matter;
  /** Handed over by the diagnosis; some end by themselves. */
  blocker?: Extract<Blocker, { code: 'RECENTLY_BOUND' }>;
}

/** Matters that the platform's own list of requests answers. */
const ABOUT_REQUESTS: readonly Matter[] = ['cooling_off', 'unbind_progress'];

const ANSWERS = { yes: 'person', no: 'not-now' } as const;
const UNDERSTOOD = [/^(?:知道|明白|懂|收到|了解)/u, 'not-now'] as const;
const NOTHING_GIVEN_AWAY = [/没有?(?:点|填|给|理|告诉|接|转)/u, 'safe'] as const;

/** 转介: matters that a person decides; the one thing that is safe to say at once, then a person. */
export function referral(services: Services): TopicDialog {
  async function firstAid(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { intent, blocker } = step.options as ReferralOptions;
    const told = ABOUT_REQUESTS.includes(intent) && (await tellRequest(services, step));
    if (!told) await say(step.context, `referral.${intent}` as TextKey);
    if (blocker?.until)
      await say(step.context, 'referral.until', { until: whenOf(step.context, services, blocker.until) });
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

  return new TopicDialog('referral', 2, [firstAid, toPerson]);
}
