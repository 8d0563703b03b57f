import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import type { Slots, TextKey } from '../../locales/index.ts';
import { ENGLISH_ENOUGH, ENGLISH_UNKNOWN } from '../kit/english.ts';
import { ask, type Choice, spoken } from '../kit/index.ts';
import { BESIDE, CHECKS, CORRECTIONS, choiceFor, type Item } from './items.ts';

const WHICH = spoken(
  [
    [/没了|没有了|不用|够了|知道|明白|懂了|都看/u, 'enough'],
    [ENGLISH_ENOUGH, 'enough'],
    [/又扣|还在扣|还被扣|有扣款|charged again|still charg|a charge/u, 'charged'],
    [/还在列表|卡还在|没移除|still (?:there|in the list|listed)/u, 'still-there'],
    ...CORRECTIONS,
  ],
  { no: 'enough' },
);
const USED = spoken(
  [
    [/不知道|不清楚|不记得|忘了|好像/u, 'yes'],
    [ENGLISH_UNKNOWN, 'yes'],
    [/没|不|无|\b(?:no|never|not|didnt|dont)\b/u, 'no'],
    [/有|办过|用过|分期|贷|instal|\bloan|\bi (?:have|did|had)\b/u, 'yes'],
  ],
  { yes: 'yes', no: 'no' },
);

/** What leads on from a check that was told. */
const BEYOND: Partial<Record<Item, Choice>> = {
  bills: { value: 'charged', key: 'aftercare.sawCharge' },
  account: { value: 'security', key: 'aftercare.openSettings' },
  prevent: { value: 'security', key: 'aftercare.openSettings' },
};

/** Which check: `item:…`, `charged`, `still-there`, `security` or `enough`. */
export function askWhich(
  step: WaterfallStepContext,
  key: TextKey,
  told: readonly Item[],
  skipped: readonly Item[] = [],
  slots: Slots = {},
): Promise<DialogTurnResult> {
  const open = CHECKS.filter((item) => !told.includes(item) && !skipped.includes(item));
  const last = told.at(-1);
  const beyond = last && BEYOND[last];
  const choices: Choice[] = [
    ...(beyond ? [beyond] : []),
    ...open.map((item) => ({ value: choiceFor(item), key: `aftercare.name-${item}` as TextKey })),
    { value: 'enough', key: 'aftercare.enough' },
  ];
  return ask(step, {
    kind: 'choice',
    key,
    slots,
    choices,
    spoken: WHICH,
    asides: BESIDE,
    retry: 'aftercare.whichRetry',
  });
}

/** Whether instalments or loans ran over the card: `yes` or `no`; who does not remember looks. */
export function askUsed(step: WaterfallStepContext): Promise<DialogTurnResult> {
  return ask(step, {
    kind: 'choice',
    key: 'aftercare.used',
    choices: [
      { value: 'yes', key: 'aftercare.usedYes' },
      { value: 'no', key: 'aftercare.usedNo' },
    ],
    spoken: USED,
    asides: BESIDE,
  });
}
