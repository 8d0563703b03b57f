import { z } from 'zod';
import type { Handoff } from '../../domain/desk.ts';
import type { Card } from '../../domain/platform.ts';
import type { ChatParts } from './parts.ts';

/**
 * `unavailable`: the platform could not be asked; `anonymous`: nobody has been identified; `over`: the chat ended too
 * long ago for its agent to look at the customer's account.
 */
const standing = z.enum(['found', 'not-found', 'unavailable', 'anonymous', 'over']);

const card = z.object({
  id: z.string(),
  bank: z.string(),
  last4: z.string(),
  type: z.enum(['credit', 'debit']),
  status: z.enum(['bound', 'unbinding', 'unbound']),
  boundAt: z.string(),
  /** Absent where the platform could not say. */
  eligible: z.boolean().optional(),
  blockers: z.array(z.object({ code: z.string() })),
});

/** What the platform and the cases know of a chat's customer; all of it masked where it comes from. */
export const factsShape = z.object({
  customer: z.object({
    standing,
    nameMasked: z.string().optional(),
    phoneMasked: z.string().optional(),
    identityVerified: z.boolean().optional(),
  }),
  cards: z.object({ standing, list: z.array(card) }),
  cases: z.array(
    z.object({
      id: z.string(),
      number: z.string().optional(),
      kind: z.string(),
      state: z.string(),
      cardLast4: z.string().optional(),
      submittedAt: z.string().optional(),
      updatedAt: z.string(),
    }),
  ),
});

/** Cards that are asked about one by one. */
const MOST_CARDS = 10;

async function cardFacts(platform: ChatParts['platform'], customerId: string, { id, ...rest }: Card) {
  const found = await platform.eligibility(customerId, id);
  if (found.kind !== 'found') return { id, ...rest, blockers: [] };
  const { eligible, blockers } = found.value;
  return { id, ...rest, eligible, blockers: blockers.map(({ code }) => ({ code })) };
}

async function cardsOf(platform: ChatParts['platform'], customerId: string) {
  const found = await platform.cards(customerId);
  if (found.kind !== 'found') return { standing: found.kind, list: [] };
  const cards = found.value.slice(0, MOST_CARDS);
  const list = await Promise.all(cards.map((one) => cardFacts(platform, customerId, one)));
  return { standing: found.kind, list };
}

async function customerOf(platform: ChatParts['platform'], customerId: string) {
  const found = await platform.customer(customerId);
  if (found.kind !== 'found') return { standing: found.kind };
  const { nameMasked, phoneMasked, identityVerified } = found.value;
  return { standing: found.kind, nameMasked, phoneMasked, identityVerified };
}

type Facts = z.infer<typeof factsShape>;

/** Nothing, and why. */
const without = (standing: Facts['customer']['standing'], cases: Facts['cases'] = []): Facts => ({
  customer: { standing },
  cards: { standing, list: [] },
  cases,
});

/** In place of the facts, once the account is no business of the agent's any more. */
export const factsWhenOver = without('over');

/** Asked anew each time a chat is opened: what stood in the way may be gone. */
export async function factsOf(
  { platform, cases }: Pick<ChatParts, 'platform' | 'cases'>,
  { conversationId, customerId }: Handoff,
): Promise<Facts> {
  const list = cases.list({ conversationId, customerId });
  if (customerId === undefined) return without('anonymous', await list);
  const [customer, cards, known] = await Promise.all([
    customerOf(platform, customerId),
    cardsOf(platform, customerId),
    list,
  ]);
  return { customer, cards, cases: known };
}
