import { isBlockerCode } from './blocker.ts';
import type { BlockerCode } from './platform.ts';

/** Shape of what is kept; a release that changes it counts up. */
export const PLAN_VERSION = 1;

/** More cards are not talked about at once. */
const MOST_CARDS = 3;
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

/** The card a plan is about, as its customer knows it. */
export interface PlannedCard {
  id: string;
  bank: string;
  last4: string;
}

/** 解绑安排: what a customer was told has to be solved before one card can be unbound. */
export interface CardPlan {
  /** Absent where the platform could not tell. */
  card?: PlannedCard;
  /** The topic a customer chose by what the page showed, where the platform could not tell. */
  symptom?: string;
  /** In the order in which they have to be solved; empty once nothing stands in the way any more. */
  codes: BlockerCode[];
  /** Those that were worked through; the platform may still wait for something. */
  worked: BlockerCode[];
  /** Nothing is in the way any more, and the steps were shown. */
  guided?: true;
  /** Another release has planned it: the platform has to be asked anew. */
  replan?: true;
  /** ISO-8601 UTC: when it was told first. */
  since: string;
}

/** Plain data, kept with the conversation from one day to the next. */
export interface Plan {
  version: number;
  /** The one that was talked about last comes first. */
  cards: CardPlan[];
  /** What of the first one is talked about now: its end leads back to the plan. */
  working?: BlockerCode | 'symptom';
}

/** Where the plan of a conversation is kept. */
export interface PlanKeeper {
  plan?: Plan;
}

/** Key under which the keeper stands in a TurnContext's turnState. */
export const PLAN_KEEPER = Symbol.for('unbind.plan');

function isSame(a: CardPlan, b: CardPlan): boolean {
  return a.card?.id === b.card?.id && a.symptom === b.symptom;
}

/** The plan of a card that is known by its id. */
export function planOfCard({ plan }: PlanKeeper, cardId: string): CardPlan | undefined {
  return plan?.cards.find(({ card }) => card?.id === cardId);
}

/** Puts a card's plan first, in place of what was planned for it before. */
export function keepPlan(keeper: PlanKeeper, one: CardPlan): void {
  const others = keeper.plan?.cards.filter((other) => !isSame(other, one)) ?? [];
  keeper.plan = { version: PLAN_VERSION, cards: [one, ...others].slice(0, MOST_CARDS) };
}

/** Takes out the first card's plan: it is done, or its card is gone. */
export function dropPlan(keeper: PlanKeeper): void {
  const cards = keeper.plan?.cards.slice(1) ?? [];
  if (cards.length > 0) keeper.plan = { version: PLAN_VERSION, cards };
  else delete keeper.plan;
}

/** What was not worked through yet, in its order. */
export function openCodes({ codes, worked }: CardPlan): BlockerCode[] {
  return codes.filter((code) => !worked.includes(code));
}

/** What is talked about now has come to its end; returns what it was. */
export function endWork({ plan }: PlanKeeper): Plan['working'] {
  const working = plan?.working;
  const [first] = plan?.cards ?? [];
  if (working && working !== 'symptom' && first && !first.worked.includes(working))
    first.worked.push(working);
  delete plan?.working;
  return working;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const isTexts = (value: unknown) => Array.isArray(value) && value.every((one) => typeof one === 'string');
const isCard = (value: unknown): value is PlannedCard =>
  isObject(value) && [value.id, value.bank, value.last4].every((one) => typeof one === 'string');

function isCardPlan(value: unknown): boolean {
  if (!isObject(value) || Number.isNaN(Date.parse(String(value.since)))) return false;
  if (value.card !== undefined && !isCard(value.card)) return false;
  if (value.symptom !== undefined && typeof value.symptom !== 'string') return false;
  return isTexts(value.codes) && isTexts(value.worked);
}

/** Whether a stored value is a plan, of this release or of another one. */
export function isPlan(value: unknown): boolean {
  if (!isObject(value) || typeof value.version !== 'number') return false;
  return value.version !== PLAN_VERSION || (Array.isArray(value.cards) && value.cards.every(isCardPlan));
}

/** Of a plan of another release only the cards are understood: what stood in their way is looked up anew. */
function cardsToReplan(plan: unknown, now: Date): CardPlan[] {
  const anew = (): CardPlan => ({ codes: [], worked: [], replan: true, since: now.toISOString() });
  const stored: unknown[] = isObject(plan) && Array.isArray(plan.cards) ? plan.cards : [];
  const cards = stored.flatMap((one) => (isObject(one) && isCard(one.card) ? [one.card] : []));
  const plans = cards.map((card) => ({ ...anew(), card }));
  return plans.length > 0 ? plans : [anew()];
}

/** Makes what is stored fit this release and this day; older plans are dropped. */
export function renewPlan(keeper: PlanKeeper, now: Date): void {
  const { plan } = keeper;
  if (!plan) return;
  if (plan.version !== PLAN_VERSION) {
    keeper.plan = { version: PLAN_VERSION, cards: cardsToReplan(plan, now) };
    return;
  }
  for (const one of plan.cards) one.codes = one.codes.filter(isBlockerCode);
  plan.cards = plan.cards.filter(({ since }) => now.getTime() - Date.parse(since) <= KEPT_MS);
  if (plan.cards.length === 0) delete keeper.plan;
}
