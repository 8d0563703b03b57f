import { and, desc, eq, notInArray } from 'drizzle-orm';
import type { Database, Queries } from '../../database/database.ts';
import { audit, reviewProposals, staff } from '../../database/schema/index.ts';
import { triesAreOver } from '../../domain/case.ts';
import type { Clock } from '../../domain/clock.ts';
import type { ReviewRules } from '../../domain/review.ts';
import type { StaffActor } from '../../domain/staff.ts';
import { type CaseRow, lockByNumber } from '../rows.ts';
import type { LastChange, ReviewOutcome, ReviewRefusal } from './outcome.ts';

/** What the steps of the review desk work with. */
export interface ReviewParts {
  database: Database;
  clock: Clock;
  /** Called after a commit that left something in the outbox. */
  kick: () => void;
  rules: ReviewRules;
  /** At least 0, below 1: draws the sample. */
  random: () => number;
}

export interface Asked {
  number: string;
  actor: StaffActor;
  /** Version of the case that the reviewer looked at; absent where it does not matter. */
  version?: number | undefined;
}

/** Whether somebody's lease on the case lasts. */
export function isHeld(row: Pick<CaseRow, 'assignee' | 'leaseUntil'>, now: Date): boolean {
  return row.assignee !== null && row.leaseUntil !== null && row.leaseUntil > now;
}

/** Whether a reviewer can do anything with it now. */
export function isOpen({ state, returnedSlots }: CaseRow): boolean {
  if (state === 'needs-more') return triesAreOver(returnedSlots);
  return state === 'submitted' || state === 'in-review';
}

/** 工号 of somebody at the desk. */
export async function numberOf(db: Queries, staffId: string): Promise<string> {
  const [found] = await db.select({ number: staff.number }).from(staff).where(eq(staff.id, staffId));
  return found?.number ?? 'unknown';
}

/** Lines of the audit that leave the case as it was. */
const LOOKS = ['document.viewed', 'case.noted'];

async function lastChange(tx: Queries, caseId: string): Promise<LastChange | undefined> {
  const [line] = await tx
    .select({ action: audit.action, actor: audit.actor, at: audit.at })
    .from(audit)
    .where(and(eq(audit.caseId, caseId), notInArray(audit.action, LOOKS)))
    .orderBy(desc(audit.seq))
    .limit(1);
  if (!line) return undefined;
  const [kind = '', id = ''] = line.actor.split(':');
  const by = kind === 'staff' ? await numberOf(tx, id) : kind === 'conversation' ? 'customer' : kind;
  return { action: line.action, by, at: line.at.toISOString() };
}

/** The proposal that waits for a second person. */
export async function openProposal(tx: Queries, caseId: string) {
  const [found] = await tx
    .select()
    .from(reviewProposals)
    .where(and(eq(reviewProposals.caseId, caseId), eq(reviewProposals.state, 'open')));
  return found;
}

export async function heldBy(tx: Queries, row: CaseRow): Promise<ReviewRefusal> {
  if (row.assignee === null) return { kind: 'not-claimed' };
  return {
    kind: 'held',
    by: await numberOf(tx, row.assignee),
    until: (row.leaseUntil ?? row.updatedAt).toISOString(),
  };
}

/** Whether the case is the reviewer's own as a customer. */
export async function isOwnAccount(db: Queries, row: Pick<CaseRow, 'customerId'>, { id }: StaffActor) {
  if (row.customerId === null) return false;
  const [own] = await db.select({ customerId: staff.customerId }).from(staff).where(eq(staff.id, id));
  return own?.customerId === row.customerId;
}

/** Runs a step on the locked case, unless it is not theirs at all or has changed since they looked. */
export async function onCase(
  { database, kick }: ReviewParts,
  { number, actor, version }: Asked,
  work: (tx: Queries, row: CaseRow) => Promise<ReviewOutcome>,
): Promise<ReviewOutcome> {
  const outcome = await database.transaction(async (tx): Promise<ReviewOutcome> => {
    const row = await lockByNumber(tx, number);
    if (!row) return { kind: 'unknown-case' };
    if (await isOwnAccount(tx, row, actor)) return { kind: 'own-account' };
    if (version !== undefined && version !== row.version) {
      const last = await lastChange(tx, row.id);
      return { kind: 'changed-meanwhile', version: row.version, state: row.state, last };
    }
    return work(tx, row);
  });
  if (outcome.kind === 'done') kick();
  return outcome;
}

/** As `onCase`, for what only the holder of the lease may do. */
export function onClaimed(
  parts: ReviewParts,
  asked: Asked,
  work: (tx: Queries, row: CaseRow) => Promise<ReviewOutcome>,
): Promise<ReviewOutcome> {
  return onCase(parts, asked, async (tx, row) => {
    if (row.state !== 'in-review') return { kind: 'wrong-state', state: row.state };
    if (!isHeld(row, parts.clock.now())) return { kind: 'not-claimed' };
    return row.assignee === asked.actor.id ? work(tx, row) : heldBy(tx, row);
  });
}
