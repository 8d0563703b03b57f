import { isSameBank } from '../../src/domain/bank.ts';
import type { Entities } from '../../src/domain/intent.ts';
import type { AutoDebit, Card, Lookup } from '../../src/domain/platform.ts';
import type { Services } from '../kit/services.ts';

/** A credit card with the agreements the platform knows of. */
export interface CardAgreements {
  card: Card;
  autoDebits: AutoDebit[];
}

function isNamed(card: Card, { cardLast4, bank }: Entities): boolean {
  if (cardLast4) return card.last4 === cardLast4;
  return bank === undefined || isSameBank(card.bank, bank);
}

/**
 * The customer's credit cards that have agreements, unbound ones too: unbinding does not end them.
 * Of cards that the customer has named, only these.
 */
export async function findAgreements(
  services: Services,
  customerId: string,
  named: Entities,
): Promise<Lookup<CardAgreements[]>> {
  const found = await services.platform.cards(customerId);
  if (found.kind !== 'found') return found;
  const credit = found.value.filter(({ type }) => type === 'credit');
  const meant = credit.filter((card) => isNamed(card, named));
  const answers = await Promise.all(
    (meant.length > 0 ? meant : credit).map(async (card) => ({
      card,
      answer: await services.platform.eligibility(customerId, card.id),
    })),
  );
  if (answers.some(({ answer }) => answer.kind === 'unavailable')) return { kind: 'unavailable' };
  const value = answers.flatMap(({ card, answer }) =>
    answer.kind === 'found' && answer.value.autoDebits.length > 0
      ? [{ card, autoDebits: answer.value.autoDebits }]
      : [],
  );
  return { kind: 'found', value };
}
