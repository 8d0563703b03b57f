import { type DialogTurnResult, WaterfallDialog, type WaterfallStepContext } from 'botbuilder-dialogs';
import { ENGLISH_ENOUGH, ENGLISH_UNKNOWN } from '../kit/english.ts';
import { type Answer, ask, type Goto, menuPath, say, spoken } from '../kit/index.ts';
import type { Services } from '../kit/services.ts';
import { corrections, type Item, turnedTo } from './items.ts';

export const QUICK_PAY = 'quick-pay';

/** `told`: how to switch it off has been said. `item`: another setting after all. */
export type QuickPayResult =
  | { kind: 'told' }
  | { kind: 'left-alone' }
  | { kind: 'person' }
  | { kind: 'item'; item: Item }
  | Goto;

const SCOPE = spoken([
  [/看不出|不知道|不清楚|没写|分不清|不懂/u, 'unsure'],
  [ENGLISH_UNKNOWN, 'unsure'],
  [/所有|全部|一起|都会|好几张|都关|\ball (?:of them|of it|cards)\b|every card|several/u, 'all'],
  [/只|一张|单张|这张|单独|only (?:this|one)|just (?:this|one)|this card|single/u, 'this'],
  ...corrections('quick-pay'),
]);
const INSTEAD = spoken([
  [/全都?要?关|全部关|都关|全关|(?:turn|switch) .{0,10}all .{0,4}off|\ball off\b/u, 'all'],
  [/解绑|步骤|unbind|steps/u, 'unbind'],
  [/银行|知道|明白|不关|bank/u, 'bank'],
  [ENGLISH_ENOUGH, 'bank'],
  ...corrections('quick-pay'),
]);

function chosen(step: WaterfallStepContext): string {
  const answer = step.result as Answer;
  if (answer.kind === 'yes-no') return answer.yes ? 'person' : 'leave';
  return answer.kind === 'choice' ? answer.value : 'unsure';
}

function endWith(step: WaterfallStepContext, result: QuickPayResult): Promise<DialogTurnResult> {
  return step.endDialog(result);
}

function askScope(step: WaterfallStepContext): Promise<DialogTurnResult> {
  return ask(step, {
    kind: 'choice',
    key: 'security-settings.quickPayScope',
    choices: [
      { value: 'this', key: 'security-settings.onlyThis' },
      { value: 'all', key: 'security-settings.allTogether' },
      { value: 'unsure', key: 'security-settings.cannotTell' },
    ],
    spoken: SCOPE,
    retry: 'security-settings.quickPayScopeRetry',
  });
}

/** 快捷支付: which cards it covers is asked before anybody switches it off; ends with `QuickPayResult`. */
export function quickPay(services: Services): WaterfallDialog {
  const path = () => menuPath(services.settings.paymentSettingsPath);

  async function readScope(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const value = chosen(step);
    const item = turnedTo(value);
    if (item) return endWith(step, { kind: 'item', item });
    if (value === 'this') {
      await say(step.context, 'security-settings.quickPayThis', { path: path() });
      return endWith(step, { kind: 'told' });
    }
    if (value === 'unsure') {
      return ask(step, {
        kind: 'yes-no',
        key: 'security-settings.quickPayUnsure',
        yes: 'common.toHuman',
        no: 'security-settings.leaveIt',
      });
    }
    return ask(step, {
      kind: 'choice',
      key: 'security-settings.quickPayAll',
      choices: [
        { value: 'unbind', key: 'security-settings.showSteps' },
        { value: 'bank', key: 'security-settings.atTheBank' },
        { value: 'all', key: 'security-settings.allOff' },
      ],
      spoken: INSTEAD,
    });
  }

  async function readInstead(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const value = chosen(step);
    const item = turnedTo(value);
    if (item) return endWith(step, { kind: 'item', item });
    if (value === 'person') return endWith(step, { kind: 'person' });
    if (value === 'unbind') return endWith(step, { goto: 'unbind-guide' });
    if (value !== 'all') return endWith(step, { kind: 'left-alone' });
    await say(step.context, 'security-settings.quickPayAllOff', { path: path() });
    return endWith(step, { kind: 'told' });
  }

  return new WaterfallDialog(QUICK_PAY, [askScope, readScope, readInstead]);
}
