import { and, asc, desc, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Queries } from '../../database/database.ts';
import {
  audit,
  caseNotes,
  cases,
  consents,
  type DocumentState,
  documentDuplicates,
  documents,
  legalHolds,
  staff,
} from '../../database/schema/index.ts';
import type { CaseKind, CaseState, FinalReason, ReturnedSlot, ReturnReason } from '../../domain/case.ts';
import type { ConsentPurpose, QualityWarning, Slot } from '../../domain/document.ts';
import { CHECKLISTS, type Check, type FourEyesCause, type Verdict } from '../../domain/review.ts';
import type { StaffActor } from '../../domain/staff.ts';
import type { CaseRow } from '../rows.ts';
import type { LastChange } from './outcome.ts';
import { isHeld, isOwnAccount, numberOf, openProposal, type ReviewParts } from './step.ts';

/** One picture of a case, also those that were replaced. */
export interface ReviewDocument {
  id: string;
  slot: Slot;
  state: DocumentState;
  /** Its key is there. */
  viewable: boolean;
  width: number;
  height: number;
  warnings: QualityWarning[];
  createdAt: string;
  verdict: {
    verdict: Verdict['verdict'];
    reason: ReturnReason | FinalReason | null;
    by: string;
    at: string;
  } | null;
  /** How often this slot has been filled, this picture included. */
  attempt: number;
  checklist: readonly Check[];
  /** Other customers' cases with the same or a similar picture; `distance` null = the same file. */
  duplicates: { number: string | null; slot: Slot; distance: number | null }[];
}

/** Everything the desk shows of a case, but the account. */
export interface ReviewDetail {
  number: string;
  kind: CaseKind;
  state: CaseState;
  version: number;
  conversationId: string;
  hasAccount: boolean;
  cardLast4: string | null;
  /** Masked words of the customer. */
  note: string | null;
  submittedAt: string;
  breachAt: string;
  decidedAt: string | null;
  requiredSlots: Slot[];
  returnedSlots: ReturnedSlot[];
  holder: { number: string; until: string; me: boolean } | null;
  proposal: {
    decision: 'approved' | 'rejected';
    reason: FinalReason | null;
    cause: FourEyesCause;
    by: string;
    mine: boolean;
    at: string;
  } | null;
  /** The reviewer is the customer: nothing may be done. */
  ownAccount: boolean;
  legalHold: boolean;
  documents: ReviewDocument[];
  notes: { by: string; text: string; at: string }[];
  consents: { purpose: ConsentPurpose; version: string; givenAt: string }[];
  /** Newest first. */
  history: (LastChange & { seq: number })[];
}

const HISTORY = 50;

async function duplicatesOf(db: Queries, ids: string[]) {
  if (ids.length === 0) return [];
  const other = alias(documents, 'other');
  const joined = or(
    and(inArray(documentDuplicates.documentId, ids), eq(other.id, documentDuplicates.otherId)),
    and(inArray(documentDuplicates.otherId, ids), eq(other.id, documentDuplicates.documentId)),
  );
  const rows = await db
    .select({
      documentId: documentDuplicates.documentId,
      otherId: documentDuplicates.otherId,
      distance: documentDuplicates.distance,
      slot: other.slot,
      number: cases.number,
    })
    .from(documentDuplicates)
    .innerJoin(other, joined)
    .innerJoin(cases, eq(cases.id, other.caseId))
    .limit(100);
  return rows.map(({ documentId, otherId, ...rest }) => ({
    of: ids.includes(documentId) ? documentId : otherId,
    ...rest,
  }));
}

async function documentsOf(db: Queries, caseId: string): Promise<ReviewDocument[]> {
  const rows = await db
    .select({ row: documents, by: staff.number })
    .from(documents)
    .leftJoin(staff, eq(staff.id, documents.verdictBy))
    .where(eq(documents.caseId, caseId))
    .orderBy(asc(documents.createdAt), asc(documents.id));
  const duplicates = await duplicatesOf(
    db,
    rows.map(({ row }) => row.id),
  );
  const seen = new Map<Slot, number>();
  return rows.map(({ row, by }) => {
    const { id, slot, state, width, height, warnings, createdAt, verdict, verdictReason, verdictAt } = row;
    const attempt = (seen.get(slot) ?? 0) + 1;
    seen.set(slot, attempt);
    const at = (verdictAt ?? createdAt).toISOString();
    return {
      ...{ id, slot, state, width, height, warnings, attempt, createdAt: createdAt.toISOString() },
      viewable: row.wrappedKey !== null,
      verdict: verdict && { verdict, reason: verdictReason, by: by ?? 'operator', at },
      checklist: CHECKLISTS[slot],
      duplicates: duplicates.filter(({ of }) => of === id).map(({ of: _, ...rest }) => rest),
    };
  });
}

