import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import { isSameBank } from '../../src/domain/bank.ts';
import type { Entities } from '../../src/domain/intent.ts';
import type { Card, Lookup, UnbindRequest } from '../../src/domain/platform.ts';
import { whenOf } from '../kit/format.ts';
import { ask, type Line } from '../kit/index.ts';
import type { Services } from '../kit/services.ts';

/** 解绑申请 with the card it is about, when the platform still knows the card. */
export interface CardRequest {
  request: UnbindRequest;
  card?: Card;
}

/** Which card is meant; a name that fits no request is left aside. */
export interface Named extends Pick<Entities, 'bank' | 'cardLast4'> {
  cardId?: string;
}

function isNamed({ request, card }: CardRequest, { bank, cardLast4, cardId }: Named): boolean {
  if (cardId) return request.cardId === cardId;
  return cardLast4
    ? card?.last4 === cardLast4
    : bank !== undefined && card !== undefined && isSameBank(card.bank, bank);
}

/** The latest request of each card, the newest first; those of the named card only, where it has any. */
export async function findRequests(
  services: Services,
  customerId: string,
  named: Named,
): Promise<Lookup<CardRequest[]>> {
  const requests = await services.platform.unbindRequests(customerId);
  if (requests.kind !== 'found') return requests;
  const cards = await services.platform.cards(customerId);
  const known = cards.kind === 'found' ? cards.value : [];
  const newestFirst = requests.value.toSorted(
    (a, b) => Date.parse(b.submittedAt) - Date.parse(a.submittedAt),
  );
  const latest = newestFirst.filter(
    (one, at) => newestFirst.findIndex(({ cardId }) => cardId === one.cardId) === at,
  );
  const all = latest.map((request): CardRequest => {
    const card = known.find(({ id }) => id === request.cardId);
    return card ? { request, card } : { request };
  });
  const meant = all.filter((one) => isNamed(one, named));
  return { kind: 'found', value: meant.length > 0 ? meant : all };
}

/** The card of a request as customers know it. */
export function cardNameOf({ card }: CardRequest): Line {
  if (!card) return { key: 'progress.thisCard' };
  return { key: 'progress.card', slots: { bank: card.bank, last4: card.last4 } };
}

/** Asks which of several requests is meant; the answer's value is the request's id. */
export function askWhich(
  services: Services,
  step: WaterfallStepContext,
  key: 'progress.which' | 'cooling-off.which',
  requests: readonly CardRequest[],
): Promise<DialogTurnResult> {
  return ask(step, {
    kind: 'choice',
    key,
    choices: requests.map((one) => ({
      value: one.request.id,
      key: 'progress.request',
      slots: { card: cardNameOf(one), when: whenOf(services, one.request.submittedAt) },
    })),
  });
}

/** Whether the platform says that the request can still be taken back; undefined when it says nothing. */
export function isRevocable(
  { revocableUntil }: UnbindRequest,
  { clock }: Pick<Services, 'clock'>,
): boolean | undefined {
  return revocableUntil === undefined ? undefined : new Date(revocableUntil) > clock.now();
}
