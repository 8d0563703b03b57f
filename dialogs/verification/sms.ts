import { type DialogTurnResult, WaterfallDialog, type WaterfallStepContext } from 'botbuilder-dialogs';
import { ENGLISH_DONE, ENGLISH_LATER, ENGLISH_UNKNOWN } from '../kit/english.ts';
import { type Answer, ask, menuPath, say, spoken } from '../kit/index.ts';
import type { Services } from '../kit/services.ts';
import { corrections, type PhoneKind } from './methods.ts';
import { chosen, endWith, otherMethod } from './result.ts';

export const SMS = 'sms';

export interface SmsOptions {
  number?: PhoneKind | undefined;
  oldNumber?: boolean | undefined;
  /** The registered number as the platform shows it: 138****8000. */
  phone?: string | undefined;
}

const WHICH = spoken([
  [/(?<![没不])(?:收到了|来了|到了)/u, 'arrived'],
  [/看不出|不知道|不清楚|都不是|没写|没有写|没显示|分不清|不晓得/u, 'unsure'],
  [ENGLISH_UNKNOWN, 'unsure'],
  [/银行|预留|卡|bank|reserved/u, 'reserved'],
  [/注册|平台|登录|app|registered|platform|log ?in/iu, 'registered'],
  ...corrections('sms'),
]);
const COMPARED = spoken(
  [
    [/没写|看不|没有写|没显示|不知道|不清楚/u, 'hidden'],
    [ENGLISH_UNKNOWN, 'hidden'],
    [/不一样|不同|对不上|不是|不对|different|differs|doesnt match|not the same|isnt/u, 'differs'],
    [/一样|对上|相同|就是|same|match/u, 'same'],
    ...corrections('sms'),
  ],
  { yes: 'same', no: 'differs' },
);
const STILL_YOURS = spoken(
  [
    [
      /不用|换了|没用|不在|停|别人|前妻|前夫|旧|注销|换号|丢|no longer|changed|lost|old number|dont (?:have|use)|someone else|cancell?ed/u,
      'gone',
    ],
    [/在用|还用|用着|是我的|在我|still (?:use|have)|its mine|i use|i have it/u, 'mine'],
    ...corrections('sms'),
  ],
  { yes: 'mine', no: 'gone' },
);
const CHANGED = spoken(
  [
    [/改不了|换不了|不让改|不给改|没法改|改不成|旧号.{0,4}收不到|cant|cannot|wont let|not able/u, 'cannot'],
    [/还没|没改|先去|明天|回头|晚点|待会|等会|去改|再来/u, 'later'],
    [ENGLISH_LATER, 'later'],
    [/好了|改了|换了|改完|弄完|搞定|成了/u, 'changed'],
    [ENGLISH_DONE, 'changed'],
    ...corrections('sms'),
  ],
  { yes: 'changed', no: 'later' },
);

function valuesOf(step: WaterfallStepContext): SmsOptions {
  return step.values as SmsOptions;
}

async function askNumber(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const values = Object.assign(valuesOf(step), step.options as SmsOptions);
  if (values.number) return step.next({ kind: 'choice', value: values.number } satisfies Answer);
  return ask(step, {
    kind: 'choice',
    key: values.phone ? 'verification.twoNumbersKnown' : 'verification.twoNumbers',
    ...(values.phone && { slots: { phone: values.phone } }),
    choices: [
      { value: 'registered', key: 'verification.registered' },
      { value: 'reserved', key: 'verification.reserved' },
      { value: 'unsure', key: 'verification.cannotTell' },
    ],
    spoken: WHICH,
    retry: 'verification.numberRetry',
  });
}

async function compare(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const other = otherMethod(step);
  if (other) return endWith(step, other);
  const value = chosen(step);
  if (value === 'arrived') return endWith(step, { kind: 'try' });
  if (value === 'registered' || value === 'reserved') {
    valuesOf(step).number = value;
    return step.next();
  }
  return ask(step, {
    kind: 'choice',
    key: 'verification.compare',
    choices: [
      { value: 'same', key: 'verification.same' },
      { value: 'differs', key: 'verification.differs' },
      { value: 'hidden', key: 'verification.notShown' },
    ],
    spoken: COMPARED,
    retry: 'verification.compare',
  });
}

async function stillYours(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const other = otherMethod(step);
  if (other) return endWith(step, other);
  const values = valuesOf(step);
  const value = chosen(step);
  if (value === 'same') values.number = 'registered';
  if (value === 'differs') values.number = 'reserved';
  if (values.oldNumber) return step.next({ kind: 'choice', value: 'gone' } satisfies Answer);
  return ask(step, {
    kind: 'choice',
    key: values.number ? 'verification.stillYours' : 'verification.bothYours',
    choices: [
      { value: 'mine', key: 'verification.mine' },
      { value: 'gone', key: 'verification.gone' },
    ],
    spoken: STILL_YOURS,
    retry: 'verification.stillYoursRetry',
  });
}

/** 短信: whose number it goes to, whether the customer has it, and where it is changed. */
export function sms(services: Services): WaterfallDialog {
  async function advise(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const other = otherMethod(step);
    if (other) return endWith(step, other);
    if (chosen(step) === 'mine') {
      await say(step.context, 'verification.smsChecks');
      return endWith(step, { kind: 'try' });
    }
    const { number } = valuesOf(step);
    const path = menuPath(services.settings.securityPath);
    if (number !== 'reserved') await say(step.context, 'verification.changeRegistered', { path });
    if (number !== 'registered') await say(step.context, 'verification.changeReserved');
    return ask(step, {
      kind: 'choice',
      key: 'verification.changed',
      choices: [
        { value: 'changed', key: 'verification.changedYes' },
        { value: 'later', key: 'verification.doItFirst' },
        { value: 'cannot', key: 'verification.changedCannot' },
      ],
      spoken: CHANGED,
      retry: 'verification.changedRetry',
    });
  }

  async function end(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const other = otherMethod(step);
    if (other) return endWith(step, other);
    const value = chosen(step);
    if (value === 'changed') return endWith(step, { kind: 'try' });
    return endWith(step, { kind: value === 'cannot' ? 'stuck' : 'later' });
  }

  return new WaterfallDialog(SMS, [askNumber, compare, stillYours, advise, end]);
}
