import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Queries } from '../database/database.ts';
import { handoffs, staff } from '../database/schema/index.ts';
import type { Handoff, StaffName } from '../domain/desk.ts';

export type HandoffRow = typeof handoffs.$inferSelect;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Whether it can be an id; PostgreSQL refuses to compare a uuid with anything else. */
export const isId = (text: string): boolean => UUID.test(text);

/** The order in which a group's customers are called, and what makes one go before another. */
export const inOrder = sql`${handoffs.priority}, ${handoffs.returned} desc nulls last, ${handoffs.ticket}`;

/** The hand-off that a conversation has open; there is at most one. */
export const isOpen = inArray(handoffs.state, ['queued', 'active', 'message']);

type Names = ReadonlyMap<string, StaffName>;

/** How colleagues see them, by id. */
export async function namesOf(db: Queries, ids: readonly (string | null)[]): Promise<Names> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  if (wanted.length === 0) return new Map();
  const rows = await db
    .select({ id: staff.id, number: staff.number, name: staff.name })
    .from(staff)
    .where(inArray(staff.id, wanted));
  return new Map(rows.map((row) => [row.id, row]));
}

const iso = (at: Date | null) => at?.toISOString();

function handoffOf(row: HandoffRow, names: Names): Handoff {
  const named = (id: string | null) => (id === null ? undefined : names.get(id));
  const { ratingScore, ratingReasons, wrapUpCode, summary } = row;
  return {
    id: row.id,
    conversationId: row.conversationId,
    channel: row.channel,
    customerId: row.customerId ?? undefined,
    locale: row.locale,
    group: row.group,
    skills: row.skills,
    priority: row.priority,
    state: row.state,
    reason: row.reason ?? undefined,
    topic: row.topic ?? undefined,
    step: row.step ?? undefined,
    words: row.words ?? undefined,
    about: row.about ?? undefined,
    requestedAt: row.requestedAt.toISOString(),
    queuedAt: row.queuedAt.toISOString(),
    returned: row.returned,
    offeredTo: named(row.offeredTo),
    offeredAt: iso(row.offeredAt),
    agent: named(row.assignedTo),
    acceptedAt: iso(row.acceptedAt),
    slaFrom: (row.slaFrom ?? row.requestedAt).toISOString(),
    firstReplyAt: iso(row.firstReplyAt),
    lastReplyAt: iso(row.lastReplyAt),
    waitingSince: iso(row.waitingSince),
    endedAt: iso(row.endedAt),
    endedAs: row.endedAs ?? undefined,
    wrapUp: wrapUpCode === null ? undefined : { code: wrapUpCode, summary: summary ?? undefined },
    rating: ratingScore === null ? undefined : { score: ratingScore, reasons: ratingReasons ?? [] },
    breaches: row.breaches,
    reopens: row.reopens ?? undefined,
    startSeq: row.startSeq,
    endSeq: row.endSeq ?? undefined,
    version: row.version,
  };
}

/** Rows as the desk knows them, in the same order. */
export async function handoffsOf(db: Queries, rows: readonly HandoffRow[]): Promise<Handoff[]> {
  const names = await namesOf(
    db,
    rows.flatMap(({ offeredTo, assignedTo }) => [offeredTo, assignedTo]),
  );
  return rows.map((row) => handoffOf(row, names));
}

/** One row as the desk knows it. */
export async function handoffFrom(db: Queries, row: HandoffRow): Promise<Handoff> {
  const names = await namesOf(db, [row.offeredTo, row.assignedTo]);
  return handoffOf(row, names);
}

/** The hand-off, held until the end of the transaction. */
export async function lockHandoff(tx: Queries, id: string): Promise<HandoffRow | undefined> {
  if (!isId(id)) return undefined;
  const [row] = await tx.select().from(handoffs).where(eq(handoffs.id, id)).for('no key update');
  return row;
}

/** What the conversation has open, held until the end of the transaction. */
export async function lockOpen(tx: Queries, conversationId: string): Promise<HandoffRow | undefined> {
  const [row] = await tx
    .select()
    .from(handoffs)
    .where(and(eq(handoffs.conversationId, conversationId), isOpen))
    .for('no key update');
  return row;
}

/** PostgreSQL's text holds everything but NUL. */
export const storable = (text: string): string => text.replaceAll('\0', '');
