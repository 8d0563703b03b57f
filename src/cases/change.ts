import { and, eq, isNull, ne } from 'drizzle-orm';
import { appendAudit } from '../database/audit.ts';
import type { Queries } from '../database/database.ts';
import { enqueue } from '../database/outbox.ts';
import { cases, documents, uploadTickets } from '../database/schema/index.ts';
import { CASE_CHANGED, CASE_TRANSITIONS, type CaseState } from '../domain/case.ts';
import type { Clock } from '../domain/clock.ts';
import type { ReviewDecision } from '../domain/platform.ts';
import type { CaseRow } from './rows.ts';

/** Columns that a change sets; version and time follow by themselves. */
export type CaseChange = Partial<
  Pick<CaseRow, 'state' | 'number' | 'note' | 'reviewNote' | 'returnedSlots' | 'submittedAt' | 'decidedAt'>
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

/** A locked case's next version and its line in the audit. */
export async function change(
  tx: Queries,
  clock: Clock,
  row: CaseRow,
  to: { change: CaseChange; actor: string; action: string },
): Promise<CaseRow> {
  const at = clock.now();
  const [changed] = await tx
    .update(cases)
    .set({ ...to.change, updatedAt: at, version: row.version + 1 })
    .where(and(eq(cases.id, row.id), eq(cases.version, row.version)))
    .returning();
  if (!changed) throw new Error('a locked case was changed by somebody else');
  await appendAudit(tx, {
    at,
    actor: to.actor,
    action: to.action,
    caseId: row.id,
    before: auditable(row),
    after: auditable(changed),
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
export async function destroyDocuments(tx: Queries, clock: Clock, caseId: string): Promise<void> {
  await tx
    .update(documents)
    .set({ state: 'purged', wrappedKey: null, purgedAt: clock.now() })
    .where(and(eq(documents.caseId, caseId), ne(documents.state, 'purged')));
}
