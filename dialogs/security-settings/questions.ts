import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import type { TextKey } from '../../locales/index.ts';
import { ENGLISH_DONE, ENGLISH_ENOUGH, ENGLISH_LATER, ENGLISH_NOT_FOUND } from '../kit/english.ts';
import { ask, type Choice, spoken } from '../kit/index.ts';
import { choiceFor, corrections, OFFERED } from './items.ts';

const DONE = spoken(
  [
    [/找不到|没找到|没看到|没有这|在哪|看不到/u, 'not-found'],
    [ENGLISH_NOT_FOUND, 'not-found'],
    [/先不|还没|晚点|回头|明天|待会|等会|再说/u, 'later'],
    [ENGLISH_LATER, 'later'],
    [/好了|关了|改了|开了|移除了|删(?:掉)?了|撤回了|弄完|搞定|完成/u, 'done'],
    [ENGLISH_DONE, 'done'],
    ...corrections(),
  ],
  { yes: 'done', no: 'later' },
);
const WHICH = spoken(
  [[/没了|没有|不用|够了|知道/u, 'enough'], [ENGLISH_ENOUGH, 'enough'], ...corrections()],
  {
    no: 'enough',
  },
);
const STRANGE = spoken(
  [
    [/没有?(?:看到|发现|什么|啥|不认识)?|都(?:认识|是我)|\b(?:nothing|none|not any|all mine)\b/u, 'no'],
    [/有|扣|绑|\bthere (?:is|are)\b/u, 'yes'],
  ],
  { yes: 'yes', no: 'no' },
);

/** Which setting: `item:…`, or `enough`. */
export function askWhich(step: WaterfallStepContext, key: TextKey): Promise<DialogTurnResult> {
  const choices: Choice[] = OFFERED.map((item) => ({
    value: choiceFor(item),
    key: `security-settings.name-${item}` as TextKey,
  }));
  choices.push({ value: 'enough', key: 'security-settings.enough' });
  return ask(step, { kind: 'choice', key, choices, spoken: WHICH, retry: 'security-settings.whichRetry' });
}

/** Where we know no more: yes is a person. */
export function askPerson(step: WaterfallStepContext, key: TextKey): Promise<DialogTurnResult> {
  return ask(step, { kind: 'yes-no', key, yes: 'common.toHuman', no: 'security-settings.lookMyself' });
}

/** Whether money or cards are touched already: `yes` or `no`. */
export function askStrange(step: WaterfallStepContext): Promise<DialogTurnResult> {
  return ask(step, {
    kind: 'choice',
    key: 'security-settings.strange',
    choices: [
      { value: 'yes', key: 'security-settings.strangeYes' },
      { value: 'no', key: 'security-settings.strangeNo' },
    ],
    spoken: STRANGE,
  });
}

/** Whether the setting was changed: `done`, `not-found`, `later`, or `item:…` for another one. */
export function askDone(step: WaterfallStepContext): Promise<DialogTurnResult> {
  return ask(step, {
    kind: 'choice',
    key: 'security-settings.done',
    choices: [
      { value: 'done', key: 'security-settings.doneYes' },
      { value: 'not-found', key: 'security-settings.doneNotFound' },
      { value: 'later', key: 'security-settings.doneLater' },
    ],
    spoken: DONE,
    retry: 'security-settings.doneRetry',
  });
}
