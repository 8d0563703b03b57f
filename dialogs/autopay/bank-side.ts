import { type DialogTurnResult, WaterfallDialog, type WaterfallStepContext } from 'botbuilder-dialogs';
import type { TextKey } from '../../locales/index.ts';
import { ENGLISH_DONE, ENGLISH_LATER, ENGLISH_NOT_FOUND } from '../kit/english.ts';
import { type Answer, ask, type Choice, say, spoken } from '../kit/index.ts';

export const BANK_SIDE = 'bank-side';

/** `told`: where to look has been said. */
export interface BankSideOptions {
  told?: boolean;
}

/** `later`: the customer looks first. */
export type BankSideResult = { kind: 'continue' } | { kind: 'later' };

const LOOKED = spoken(
  [
    [/怎么|怎样|哪里|哪儿|在哪|如何|不会|找不到|没找到|没看到|搜不到|\bhow\b|\bwhere\b/u, 'how'],
    [ENGLISH_NOT_FOUND, 'how'],
    [/还没|没看|先去|明天|回头|晚点|待会|等会|再来|没呢/u, 'later'],
    [ENGLISH_LATER, 'later'],
    [/为什么|为啥|凭什么|不是都?(?:关|退)了|\bwhy\b/u, 'autopay.bankToo'],
    [
      /看过|看了|没有(?:协议|代扣|签约)|没签|关了|解约了|好了|弄完|搞定|looked|checked|nothing (?:there|found)/u,
      'looked',
    ],
    [ENGLISH_DONE, 'looked'],
  ],
  { yes: 'looked', no: 'later' },
);

async function askLooked(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const { told } = step.options as BankSideOptions;
  const how: Choice = told
    ? { value: 'cannot', key: 'autopay.bankNotFound' }
    : { value: 'how', key: 'autopay.bankHowToLook' };
  return ask(step, {
    kind: 'choice',
    key: told ? 'autopay.bankAgain' : 'autopay.bankSide',
    choices: [
      { value: 'looked', key: 'autopay.bankLooked' },
      how,
      { value: 'later', key: 'autopay.bankLater' },
    ],
    spoken: LOOKED,
    retry: 'autopay.bankRetry',
  });
}

async function readLooked(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const { told } = step.options as BankSideOptions;
  const answer = step.result as Answer;
  const value = answer.kind === 'choice' ? answer.value : 'looked';
  const end = (result: BankSideResult) => step.endDialog(result);
  if (value === 'looked') return end({ kind: 'continue' });
  if (value === 'later') {
    await say(step.context, 'autopay.bankDoLater');
    return end({ kind: 'later' });
  }
  if (value === 'cannot' || (value === 'how' && told)) {
    await say(step.context, 'autopay.askTheBank');
    return end({ kind: 'continue' });
  }
  await say(step.context, value === 'how' ? 'autopay.bankHow' : (value as TextKey));
  return step.replaceDialog(BANK_SIDE, { told: true } satisfies BankSideOptions);
}

/** 银行侧的协议: a layer of its own that neither unbinding nor leaving the merchant ends. Begins with `{}`. */
export function bankSide(): WaterfallDialog {
  return new WaterfallDialog(BANK_SIDE, [askLooked, readLooked]);
}
