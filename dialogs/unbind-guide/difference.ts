import {
  type Dialog,
  type DialogTurnResult,
  WaterfallDialog,
  type WaterfallStepContext,
} from 'botbuilder-dialogs';
import type { TextKey } from '../../locales/index.ts';
import { ENGLISH_ENOUGH } from '../kit/english.ts';
import { type Answer, asides, ask, type Goto, say, spoken } from '../kit/index.ts';

export const DIFFERENCE = 'difference';
/** Whether a deletion was handed in; begins with `{}`, ends with a `Goto` when a person has to look. */
export const DELETED = 'deleted';

/** A deletion that may be on its way is looked at by a person. */
const TO_PERSON: Goto = { goto: 'handoff', options: { reason: 'unbind_vs_delete' } };

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
    [
      /交了没|交上去|提交|已经点|点了|误点|误删|手滑|刚才|tapped|pressed|clicked|deleted|by mistake/u,
      'deleted',
    ],
    [/记录|彻底|干净|一点|抹|清空|数据|records?|history|\bdata\b|trace/u, 'records'],
    [/哪个|该点|选哪|区别|不同|一样|which|difference|\bsame\b/u, 'which'],
    [/步骤|怎么解|怎样解|如何解|steps|how (?:do|can|to)/u, 'steps'],
    [/知道|明白|清楚|懂了|谢/u, 'enough'],
    [ENGLISH_ENOUGH, 'enough'],
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
      return step.beginDialog(DELETED, {});
  }
}

function goOn(step: WaterfallStepContext, question: TextKey): Promise<DialogTurnResult> {
  return step.replaceDialog(DIFFERENCE, { question } satisfies DifferenceOptions);
}

const ASKED = asides([
  [/记录|彻底|干净|一点|抹|清空|数据/u, 'unbind-guide.records'],
  [/哪个|该点|选哪|区别|不同/u, 'unbind-guide.whichOne'],
]);

const ON_THE_LIST = spoken(
  [
    [/不知道|看不[到懂]|找不到|不清楚|没看|打不开|不敢/u, 'unseen'],
    [/没写|没有写|没显示|都没|啥也没/u, 'not'],
    [/待验证|提交|写着|写了|有写|显示/u, 'pending'],
  ],
  { yes: 'pending', no: 'not' },
);

async function askDeleted(step: WaterfallStepContext): Promise<DialogTurnResult> {
  return ask(step, {
    kind: 'choice',
    key: 'unbind-guide.deleted',
    asides: ASKED,
    again: 'unbind-guide.deletedRetry',
    choices: [
      { value: 'pending', key: 'unbind-guide.deletedPending' },
      { value: 'not', key: 'unbind-guide.deletedNot' },
      { value: 'unseen', key: 'unbind-guide.deletedUnseen' },
    ],
    spoken: ON_THE_LIST,
    retry: 'unbind-guide.deletedRetry',
  });
}

async function readDeleted(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const answer = step.result as Answer;
  const value = answer.kind === 'choice' ? answer.value : 'unseen';
  switch (value) {
    case 'pending':
      return step.endDialog(TO_PERSON);
    case 'not':
      await say(step.context, 'unbind-guide.deletedNotSent');
      return step.endDialog();
    default:
      return ask(step, {
        kind: 'yes-no',
        key: 'unbind-guide.deletedHelp',
        yes: 'common.toHuman',
        no: 'common.notNow',
      });
  }
}

async function readHelp(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const answer = step.result as Answer;
  return step.endDialog(answer.kind === 'yes-no' && answer.yes ? TO_PERSON : undefined);
}

async function afterDeleted(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const result = step.result as Goto | undefined;
  return result ? step.endDialog(result) : goOn(step, 'unbind-guide.differenceElse');
}

/** 解绑与删除: answers what is asked about it until the customer goes on; ends with `DifferenceResult`. */
export function difference(): Dialog[] {
  return [
    new WaterfallDialog(DIFFERENCE, [askMatter, answerIt, afterDeleted]),
    new WaterfallDialog(DELETED, [askDeleted, readDeleted, readHelp]),
  ];
}
