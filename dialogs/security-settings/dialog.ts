import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import type { TextKey } from '../../locales/index.ts';
import type { Intent } from '../../src/domain/intent.ts';
import {
  type Answer,
  finish,
  goTo,
  goToIntent,
  isGoto,
  menuPath,
  type Slots,
  saidIn,
  say,
  sayComfort,
  staffWords,
  TopicDialog,
} from '../kit/index.ts';
import type { Services } from '../kit/services.ts';
import { forgottenIn, type Item, saysStrange, turnedTo, wishIn } from './items.ts';
import { askDone, askPerson, askStrange, askWhich } from './questions.ts';
import { QUICK_PAY, type QuickPayResult, quickPay } from './quick-pay.ts';

interface SecurityValues {
  /** Set when a customer's message opened the topic: its words may name the setting. */
  intent?: Intent;
  item?: Item;
  /** Asked instead of which setting it is. */
  question?: TextKey;
}

function valuesOf(step: WaterfallStepContext): SecurityValues {
  return step.values as SecurityValues;
}

function chosen(step: WaterfallStepContext): string | undefined {
  const answer = step.result as Answer | undefined;
  if (answer?.kind === 'yes-no') return answer.yes ? 'person' : 'leave';
  return answer?.kind === 'choice' ? answer.value : undefined;
}

async function leave(step: WaterfallStepContext, key: TextKey): Promise<DialogTurnResult> {
  await say(step.context, key);
  return finish(step, 'left');
}

/** 安全设置: where each is and what it changes; the customer does it, and quick pay only after its scope is known. */
export function securitySettings(services: Services): TopicDialog {
  function paths(): Slots {
    const { securityPath, paymentSettingsPath } = services.settings;
    return { security: menuPath(securityPath), payment: menuPath(paymentSettingsPath) };
  }

  async function which(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const values = valuesOf(step);
    if (values.item) return step.next();
    if (!values.intent) return askWhich(step, values.question ?? 'security-settings.which');
    const words = saidIn(step);
    await sayComfort(step);
    const forgotten = forgottenIn(words);
    if (forgotten === 'payment') return goTo(step, 'verification', { method: 'password' });
    if (forgotten === 'login') {
      values.item = 'forgotten';
      return step.next();
    }
    if (saysStrange(words)) {
      values.item = 'devices';
      return askStrange(step);
    }
    const wish = wishIn(words);
    if (wish === 'difference') await say(step.context, 'security-settings.difference');
    if (wish === 'all') return askWhich(step, 'security-settings.checklist');
    if (!wish || wish === 'difference') return askWhich(step, 'security-settings.which');
    values.item = wish;
    return step.next();
  }

  async function tell(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const values = valuesOf(step);
    const value = chosen(step) ?? '';
    if (value === 'yes') return goToIntent(step, 'fraud_report');
    if (value === 'enough') {
      await say(step.context, 'security-settings.end');
      return finish(step, 'solved');
    }
    const item = turnedTo(value) ?? values.item ?? 'other';
    values.item = item;
    switch (item) {
      case 'quick-pay':
        return step.beginDialog(QUICK_PAY);
      case 'other':
        await say(step.context, 'security-settings.howTo-other', paths());
        return askPerson(step, 'security-settings.askPerson');
      default:
        await say(step.context, `security-settings.howTo-${item}`, paths());
        if (value === 'no') await say(step.context, 'security-settings.afterStranger');
        return step.next({ kind: 'told' } satisfies QuickPayResult);
    }
  }

  async function isDone(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const result = step.result as QuickPayResult | Answer;
    if (isGoto(result)) return step.endDialog(result);
    if (result.kind === 'yes-no') return step.next(result);
    if (result.kind === 'item') return goTo(step, 'security-settings', { item: result.item });
    if (result.kind === 'person') return toPerson(step);
    if (result.kind === 'left-alone') return leave(step, 'security-settings.leftAlone');
    return askDone(step);
  }

  async function afterDone(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const value = chosen(step) ?? '';
    const item = turnedTo(value);
    if (item) return goTo(step, 'security-settings', { item });
    switch (value) {
      case 'person':
        return toPerson(step);
      case 'done':
        return goTo(step, 'security-settings', {
          question: 'security-settings.anythingElse' satisfies TextKey,
        });
      case 'not-found':
        return askPerson(step, 'security-settings.notFound');
      default:
        return leave(step, 'security-settings.later');
    }
  }

  async function conclude(step: WaterfallStepContext): Promise<DialogTurnResult> {
    return chosen(step) === 'person' ? toPerson(step) : leave(step, 'security-settings.later');
  }

  function toPerson(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { item } = valuesOf(step);
    const topic = staffWords({ key: 'topics.security-settings' });
    return goTo(step, 'handoff', { reason: [topic, item].filter(Boolean).join(' / ') });
  }

  return new TopicDialog(
    'security-settings',
    1,
    [which, tell, isDone, afterDone, conclude],
    [quickPay(services)],
  );
}
