import { type DialogTurnResult, WaterfallDialog, type WaterfallStepContext } from 'botbuilder-dialogs';
import { ENGLISH_DONE, ENGLISH_LATER, ENGLISH_UNKNOWN } from '../kit/english.ts';
import { type Answer, ask, menuPath, saidIn, say, spoken } from '../kit/index.ts';
import type { Services } from '../kit/services.ts';
import { corrections } from './methods.ts';
import { chosen, endWith, otherMethod } from './result.ts';

export const PASSWORD = 'password';

/** `unsure`: how to tell the two apart has been said. */
interface PasswordOptions {
  asked?: boolean;
}

const BANK = /银行|取款|柜台|信用卡密码|\bbank\b|withdrawal|\batm\b|card pin/u;
const PLATFORM = /支付密码|登录密码|登陆密码|平台|app|(?:payment|login) password|platform/iu;

const WHICH = spoken([
  [/分不清|不知道|不清楚|哪个|不懂|看不出/u, 'unsure'],
  [ENGLISH_UNKNOWN, 'unsure'],
  [BANK, 'bank'],
  [PLATFORM, 'platform'],
  ...corrections('password'),
]);
const DONE = spoken(
  [
    [/找不回|改不了|没法|不让|弄不了|重置不了|不会|cant|cannot|wont let|not able|dont know how/u, 'cannot'],
    [/还没|没有|先去|明天|回头|晚点|待会|等会|再来/u, 'later'],
    [ENGLISH_LATER, 'later'],
    [/好了|改了|重置了|找回了|弄完|搞定|想起/u, 'done'],
    [ENGLISH_DONE, 'done'],
    ...corrections('password'),
  ],
  { yes: 'done', no: 'later' },
);

/** The kind that the opening words name; both names in one message name none. */
function kindIn(words: string): 'bank' | 'platform' | undefined {
  const [bank, platform] = [BANK.test(words), PLATFORM.test(words)];
  if (bank === platform) return undefined;
  return bank ? 'bank' : 'platform';
}

async function askWhich(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const { asked } = step.options as PasswordOptions;
  const kind = asked ? undefined : kindIn(saidIn(step));
  if (kind) return step.next({ kind: 'choice', value: kind } satisfies Answer);
  return ask(step, {
    kind: 'choice',
    key: asked ? 'verification.passwordLook' : 'verification.whichPassword',
    choices: [
      { value: 'platform', key: 'verification.passwordOfPlatform' },
      { value: 'bank', key: 'verification.passwordOfBank' },
      asked
        ? { value: 'stuck', key: 'verification.stillUnsure' }
        : { value: 'unsure', key: 'verification.cannotTell' },
    ],
    spoken: WHICH,
  });
}

/** 密码: which of the two the page wants and where it is reset; nobody is asked for one. */
export function password(services: Services): WaterfallDialog {
  async function advise(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const other = otherMethod(step);
    if (other) return endWith(step, other);
    const value = chosen(step);
    if (value === 'unsure') return step.replaceDialog(PASSWORD, { asked: true } satisfies PasswordOptions);
    if (value === 'stuck') return endWith(step, { kind: 'stuck' });
    const path = menuPath(services.settings.securityPath);
    if (value === 'platform') await say(step.context, 'verification.resetPlatform', { path });
    else await say(step.context, 'verification.resetBank');
    return ask(step, {
      kind: 'choice',
      key: 'verification.passwordDone',
      choices: [
        { value: 'done', key: 'verification.doneYes' },
        { value: 'later', key: 'verification.doItFirst' },
        { value: 'cannot', key: 'verification.doneCannot' },
      ],
      spoken: DONE,
      retry: 'verification.passwordDoneRetry',
    });
  }

  async function end(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const other = otherMethod(step);
    if (other) return endWith(step, other);
    const value = chosen(step);
    if (value === 'done') return endWith(step, { kind: 'try' });
    return endWith(step, { kind: value === 'cannot' ? 'stuck' : 'later' });
  }

  return new WaterfallDialog(PASSWORD, [askWhich, advise, end]);
}
