import { type DialogTurnResult, WaterfallDialog, type WaterfallStepContext } from 'botbuilder-dialogs';
import type { Blocker } from '../../src/domain/platform.ts';
import { ENGLISH_ENOUGH } from '../kit/english.ts';
import { whenOf } from '../kit/format.ts';
import { type Answer, ask, say, spoken } from '../kit/index.ts';
import type { Services } from '../kit/services.ts';

export const RECENTLY_BOUND = 'recently-bound';

/** What keeps a card that was bound a short time ago; only the platform knows until when. */
export type RecentlyBound = Extract<Blocker, { code: 'RECENTLY_BOUND' }>;

export type RecentlyBoundResult = { kind: 'wait' } | { kind: 'steps' } | { kind: 'person' };

const ANSWERS = spoken(
  [
    [/步骤|再试|试一次|steps|try (?:it )?(?:now|again)/u, 'steps'],
    [/等|知道|明白|再说|\bwait\b/u, 'wait'],
    [ENGLISH_ENOUGH, 'wait'],
  ],
  { yes: 'wait', no: 'wait' },
);

/** 刚绑定: why it waits and until when, where the platform says so; ends with `RecentlyBoundResult`. */
export function recentlyBound(services: Services): WaterfallDialog {
  async function tell(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { until } = step.options as RecentlyBound;
    await say(step.context, 'progress.bound-why');
    if (until) {
      const key = new Date(until) > services.clock.now() ? 'progress.bound-until' : 'progress.bound-over';
      await say(step.context, key, { until: whenOf(services, until) });
    }
    return ask(step, {
      kind: 'choice',
      key: 'progress.bound-next',
      choices: [
        { value: 'wait', key: 'progress.bound-wait' },
        { value: 'steps', key: 'progress.bound-steps' },
        { value: 'person', key: 'common.toHuman' },
      ],
      spoken: ANSWERS,
    });
  }

  async function end(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const answer = step.result as Answer;
    const kind = answer.kind === 'choice' ? answer.value : 'wait';
    return step.endDialog({ kind } as RecentlyBoundResult);
  }

  return new WaterfallDialog(RECENTLY_BOUND, [tell, end]);
}
