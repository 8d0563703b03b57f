import type { CaseState } from '../../domain/case.ts';
import type { Slot } from '../../domain/document.ts';

/** The last thing that happened to a case, for who looked at it before. */
export interface LastChange {
  action: string;
  /** 工号, or `customer`, `operator`, `system`. */
  by: string;
  /** ISO-8601 UTC. */
  at: string;
}

/** Why a step of a reviewer was not carried out; nothing was changed. */
export type ReviewRefusal =
  | { kind: 'unknown-case' }
  | { kind: 'unknown-document' }
  | { kind: 'wrong-state'; state: CaseState }
  /** The case is not what the reviewer looked at. */
  | { kind: 'changed-meanwhile'; version: number; state: CaseState; last: LastChange | undefined }
  /** Somebody else has it. */
  | { kind: 'held'; by: string; until: string }
  /** Never claimed, or the lease is over. */
  | { kind: 'not-claimed' }
  /** The reviewer is the customer. */
  | { kind: 'own-account' }
  /** Four eyes: whoever proposed it may not confirm it. */
  | { kind: 'same-person' }
  | { kind: 'undecided'; slots: Slot[] }
  /** Approving needs all documents accepted. */
  | { kind: 'documents-say-otherwise'; slots: Slot[] }
  /** Without documents somebody has to say what it is to be. */
  | { kind: 'decision-missing' }
  /** Rejecting without a document's reason needs a note for colleagues. */
  | { kind: 'note-missing' }
  | { kind: 'proposal-open' }
  | { kind: 'no-proposal' };

export type ReviewOutcome = { kind: 'done' } | ReviewRefusal;

export const DONE: ReviewOutcome = { kind: 'done' };
