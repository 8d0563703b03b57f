import type { WaterfallStepContext } from 'botbuilder-dialogs';
import { isSameBank } from '../../src/domain/bank.ts';
import { saidIn, say, turnOf } from '../kit/index.ts';
import type { Services } from '../kit/services.ts';
import { lastFourOf } from '../kit/words.ts';

/** The card that is to be unbound, as far as the customer has named it. */
export interface NamedCard {
  cardLast4?: string;
  /** Known when the platform has a card like that. */
  cardId?: string;
}

/** A message with a whole card number was not kept: repeating its end would say otherwise. */
function hidSomething(step: WaterfallStepContext): boolean {
  const kinds: unknown = step.context.activity.channelData?.sensitive;
  return Array.isArray(kinds) && kinds.length > 0;
}

/** The bound card of the customer that a bank or the last digits name, if there is just one. */
async function ownCard(services: Services, step: WaterfallStepContext, last4: string | undefined) {
  const { customerId, understanding } = turnOf(step.context);
  const bank = understanding?.entities.bank;
  if (!customerId || (!last4 && !bank)) return undefined;
  const found = await services.platform.cards(customerId);
  const cards = found.kind === 'found' ? found.value : [];
  const fitting = cards.filter(
    (card) =>
      card.type === 'credit' &&
      card.status === 'bound' &&
      (last4 ? card.last4 === last4 : bank !== undefined && isSameBank(card.bank, bank)),
  );
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** Reads the card that the message names back to the customer; `asked`: four digits by themselves name one. */
export async function noteCard(
  services: Services,
  step: WaterfallStepContext,
  { asked }: { asked: boolean },
): Promise<NamedCard> {
  if (hidSomething(step)) return {};
  const entity = turnOf(step.context).understanding?.entities.cardLast4;
  const last4 = entity ?? (asked ? lastFourOf(saidIn(step)) : undefined);
  const card = await ownCard(services, step, last4);
  if (card) {
    await say(step.context, 'unbind-guide.ownCardNoted', { bank: card.bank, last4: card.last4 });
    return { cardLast4: card.last4, cardId: card.id };
  }
  if (!last4) return {};
  await say(step.context, 'unbind-guide.cardNoted', { last4 });
  return { cardLast4: last4 };
}
