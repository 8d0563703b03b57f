import { and, asc, eq, inArray, or } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Queries } from '../../database/database.ts';
import {
  cases,
  type DocumentState,
  documentDuplicates,
  documents,
  staff,
} from '../../database/schema/index.ts';
import type { FinalReason, ReturnReason } from '../../domain/case.ts';
import type { QualityWarning, Slot } from '../../domain/document.ts';
import { CHECKLISTS, type Check, type Verdict } from '../../domain/review.ts';

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

/** The case's pictures, oldest first. */
export async function documentsOf(db: Queries, caseId: string): Promise<ReviewDocument[]> {
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
