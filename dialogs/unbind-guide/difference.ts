import { type DialogTurnResult, WaterfallDialog, type WaterfallStepContext } from 'botbuilder-dialogs';
import type { TextKey } from '../../locales/index.ts';
import { type Answer, ask, type Goto, say, spoken } from '../kit/index.ts';

export const DIFFERENCE = 'difference';

/** Begins with `{}`. */
interface DifferenceOptions {
  question?: TextKey;
}

/** `steps`: the customer now wants to see how to unbind. */
export type DifferenceResult = { kind: 'steps' } | { kind: 'enough' } | Goto;

type Matter = 'deleted' | 'records' | 'which' | 'steps' | 'enough';

/** What customers ask about deleting; the first that fits is answered. */
const MATTERS = spoken(
  [
    [/扣|报销/u, 'which'],
    [/交了没|交上去|提交|已经点|点了|误点|误删|手滑|刚才/u, 'deleted'],
    [/记录|彻底|干净|一点|抹|清空|数据/u, 'records'],
    [/哪个|该点|选哪|区别|不同|一样/u, 'which'],
    [/步骤|怎么解|怎样解|如何解/u, 'steps'],
    [/知道|明白|清楚|懂了|谢/u, 'enough'],
  ],
  { yes: 'enough', no: 'enough' },
);

async function askMatter(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const { question = 'unbind-guide.differenceQuestion' } = step.options as DifferenceOptions;
  return ask(step, {
    kind: 'choice',
    key: question,
    choices: [
      { value: 'deleted', key: 'unbind-guide.askDeleted' },
      { value: 'records', key: 'unbind-guide.askRecords' },
      { value: 'which', key: 'unbind-guide.askWhich' },
      { value: 'steps', key: 'unbind-guide.showSteps' },
      { value: 'enough', key: 'unbind-guide.enough' },
    ],
    spoken: MATTERS,
    retry: 'unbind-guide.differenceRetry',
  });
}

async function answerIt(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const answer = step.result as Answer;
  const matter = answer.kind === 'choice' ? (answer.value as Matter) : 'enough';
  switch (matter) {
    case 'steps':
      return step.endDialog({ kind: 'steps' } satisfies DifferenceResult);
    case 'enough':
      await say(step.context, 'unbind-guide.differenceEnd');
      return step.endDialog({ kind: 'enough' } satisfies DifferenceResult);
    case 'records':
      await say(step.context, 'unbind-guide.records');
      return goOn(step, 'unbind-guide.differenceElse');
    case 'which':
      await say(step.context, 'unbind-guide.whichOne');
      return goOn(step, 'unbind-guide.differenceElse');
    case 'deleted':
      return ask(step, {
        kind: 'yes-no',
        key: 'unbind-guide.deleted',
        yes: 'unbind-guide.deletedPending',
        no: 'unbind-guide.deletedNot',
      });
  }
}

async function afterDeleted(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const answer = step.result as Answer;
  if (answer.kind === 'yes-no' && answer.yes) {
    const toPerson: DifferenceResult = { goto: 'handoff', options: { reason: 'unbind_vs_delete' } };
    return step.endDialog(toPerson);
  }
  await say(step.context, 'unbind-guide.deletedNotSent');
  return goOn(step, 'unbind-guide.differenceElse');
}

function goOn(step: WaterfallStepContext, question: TextKey): Promise<DialogTurnResult> {
  return step.replaceDialog(DIFFERENCE, { question } satisfies DifferenceOptions);
}

/** 解绑与删除: answers what is asked about it until the customer goes on; ends with `DifferenceResult`. */
export function difference(): WaterfallDialog {
  return new WaterfallDialog(DIFFERENCE, [askMatter, answerIt, afterDeleted]);
}
