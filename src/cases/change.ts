import { and, eq, isNull } from 'drizzle-orm';
import { appendAudit } from '../database/audit.ts';
import type { Queries } from '../database/database.ts';
import { destroyKeys } from '../database/document-keys.ts';
import { enqueue } from '../database/outbox.ts';
import { cases, documents, reviewProposals, uploadTickets } from '../database/schema/index.ts';
import { CASE_CHANGED, CASE_TRANSITIONS, type CaseState } from '../domain/case.ts';
import type { Clock } from '../domain/clock.ts';
import type { ReviewDecision } from '../domain/platform.ts';
import type { CaseRow } from './rows.ts';

/** Columns that a change sets; version and time follow by themselves. */
export type CaseChange = Partial<
  Pick<
    CaseRow,
    | 'state'
    | 'number'
    | 'note'
    | 'reviewNote'
    | 'returnedSlots'
    | 'submittedAt'
    | 'breachAt'
    | 'decision'
    | 'decidedAt'
    | 'assignee'
    | 'leaseUntil'
  >
>;

/** Whether `to` may follow the state the case is in. */
export function mayBecome(row: CaseRow, to: CaseState): boolean {
  return CASE_TRANSITIONS[row.state].includes(to);
}

/** What of a case the audit keeps: nothing that the customer wrote. */
const auditable = ({ state, version, number, returnedSlots }: CaseRow) => ({
  state,
  version,
  ...(number !== null && { number }),
  ...(returnedSlots.length > 0 && { returnedSlots }),
});

/** The customer as the audit names them. */
export function customerOf(row: Pick<CaseRow, 'customerId' | 'conversationId'>): string {
  return row.customerId === null ? `conversation:${row.conversationId}` : `customer:${row.customerId}`;
}

/** Nobody works on a case that went elsewhere, and nobody has to confirm what was wanted of it before. */
async function endReview(tx: Queries, at: Date, caseId: string): Promise<CaseChange> {
  await tx
    .update(reviewProposals)
    .set({ state: 'lapsed', settledAt: at })
    .where(and(eq(reviewProposals.caseId, caseId), eq(reviewProposals.state, 'open')));
  return { assignee: null, leaseUntil: null };
}

/** A locked case's next version and its line in the audit; `more` goes into the line. */
export async function change(
  tx: Queries,
  clock: Clock,
  row: CaseRow,
  to: { change: CaseChange; actor: string; action: string; more?: Record<string, unknown> | undefined },
): Promise<CaseRow> {
  const at = clock.now();
  const leaves =
    row.state === 'in-review' && to.change.state !== undefined && to.change.state !== 'in-review';
  const ended = leaves ? await endReview(tx, at, row.id) : {};
  const [changed] = await tx
    .update(cases)
    .set({ ...to.change, ...ended, updatedAt: at, version: row.version + 1 })
    .where(and(eq(cases.id, row.id), eq(cases.version, row.version)))
    .returning();
  if (!changed) throw new Error('a locked case was changed by somebody else');
  await appendAudit(tx, {
    at,
    actor: to.actor,
    action: to.action,
    caseId: row.id,
    before: auditable(row),
    after: { ...auditable(changed), ...to.more },
  });
  return changed;
}

/** The audit's line on a case that has just been made. */
export async function auditDraft(tx: Queries, row: CaseRow): Promise<void> {
  await appendAudit(tx, {
    at: row.createdAt,
    actor: customerOf(row),
    action: 'case.drafted',
    caseId: row.id,
    after: { ...auditable(row), kind: row.kind, requiredSlots: row.requiredSlots },
  });
}

/** Tells the conversation, by way of the outbox, how its case stands now. */
export async function announce(tx: Queries, clock: Clock, row: CaseRow): Promise<void> {
  const { id: caseId, number, kind, state, returnedSlots, version, conversationId } = row;
  if (number === null) throw new Error('only a submitted case is announced');
  const dedupeKey = `case:${caseId}:${version}`;
  await enqueue(tx, clock, {
    kind: 'conversation-event',
    orderingKey: caseId,
    idempotencyKey: dedupeKey,
    payload: {
      conversationId,
      name: CASE_CHANGED,
      value: { caseId, number, kind, state, returnedSlots, version },
      dedupeKey,
    },
  });
}

/** Tells the platform, by way of the outbox, what was decided about its customer. */
export async function reportDecision(
  tx: Queries,
  clock: Clock,
  row: CaseRow,
  decision: ReviewDecision['decision'],
): Promise<void> {
  if (row.customerId === null || row.number === null) return;
  const idempotencyKey = `decision:${row.number}:${row.version}`;
  await enqueue(tx, clock, {
    kind: 'review-decision',
    orderingKey: row.id,
    idempotencyKey,
    payload: {
      decision: {
        caseId: row.number,
        customerId: row.customerId,
        kind: row.kind,
        decision,
        decidedAt: (row.decidedAt ?? row.updatedAt).toISOString(),
      },
      idempotencyKey,
    },
  });
}

/** Ends every upload that was still open for the case. */
export async function closeTickets(tx: Queries, clock: Clock, caseId: string): Promise<void> {
  await tx
    .update(uploadTickets)
    .set({ closedAt: clock.now() })
    .where(and(eq(uploadTickets.caseId, caseId), isNull(uploadTickets.closedAt)));
}

/** Destroys the keys of the case's documents: from the commit on nobody can read them again. */
export async function destroyDocuments(
  tx: Queries,
  clock: Clock,
  row: Pick<CaseRow, 'id' | 'customerId' | 'conversationId'>,
): Promise<void> {
  const destruction = { at: clock.now(), actor: customerOf(row), why: 'withdrawn' };
  await destroyKeys(tx, eq(documents.caseId, row.id), destruction);
}
