import type { Blocker, Card, Lookup } from '../../src/domain/platform.ts';
import type { Services } from './services.ts';

/** A bound credit card and what keeps it from being unbound. */
export interface CardBlockers {
  card: Card;
  blockers: Blocker[];
}

/** Every bound credit card of the customer with its blockers, for topics that were opened without a diagnosis. */
export async function findBlockers(services: Services, customerId: string): Promise<Lookup<CardBlockers[]>> {
  const found = await services.platform.cards(customerId);
  if (found.kind !== 'found') return found;
  const bound = found.value.filter((card) => card.type === 'credit' && card.status !== 'unbound');
  const answers = await Promise.all(
    bound.map(async (card) => ({ card, answer: await services.platform.eligibility(customerId, card.id) })),
  );
  if (answers.some(({ answer }) => answer.kind === 'unavailable')) return { kind: 'unavailable' };
  const value = answers.flatMap(({ card, answer }) =>
    answer.kind === 'found' ? [{ card, blockers: answer.value.blockers }] : [],
  );
  return { kind: 'found', value };
}
