import { type DialogTurnResult, WaterfallDialog, type WaterfallStepContext } from 'botbuilder-dialogs';
import { type Answer, ask, turnOf } from '../kit/index.ts';
import { yesNoOf } from '../kit/yes-no.ts';

export const IS_IT_YOURS = 'is-it-yours';

/** `symptom`: the customer told what the page does instead of answering. */
export type IsItYoursResult = { kind: 'mine' } | { kind: 'other'; symptom?: string };

interface IsItYoursOptions {
  missed?: boolean;
}

const OTHER = /不是|别的|其他|不一样|没说|没写|另一|另外|我的是|我是/u;
const MINE = /等它|再等|等结束|是这|就是它/u;

async function question(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const { missed = false } = step.options as IsItYoursOptions;
  return ask(step, {
    kind: 'text',
    key: missed ? 'maintenance.isItYoursRetry' : 'maintenance.isItYours',
    choices: [
      { value: 'mine', key: 'maintenance.mine' },
      { value: 'other', key: 'maintenance.notMine' },
    ],
  });
}

function resultOf(step: WaterfallStepContext, answer: Answer): IsItYoursResult | undefined {
  if (answer.kind !== 'text') return undefined;
  const { text, value } = answer;
  const yes = yesNoOf(text);
  if (value === 'mine' || yes === true) return { kind: 'mine' };
  if (value === 'other' || yes === false || OTHER.test(text)) return { kind: 'other' };
  if (MINE.test(text)) return { kind: 'mine' };
  const complains = turnOf(step.context).understanding?.intent === 'fail_maintenance';
  return complains ? { kind: 'other', symptom: text } : undefined;
}

async function answer(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const result = resultOf(step, step.result as Answer);
  return result ? step.endDialog(result) : step.replaceDialog(IS_IT_YOURS, { missed: true });
}

/** Whether a maintenance that was announced is about the customer's card; ends with `IsItYoursResult`. */
export function isItYours(): WaterfallDialog {
  return new WaterfallDialog(IS_IT_YOURS, [question, answer]);
}
