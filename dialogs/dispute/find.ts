import { isSameBank } from '../../src/domain/bank.ts';
import type { Entities } from '../../src/domain/intent.ts';
import type { AutoDebit, Card } from '../../src/domain/platform.ts';
import type { Services } from '../kit/services.ts';

/** What the platform knows about the card that was charged. `unknown`: none, or several that it could be. */
export type Charged =
  | { kind: 'unbound'; card: Card; unboundAt?: string; autoDebits: AutoDebit[] }
  | { kind: 'still-bound'; card: Card }
  | { kind: 'unknown'; anyUnbound: boolean }
  | { kind: 'unavailable' };

function meantBy(cards: Card[], { cardLast4, bank }: Entities): Card[] {
  if (cardLast4) return cards.filter((card) => card.last4 === cardLast4);
  if (bank) return cards.filter((card) => isSameBank(card.bank, bank));
  return cards.filter((card) => card.status === 'unbound');
}

/** Looks for the card by what the customer named, or else for the one that was unbound. */
export async function findCharged(services: Services, customerId: string, named: Entities): Promise<Charged> {
  const found = await services.platform.cards(customerId);
  if (found.kind === 'unavailable') return found;
  const cards = found.kind === 'found' ? found.value : [];
  const [card, ...more] = meantBy(cards, named);
  if (!card || more.length > 0) {
    return { kind: 'unknown', anyUnbound: cards.some(({ status }) => status === 'unbound') };
  }
  if (card.status !== 'unbound') return { kind: 'still-bound', card };
  const [requests, eligibility] = await Promise.all([
    services.platform.unbindRequests(customerId),
    services.platform.eligibility(customerId, card.id),
  ]);
  if (requests.kind === 'unavailable' || eligibility.kind === 'unavailable') return { kind: 'unavailable' };
  const done = requests.kind === 'found' ? requests.value : [];
  const unboundAt = done.find(
    ({ cardId, status }) => cardId === card.id && status === 'completed',
  )?.completedAt;
  const autoDebits = eligibility.kind === 'found' ? eligibility.value.autoDebits : [];
  return { kind: 'unbound', card, autoDebits, ...(unboundAt !== undefined && { unboundAt }) };
}
