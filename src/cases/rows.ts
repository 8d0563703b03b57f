import { and, eq, inArray } from 'drizzle-orm';
import type { Queries } from '../database/database.ts';
import { cases, documents } from '../database/schema/index.ts';
import type { Case } from '../domain/case.ts';
import type { Slot } from '../domain/document.ts';

export type CaseRow = typeof cases.$inferSelect;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function caseOf(row: CaseRow, filled: ReadonlySet<Slot>): Case {
  const required = row.requiredSlots.filter((slot) => filled.has(slot));
  const extra = [...filled].filter((slot) => !row.requiredSlots.includes(slot));
  return {
    id: row.id,
    ...(row.number !== null && { number: row.number }),
    kind: row.kind,
    state: row.state,
    conversationId: row.conversationId,
    ...(row.customerId !== null && { customerId: row.customerId }),
    ...(row.cardLast4 !== null && { cardLast4: row.cardLast4 }),
    ...(row.note !== null && { note: row.note }),
    requiredSlots: row.requiredSlots,
    filledSlots: [...required, ...extra],
    returnedSlots: row.returnedSlots,
    createdAt: row.createdAt.toISOString(),
    ...(row.submittedAt !== null && { submittedAt: row.submittedAt.toISOString() }),
    updatedAt: row.updatedAt.toISOString(),
    version: row.version,
  };
}

/** Rows as the domain knows them, in the same order. */
export async function casesOf(db: Queries, rows: CaseRow[]): Promise<Case[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const stored = await db
    .selectDistinct({ caseId: documents.caseId, slot: documents.slot })
    .from(documents)
    .where(and(inArray(documents.caseId, ids), eq(documents.state, 'stored')));
  return rows.map((row) => {
    const own = stored.filter((one) => one.caseId === row.id).map((one) => one.slot);
    return caseOf(row, new Set(own.sort()));
  });
}

/** One row as the domain knows it. */
export async function caseFrom(db: Queries, row: CaseRow): Promise<Case> {
  const [found] = await casesOf(db, [row]);
  if (!found) throw new Error('one row makes one case');
  return found;
}

/** The case by id, held until the end of the transaction; documents may still be added to it. */
export async function lockById(tx: Queries, caseId: string): Promise<CaseRow | undefined> {
  // PostgreSQL refuses to compare a uuid with anything else.
  if (!UUID.test(caseId)) return undefined;
  const [row] = await tx.select().from(cases).where(eq(cases.id, caseId)).for('no key update');
  return row;
}

/** The case by number, held until the end of the transaction. */
export async function lockByNumber(tx: Queries, number: string): Promise<CaseRow | undefined> {
  const [row] = await tx.select().from(cases).where(eq(cases.number, number)).for('no key update');
  return row;
}

/** The case by id, as it is now. */
export async function findById(db: Queries, caseId: string): Promise<CaseRow | undefined> {
  if (!UUID.test(caseId)) return undefined;
  const [row] = await db.select().from(cases).where(eq(cases.id, caseId));
  return row;
}

/** PostgreSQL's text holds everything but NUL. */
export const storable = (text: string): string => text.replaceAll('\0', '');
