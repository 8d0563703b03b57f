import { type DialogTurnResult, WaterfallDialog, type WaterfallStepContext } from 'botbuilder-dialogs';
import {
  type Answer,
  ask,
  type Choice,
  type Goto,
  isGoto,
  type Line,
  menuPath,
  type Services,
  say,
} from '../kit/index.ts';
import { DELETED } from './difference.ts';
import { STEP_ANSWERS } from './readings.ts';

export const STEPS = 'steps';

export interface StepsOptions {
  /** Index of the step to show. */
  at: number;
  cardLast4?: string;
  cardId?: string;
  /** The platform has just said that nothing stands in the way: asking it again would lead in a circle. */
  diagnosed: boolean;
}

/** `finished`: the customer says that it was handed in; whether it went through is another question, unless it was `seen`. */
export type StepsResult = { kind: 'finished'; seen?: true } | Goto;

const TEXTS = [
  'unbind-guide.step1',
  'unbind-guide.step2',
  'unbind-guide.step3',
  'unbind-guide.step4',
] as const;

/** Where somebody can be stuck, and which conversation helps there. */
const STUCK: Record<string, Goto> = {
  entry: { goto: 'handoff', options: { reason: 'unbind_how' } },
  verification: { goto: 'verification', options: { fromGuide: true } },
  'no-response': { goto: 'maintenance' },
};

function toDiagnosis({ cardId }: StepsOptions): StepsResult {
  return { goto: 'diagnose', options: { cardId } };
}

/** 四步法: one step at a time, forward and back; ends with `StepsResult`. */
export function steps(services: Services): WaterfallDialog {
  async function show(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { at, cardLast4 } = step.options as StepsOptions;
    const key = TEXTS[at];
    if (!key) return step.endDialog({ kind: 'finished' } satisfies StepsResult);
    const last = at === TEXTS.length - 1;
    const choices: Choice[] = [{ value: 'next', key: last ? 'unbind-guide.submitted' : 'unbind-guide.next' }];
    if (at > 0) choices.push({ value: 'back', key: 'unbind-guide.back' });
    choices.push({ value: 'stuck', key: 'unbind-guide.stuck' });
    const card: Line = cardLast4
      ? { key: 'unbind-guide.yourCard', slots: { last4: cardLast4 } }
      : { key: 'unbind-guide.theCard' };
    return ask(step, {
      kind: 'choice',
      key,
      slots: { path: menuPath(services.settings.appPath), card },
      choices,
      spoken: STEP_ANSWERS,
      retry: last ? 'unbind-guide.lastStepRetry' : 'unbind-guide.stepRetry',
    });
  }

  async function move(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const options = step.options as StepsOptions;
    const answer = step.result as Answer;
    const value = answer.kind === 'choice' ? answer.value : 'stuck';
    if (value === 'seen') return step.endDialog({ kind: 'finished', seen: true } satisfies StepsResult);
    if (value === 'next') return step.replaceDialog(STEPS, { ...options, at: options.at + 1 });
    if (value === 'back') return step.replaceDialog(STEPS, { ...options, at: Math.max(options.at - 1, 0) });
    if (value.startsWith('step-'))
      return step.replaceDialog(STEPS, { ...options, at: Number(value.slice(-1)) - 1 });
    if (value === 'deleted') {
      await say(step.context, 'unbind-guide.comfort');
      return step.beginDialog(DELETED, {});
    }
    if (!options.diagnosed) return step.endDialog(toDiagnosis(options));
    return ask(step, {
      kind: 'choice',
      key: 'unbind-guide.whereStuck',
      choices: [
        { value: 'entry', key: 'unbind-guide.stuckEntry' },
        { value: 'verification', key: 'unbind-guide.stuckVerification' },
        { value: 'no-response', key: 'unbind-guide.stuckNoResponse' },
        { value: 'message', key: 'unbind-guide.stuckMessage' },
      ],
    });
  }

  async function leave(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const answer = step.result as Answer | Goto | undefined;
    // Back from a deletion by mistake, which was not handed in.
    if (!answer) return step.replaceDialog(STEPS, step.options);
    if (isGoto(answer)) return step.endDialog(answer);
    const away = answer.kind === 'choice' ? STUCK[answer.value] : undefined;
    return step.endDialog(away ?? toDiagnosis(step.options as StepsOptions));
  }

  return new WaterfallDialog(STEPS, [show, move, leave]);
}
