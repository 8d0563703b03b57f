import type { TurnContext } from 'botbuilder';
import {
  type Dialog,
  type DialogSet,
  DialogTurnStatus,
  TextPrompt,
  WaterfallDialog,
} from 'botbuilder-dialogs';

/** One trip through the waterfall, and from its end into the next. */
export const TRIP = ['你好', '张三', '8825', '是'];

const textOf = (result: unknown) => String(result ?? '');

/** The conversation that every contender holds: name, last four digits, confirmation, and again. */
export function createWaterfall(): Dialog[] {
  const waterfall = new WaterfallDialog('unbind', [
    (step) => step.prompt('text', '请问怎么称呼您?'),
    (step) => {
      Object.assign(step.values, { name: textOf(step.result) });
      return step.prompt('digits', { prompt: '要解绑的卡,尾号是哪四位?', retryPrompt: '请告诉我四位数字。' });
    },
    (step) => {
      Object.assign(step.values, { digits: textOf(step.result) });
      const { name, digits } = step.values as { name: string; digits: string };
      return step.prompt('text', `${name},是尾号 ${digits} 的卡,对吗?`);
    },
    async (step) => {
      const agreed = textOf(step.result) === '是';
      await step.context.sendActivity(agreed ? '好的,记下了。' : '好的,我们重新来。');
      return step.endDialog();
    },
  ]);
  const digits = new TextPrompt('digits', async ({ recognized }) => /^\d{4}$/.test(recognized.value ?? ''));
  return [waterfall, new TextPrompt('text'), digits];
}

/** Answers one message: goes on where the conversation is, or begins. */
export async function walk(set: DialogSet, context: TurnContext): Promise<void> {
  const dialogs = await set.createContext(context);
  const { status } = await dialogs.continueDialog();
  if (status === DialogTurnStatus.empty) await dialogs.beginDialog('unbind');
}
