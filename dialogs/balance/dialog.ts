import { type DialogTurnResult, WaterfallDialog, type WaterfallStepContext } from 'botbuilder-dialogs';
import type { TextKey } from '../../locales/index.ts';
import {
  type Answer,
  ask,
  finish,
  finishReminded,
  isGoto,
  isReminded,
  REMIND_ME,
  type ReminderOffer,
  type RemindResult,
  remindMe,
  say,
  sayPlatformDown,
  TopicDialog,
  wordsOf,
} from '../kit/index.ts';
import type { Services } from '../kit/services.ts';
import { BY_KIND, byKind } from './by-kind.ts';
import { FOLLOW_UP, type FollowUpOptions, type FollowUpResult, followUp } from './follow-up.ts';
import { type CardMoney, cardLine, customerOf, findMoney, itemLines, type MoneyBlocker } from './money.ts';

interface BalanceValues {
  /** Handed over by the diagnosis. */
  blocker?: MoneyBlocker;
  cardId?: string;
  cardLast4?: string;
}

interface ByCardOptions {
  cards: CardMoney[];
}

interface ByCardValues {
  /** Whose sums were told last. */
  card?: CardMoney;
}

const BY_CARD = 'by-card';

/** Below one yuan a sum can be too small to withdraw or spend. */
const SMALL_FEN = 100;

/** The card the diagnosis has just looked at; what it knows serves when the platform is gone by now. */
function diagnosedCard(values: BalanceValues): CardMoney | undefined {
  const { blocker, cardId, cardLast4 } = values;
  if (!blocker || !cardId || !cardLast4) return undefined;
  return { cardId, last4: cardLast4, blockers: [blocker] };
}

/** Of sums with an announced time the last one decides; with others, only the platform knows. */
function offerFor({ cardId, blockers }: CardMoney, about: string): ReminderOffer {
  const times = blockers.flatMap(({ items }) => items.map(({ expectedAt }) => expectedAt));
  const known = times.flatMap((time) => (time === undefined ? [] : [time]));
  const at = [...known].sort((a, b) => Date.parse(a) - Date.parse(b)).at(-1);
  const isWhole = known.length === times.length && at !== undefined;
  return { kind: 'settled', subject: cardId, about, ...(isWhole && { at }) };
}

const endWithResult = (step: WaterfallStepContext) => step.endDialog(step.result);

/** 未结清: every open sum of the card, how to clear it and when, from what the platform says or the page. */
export function balance(services: Services): TopicDialog {
  async function look(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const diagnosed = diagnosedCard(step.values as unknown as BalanceValues);
    const customerId = customerOf(step);
    if (!customerId && !diagnosed) {
      await say(step.context, 'balance.anonymous');
      return step.beginDialog(BY_KIND);
    }
    const found = customerId ? await findMoney(services, customerId) : undefined;
    const all = found?.kind === 'found' ? found.cards : [];
    // The diagnosis hands over one reason; the same card may have others of the kind.
    const cards = diagnosed ? [all.find(({ cardId }) => cardId === diagnosed.cardId) ?? diagnosed] : all;
    if (cards.length > 0) return step.beginDialog(BY_CARD, { cards } satisfies ByCardOptions);
    if (found?.kind === 'unavailable') await sayPlatformDown(step);
    else await say(step.context, found?.kind === 'found' ? 'balance.nothingFound' : 'balance.noAccount');
    return step.beginDialog(BY_KIND);
  }

  async function chooseCard(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { cards } = step.options as ByCardOptions;
    const [only] = cards;
    if (only && cards.length === 1) return step.next({ kind: 'choice', value: only.cardId });
    const choices = cards.map((card) => ({ value: card.cardId, ...cardLine(card) }));
    return ask(step, { kind: 'choice', key: 'balance.whichCard', choices });
  }

  async function tellCard(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { cards } = step.options as ByCardOptions;
    const answer = step.result as Answer;
    const card = cards.find(({ cardId }) => answer.kind === 'choice' && answer.value === cardId);
    if (!card) return step.endDialog({ kind: 'done' } satisfies FollowUpResult);
    (step.values as ByCardValues).card = card;
    const items = card.blockers.flatMap((blocker) => blocker.items);
    const name = cardLine(card);
    const lines = itemLines(services, items);
    if (items.length > 0) await say(step.context, 'balance.open', { card: name, lines });
    else await say(step.context, 'balance.openWithoutItems', { card: name });
    for (const { code } of card.blockers) await say(step.context, `balance.howTo-${code}` satisfies TextKey);
    return step.beginDialog(FOLLOW_UP, {
      small: items.some(({ amountFen }) => amountFen < SMALL_FEN),
      ...(cards.length > 1 && { other: 'card' }),
    } satisfies FollowUpOptions);
  }

  async function anotherCard(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const result = step.result as FollowUpResult;
    if (isGoto(result)) return step.endDialog(result);
    if (result.kind === 'again') return step.replaceDialog(BY_CARD, step.options);
    const { card } = step.values as ByCardValues;
    if (!card) return step.endDialog(result);
    const about = wordsOf(step.context, cardLine(card));
    return step.beginDialog(REMIND_ME, offerFor(card, about));
  }

  async function conclude(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const result = step.result as FollowUpResult | RemindResult;
    if (isGoto(result)) return step.endDialog(result);
    if (isReminded(result) && result.kind !== 'not-offered') return finishReminded(step, result, 'left');
    await say(step.context, 'balance.comeBack');
    return finish(step, 'left');
  }

  const byCard = new WaterfallDialog(BY_CARD, [chooseCard, tellCard, anotherCard, endWithResult]);
  return new TopicDialog('balance', 2, [look, conclude], [byCard, byKind(), followUp(), remindMe(services)]);
}
