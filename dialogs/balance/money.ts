import type { WaterfallStepContext } from 'botbuilder-dialogs';
import type { TextKey } from '../../locales/index.ts';
import type { Blocker, OpenItem } from '../../src/domain/platform.ts';
import { amountOf, whenOf } from '../kit/format.ts';
import { findBlockers, type Line, type Services, type SlotValue, turnOf } from '../kit/index.ts';

/** 未结清: a reason that lists sums still open. */
export type MoneyBlocker = Extract<Blocker, { items: OpenItem[] }>;
export type MoneyCode = MoneyBlocker['code'];

/** A card with the sums that stand in the way of unbinding it. */
export interface CardMoney {
  cardId: string;
  last4: string;
  bank?: string;
  blockers: MoneyBlocker[];
}

export type MoneyFound =
  | { kind: 'found'; cards: CardMoney[] }
  | { kind: 'not-found' }
  | { kind: 'unavailable' };

/** Of a message's lines, how many may be sums; one more tells what was left out. */
const MOST_ITEMS = 5;

export function moneyBlockers(blockers: readonly Blocker[]): MoneyBlocker[] {
  return blockers.filter((blocker): blocker is MoneyBlocker => 'items' in blocker);
}

/** Looks at every bound credit card of the customer; cards without open sums are left out. */
export async function findMoney(services: Services, customerId: string): Promise<MoneyFound> {
  const found = await findBlockers(services, customerId);
  if (found.kind !== 'found') return found;
  const cards = found.value.map(({ card, blockers }) => ({
    cardId: card.id,
    last4: card.last4,
    bank: card.bank,
    blockers: moneyBlockers(blockers),
  }));
  return { kind: 'found', cards: cards.filter(({ blockers }) => blockers.length > 0) };
}

/** The card as the customer knows it. */
export function cardLine({ bank, last4 }: CardMoney): Line {
  if (!bank) return { key: 'balance.card', slots: { last4 } };
  return { key: 'balance.cardOfBank', slots: { bank, last4 } };
}

/** How to tell about one sum: a time that has passed is not given as expected. */
export function itemKey({ expectedAt }: OpenItem, now: Date): TextKey {
  if (!expectedAt) return 'balance.item';
  return new Date(expectedAt) <= now ? 'balance.itemOverdue' : 'balance.itemExpected';
}

/** One line for each open sum, with the time only where the platform has told one. */
export function itemLines(services: Services, items: readonly OpenItem[]): SlotValue {
  const lines = items.slice(0, MOST_ITEMS).map((item): Line => {
    const slots = { title: item.title, amount: amountOf(item.amountFen) };
    const key = itemKey(item, services.clock.now());
    if (!item.expectedAt) return { key, slots };
    return { key, slots: { ...slots, expectedAt: whenOf(services, item.expectedAt) } };
  });
  const left = items.length - lines.length;
  if (left > 0) lines.push({ key: 'balance.moreItems', slots: { count: left } });
  return { lines };
}

/** The customer whose account may be looked at. */
export function customerOf(step: WaterfallStepContext): string | undefined {
  return turnOf(step.context).customerId;
}
