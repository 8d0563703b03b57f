import type { Queries } from '../database/database.ts';
import type { Handoff, StaffName } from '../domain/desk.ts';
import type { HandoffState } from '../domain/handoff.ts';
import type { DeskParts } from './index.ts';
import { type HandoffRow, handoffFrom } from './rows.ts';

/** What became of a step at the desk. Everything but `done` changed nothing. */
export type DeskOutcome =
  | { kind: 'done'; handoff: Handoff }
  | { kind: 'unknown' }
  /** Somebody else has it, or it is being offered to them. */
  | { kind: 'taken'; by: StaffName }
  /** The step is not possible in this state. */
  | { kind: 'wrong-state'; state: HandoffState }
  /** Whoever should have it has as many chats as they can. */
  | { kind: 'full'; capacity: number }
  /** Whoever should have it is offline, or takes no chats. */
  | { kind: 'not-here' }
  /** Its group is not one of theirs. */
  | { kind: 'other-group'; group: string }
  /** There is no such group at work. */
  | { kind: 'unknown-group'; group: string }
  /** Nobody waits. */
  | { kind: 'nothing' }
  /** Closed too long ago, or the conversation has a newer one open. */
  | { kind: 'too-late' };

/** The same with the row as it was written. */
export type RowOutcome = Exclude<DeskOutcome, { kind: 'done' }> | { kind: 'done'; row: HandoffRow };

export const done = (row: HandoffRow): RowOutcome => ({ kind: 'done', row });

/**
 * Runs a step in a transaction. Names are looked up after it: while it is open, all others wait for the number of
 * its event.
 */
export async function carryOut(
  { database, kick }: Pick<DeskParts, 'database' | 'kick'>,
  step: (tx: Queries) => Promise<RowOutcome>,
): Promise<DeskOutcome> {
  const outcome = await database.transaction(step).finally(kick);
  if (outcome.kind !== 'done') return outcome;
  return { kind: 'done', handoff: await database.run((db) => handoffFrom(db, outcome.row)) };
}

export type TransferTarget = { staffId: string } | { group: string };
