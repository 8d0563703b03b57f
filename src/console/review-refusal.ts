import type { ReviewOutcome, ReviewRefusal } from '../cases/index.ts';
import { Refusal } from './refusal.ts';

const conflict = (code: string, message: string, details?: Record<string, unknown>) =>
  new Refusal(409, code, message, undefined, details);

/** Throws when a step of the review desk was not carried out. */
export function refuseUnlessDone(outcome: ReviewOutcome): void {
  if (outcome.kind !== 'done') throw refusalOf(outcome);
}

/** Why a step was not carried out, with what the page needs to go on. */
export function refusalOf(outcome: ReviewRefusal): Refusal {
  switch (outcome.kind) {
    case 'unknown-case':
      return new Refusal(404, 'NotFound', 'There is no such case.');
    case 'unknown-document':
      return new Refusal(404, 'NotFound', 'The case has no such document any more.');
    case 'own-account':
      return new Refusal(403, 'OwnAccount', 'Nobody decides on their own account.');
    case 'same-person':
      return new Refusal(403, 'SamePerson', 'Whoever proposed it cannot confirm it.');
    case 'wrong-state':
      return conflict('WrongState', 'The case is not in a state for this.', { state: outcome.state });
    case 'changed-meanwhile': {
      const { version, state, last = null } = outcome;
      return conflict('ChangedMeanwhile', 'The case has changed.', { version, state, last });
    }
    case 'held':
      return conflict('Held', `${outcome.by} is working on it.`, { by: outcome.by, until: outcome.until });
    case 'not-claimed':
      return conflict('NotClaimed', 'Claim the case first; the lease may be over.');
    case 'undecided':
      return conflict('Undecided', 'Some documents have no verdict yet.', { slots: outcome.slots });
    case 'documents-say-otherwise':
      return conflict('DocumentsSayOtherwise', 'Not all documents are accepted.', { slots: outcome.slots });
    case 'decision-missing':
      return conflict('DecisionMissing', 'Without documents, say whether it is approved or rejected.');
    case 'note-missing':
      return conflict('NoteMissing', 'Rejecting without a document’s reason needs a note for colleagues.');
    case 'proposal-open':
      return conflict('ProposalOpen', 'A decision waits for a second person.');
    case 'no-proposal':
      return conflict('NoProposal', 'Nothing waits to be confirmed.');
  }
}