async function historyOf(db: Queries, caseId: string): Promise<ReviewDetail['history']> {
  const rows = await db
    .select({ seq: audit.seq, action: audit.action, actor: audit.actor, at: audit.at, number: staff.number })
    .from(audit)
    .leftJoin(staff, eq(audit.actor, sql`'staff:' || ${staff.id}::text`))
    .where(eq(audit.caseId, caseId))
    .orderBy(desc(audit.seq))
    .limit(HISTORY);
  return rows.map(({ seq, action, actor, at, number }) => {
    const [kind = ''] = actor.split(':');
    return { seq, action, by: number ?? (kind === 'conversation' ? 'customer' : kind), at: at.toISOString() };
  });
}

async function isUnderHold(db: Queries, { id, customerId }: CaseRow): Promise<boolean> {
  const ofCustomer = customerId === null ? undefined : eq(legalHolds.customerId, customerId);
  const [hold] = await db
    .select({ id: legalHolds.id })
    .from(legalHolds)
    .where(and(isNull(legalHolds.liftedAt), or(eq(legalHolds.caseId, id), ofCustomer)))
    .limit(1);
  return hold !== undefined;
}

async function aroundOf(db: Queries, row: CaseRow) {
  const notes = await db
    .select({ by: staff.number, text: caseNotes.text, at: caseNotes.createdAt })
    .from(caseNotes)
    .innerJoin(staff, eq(staff.id, caseNotes.staffId))
    .where(eq(caseNotes.caseId, row.id))
    .orderBy(asc(caseNotes.createdAt));
  const given = await db.select().from(consents).where(eq(consents.caseId, row.id)).orderBy(consents.givenAt);
  const operators =
    row.reviewNote === null ? [] : [{ by: 'operator', text: row.reviewNote, at: row.updatedAt }];
  return {
    notes: [...notes, ...operators].map(({ at, ...note }) => ({ ...note, at: at.toISOString() })),
    consents: given.map(({ purpose, version, givenAt }) => ({
      ...{ purpose, version, givenAt: givenAt.toISOString() },
    })),
  };
}

async function proposalOf(db: Queries, row: CaseRow, actor: StaffActor): Promise<ReviewDetail['proposal']> {
  const proposal = await openProposal(db, row.id);
  if (!proposal) return null;
  const { decision, reason, cause, proposedBy, proposedAt } = proposal;
  const by = await numberOf(db, proposedBy);
  return { decision, reason, cause, by, mine: proposedBy === actor.id, at: proposedAt.toISOString() };
}

/** What a reviewer sees of a case; undefined when there is none. */
export function detail({ database, clock }: ReviewParts) {
  return (number: string, actor: StaffActor): Promise<ReviewDetail | undefined> =>
    database.run(async (db) => {
      const [row] = await db.select().from(cases).where(eq(cases.number, number));
      if (!row || row.number === null || row.submittedAt === null) return undefined;
      const held = isHeld(row, clock.now());
      return {
        ...{ number: row.number, kind: row.kind, state: row.state, version: row.version, note: row.note },
        ...{ conversationId: row.conversationId, hasAccount: row.customerId !== null },
        ...{ cardLast4: row.cardLast4, requiredSlots: row.requiredSlots, returnedSlots: row.returnedSlots },
        submittedAt: row.submittedAt.toISOString(),
        breachAt: (row.breachAt ?? row.submittedAt).toISOString(),
        decidedAt: row.decidedAt?.toISOString() ?? null,
        holder:
          held && row.assignee && row.leaseUntil
            ? {
                number: await numberOf(db, row.assignee),
                until: row.leaseUntil.toISOString(),
                me: row.assignee === actor.id,
              }
            : null,
        proposal: await proposalOf(db, row, actor),
        ownAccount: await isOwnAccount(db, row, actor),
        legalHold: await isUnderHold(db, row),
        documents: await documentsOf(db, row.id),
        ...(await aroundOf(db, row)),
        history: await historyOf(db, row.id),
      };
    });
}
