import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import type { Intent } from '../../src/domain/intent.ts';
import { monthsAfter } from '../../src/domain/reminder.ts';
import { findAgreements } from '../autopay/find.ts';
import {
  type Answer,
  billOffers,
  finish,
  finishReminded,
  goTo,
  goToIntent,
  isReminded,
  menuPath,
  offerReminders,
  type ReminderOffer,
  type RemindResult,
  remindMe,
  saidIn,
  say,
  sayComfort,
  staffWords,
  TopicDialog,
  turnOf,
} from '../kit/index.ts';
import type { Services } from '../kit/services.ts';
import { CREDIT, type CreditOptions, type CreditResult, credit, matterIn } from './credit.ts';
import { asideIn, creditUsed, type Item, itemIn, saysDone, turnedTo } from './items.ts';
import { askUsed, askWhich } from './questions.ts';

interface AftercareValues {
  /** Set when a customer's message opened the topic: its words may ask for one thing. */
  intent?: Intent;
  item?: Item;
  /** Checks that were told, in this order. */
  told?: Item[];
  /** Whether instalments or loans ran over the card; absent = not known. */
  used?: boolean;
}

function valuesOf(step: WaterfallStepContext): AftercareValues {
  return step.values as AftercareValues;
}

function chosen(step: WaterfallStepContext): string {
  const answer = step.result as Answer | undefined;
  return answer?.kind === 'choice' ? answer.value : '';
}

/** Another topic waits below for its turn. */
function isInPassing(step: WaterfallStepContext): boolean {
  return (step.parent?.stack.length ?? 0) > 1;
}

/** 三查一防: a short list, then one check at a time on wish; and what is asked about credit reports. */
export function aftercare(services: Services): TopicDialog {
  async function hadInstalments(step: WaterfallStepContext): Promise<boolean> {
    const { customerId, understanding } = turnOf(step.context);
    if (!customerId) return false;
    const found = await findAgreements(services, customerId, understanding?.entities ?? {});
    if (found.kind !== 'found') return false;
    return found.value.some(
      ({ card, autoDebits }) =>
        card.status === 'unbound' && autoDebits.some(({ kind }) => kind === 'instalment'),
    );
  }

  async function begin(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const values = valuesOf(step);
    const words = saidIn(step);
    // Opened by another topic: its words are about something else.
    if (!values.intent) return values.told ? askNext(step) : overview(step);
    await sayComfort(step);
    if (values.intent === 'credit_report') {
      const options: CreditOptions = {
        matter: matterIn(words),

        inPassing: isInPassing(step),
      };
      return step.beginDialog(CREDIT, options);
    }
    const used = creditUsed(words);
    if (used !== undefined) values.used = used;
    const aside = asideIn(words);
    if (aside) await say(step.context, `aftercare.aside-${aside}`);
    const item = aside || saysDone(words) ? undefined : itemIn(words);
    if (item) {
      values.item = item;
      return step.next();
    }
    return overview(step);
  }

  async function overview(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const values = valuesOf(step);
    if (values.used === undefined && (await hadInstalments(step))) values.used = true;
    if (values.used === false) return askWhich(step, 'aftercare.listWithoutCredit', [], ['credit']);
    const key = values.used ? 'aftercare.listWithCredit' : 'aftercare.list';
    return askWhich(step, key, [], [], { months: services.settings.creditReportMonths });
  }

  function askNext(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { told = [], used } = valuesOf(step);
    return askWhich(step, 'aftercare.anythingElse', told, used === false ? ['credit'] : []);
  }

  async function choose(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const values = valuesOf(step);
    const ended = step.result as CreditResult | Answer | undefined;
    if (ended?.kind === 'person') {
      return goTo(step, 'handoff', { reason: staffWords({ key: 'intents.credit_report' }) });
    }
    if (ended?.kind === 'list') return goTo(step, 'aftercare');
    if (ended?.kind === 'enough')
      return isInPassing(step) ? finish(step, 'solved') : end(step, 'aftercare.endCredit');
    const item = turnedTo(chosen(step));
    if (item) values.item = item;
    switch (chosen(step)) {
      case 'charged':
        return goToIntent(step, 'charged_after_unbind');
      case 'still-there':
        return goToIntent(step, 'unbind_progress');
      case 'security':
        return goTo(step, 'security-settings');
      case 'enough':
        await say(step.context, 'aftercare.end');
        return isInPassing(step) ? finish(step, 'solved') : offerReminders(step, offers(step));
    }
    // A credit report is worth looking at only where credit ran over the card.
    return values.item === 'credit' && values.used === undefined ? askUsed(step) : step.next();
  }

  /** The statements, and the credit report where credit ran over the card. */
  function offers(step: WaterfallStepContext): ReminderOffer[] {
    const bills = billOffers(services);
    if (valuesOf(step).used !== true) return bills;
    const { clock, settings } = services;
    return [
      ...bills,
      { kind: 'credit-report', at: monthsAfter(clock.now(), settings.creditReportMonths).toISOString() },
    ];
  }

  async function tell(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const values = valuesOf(step);
    const ended = step.result as Answer | RemindResult | undefined;
    if (ended && isReminded(ended)) return finishReminded(step, ended, 'solved');
    const { item, told = [] } = values;
    if (!item) return finish(step, 'left');
    if (chosen(step) !== '') values.used = chosen(step) === 'yes';
    if (item === 'credit') {
      const months = services.settings.creditReportMonths;
      await say(step.context, values.used ? 'aftercare.tell-credit' : 'aftercare.creditNotNeeded', {
        months,
      });
    } else {
      const payment = menuPath(services.settings.paymentSettingsPath);
      await say(step.context, `aftercare.tell-${item}`, { payment });
    }
    const { used } = values;
    return goTo(step, 'aftercare', { told: [...told, item], ...(used !== undefined && { used }) });
  }

  return new TopicDialog('aftercare', 3, [begin, choose, tell], [credit(), remindMe(services)]);
}

async function end(step: WaterfallStepContext, key: 'aftercare.endCredit'): Promise<DialogTurnResult> {
  await say(step.context, key);
  return finish(step, 'solved');
}
