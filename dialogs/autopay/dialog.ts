import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import type { Intent } from '../../src/domain/intent.ts';
import {
  type Answer,
  ask,
  finish,
  goTo,
  isGoto,
  leave,
  saidIn,
  say,
  sayComfort,
  sayPlatformDown,
  TopicDialog,
  turnOf,
} from '../kit/index.ts';
import type { Services } from '../kit/services.ts';
import {
  AGREEMENTS,
  type AgreementsOptions,
  type AgreementsResult,
  agreements,
} from '../unbind-guide/agreements.ts';
import { BANK_SIDE, type BankSideResult, bankSide } from './bank-side.ts';
import { BY_KIND, type ByKindOptions, type ByKindResult, byKind } from './by-kind.ts';
import { type CardAgreements, findAgreements } from './find.ts';
import { answerTo, kindsIn, saysDone } from './readings.ts';

interface AutopayValues {
  /** Set when a customer's message opened the topic: its words may ask or tell something. */
  intent?: Intent;
  cards?: CardAgreements[];
  cardLast4?: string;
  /** The card that was looked at is unbound already. */
  unbound?: boolean;
}

function valuesOf(step: WaterfallStepContext): AutopayValues {
  return step.values as AutopayValues;
}

function openingWords(step: WaterfallStepContext): string {
  return valuesOf(step).intent ? saidIn(step) : '';
}

/** 自动扣款: what is taken from the card, closed where it was opened, and the bank's side apart from it. */
export function autopay(services: Services): TopicDialog {
  async function look(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const words = openingWords(step);
    if (words) await sayComfort(step);
    const answer = answerTo(words);
    if (answer) await say(step.context, answer);
    const { customerId, understanding } = turnOf(step.context);
    if (!customerId) return step.next();
    const found = await findAgreements(services, customerId, understanding?.entities ?? {});
    if (found.kind === 'unavailable') await sayPlatformDown(step);
    if (found.kind !== 'found') return step.next();
    if (found.value.length === 0) await say(step.context, 'autopay.noneFound');
    valuesOf(step).cards = found.value;
    if (found.value.length < 2) return step.next();
    return ask(step, {
      kind: 'choice',
      key: 'autopay.whichCard',
      choices: found.value.map(({ card: { id, bank, last4 } }) => ({
        value: id,
        key: 'autopay.card',
        slots: { bank, last4 },
      })),
    });
  }

  async function walk(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { cards = [] } = valuesOf(step);
    const answer = step.result as Answer | undefined;
    const chosen = answer?.kind === 'choice' ? cards.find(({ card }) => card.id === answer.value) : cards[0];
    if (chosen) return walkThrough(step, chosen);
    const words = openingWords(step);
    if (saysDone(words)) return step.next({ kind: 'continue' } satisfies ByKindResult);
    const kinds = kindsIn(words);
    return step.beginDialog(BY_KIND, (kinds.length > 0 ? { kinds } : {}) satisfies ByKindOptions);
  }

  async function walkThrough(
    step: WaterfallStepContext,
    { card, autoDebits }: CardAgreements,
  ): Promise<DialogTurnResult> {
    const values = valuesOf(step);
    values.cardLast4 = card.last4;
    values.unbound = card.status === 'unbound';
    const key = values.unbound ? 'autopay.onUnboundCard' : 'autopay.onCard';
    await say(step.context, key, { bank: card.bank, last4: card.last4, count: autoDebits.length });
    return step.beginDialog(AGREEMENTS, { autoDebits } satisfies AgreementsOptions);
  }

  async function atTheBank(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const result = step.result as AgreementsResult | ByKindResult;
    if (isGoto(result)) return step.endDialog(result);
    if (result.kind === 'later') return leave(step);
    return step.beginDialog(BANK_SIDE, {});
  }

  async function whatNext(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const result = step.result as BankSideResult;
    if (result.kind === 'later') return finish(step, 'left');
    if (!valuesOf(step).unbound) {
      return ask(step, {
        kind: 'yes-no',
        key: 'autopay.next',
        yes: 'autopay.showSteps',
        no: 'autopay.enough',
      });
    }
    await say(step.context, 'autopay.endUnbound');
    return goTo(step, 'aftercare');
  }

  async function conclude(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const answer = step.result as Answer;
    const { cardLast4 } = valuesOf(step);
    if (answer.kind === 'yes-no' && answer.yes) {
      return goTo(step, 'unbind-guide', { agreementsDone: true, ...(cardLast4 && { cardLast4 }) });
    }
    await say(step.context, 'autopay.end');
    return finish(step, 'solved');
  }

  const inner = [...agreements(), byKind(services), bankSide()];
  return new TopicDialog('autopay', 2, [look, walk, atTheBank, whatNext, conclude], inner);
}
