import { and, asc, desc, eq, gt, inArray, or, type SQL, sql } from 'drizzle-orm';
import type { Database, Queries } from '../database/database.ts';
import { deskEvents, deskHead, handoffNotes, handoffs } from '../database/schema/index.ts';
import type { Clock } from '../domain/clock.ts';
import type { DeskEvent, DeskNote, Handoff, QueuedHandoff } from '../domain/desk.ts';
import { type HandoffRow, handoffFrom, handoffsOf, inOrder, isId, namesOf } from './rows.ts';
import { type Pace, paceOf, told } from './standing.ts';

const MOST = 200;

/** What the desk looks at. */
export interface DeskReading {
  /** Waiting chats of these groups (all without), in the order in which they are called, with exact places. */
  queue(filter?: { groups?: readonly string[]; limit?: number }): Promise<QueuedHandoff[]>;
  /** How many wait in each group, and since when the first one. */
  queueSizes(): Promise<{ group: string; waiting: number; oldestAt: string }[]>;
  /** Messages left, oldest first. */
  messages(filter?: { groups?: readonly string[]; limit?: number }): Promise<Handoff[]>;
  /** What somebody has or is offered, longest waiting customer first. */
  chatsOf(staffId: string): Promise<Handoff[]>;
  /** All active chats, for supervisors. */
  active(): Promise<Handoff[]>;
  get(handoffId: string): Promise<Handoff | undefined>;
  /** Of the conversation, and of the same customer in others, newest first. */
  past(of: { conversationId: string; customerId?: string | undefined }, limit?: number): Promise<Handoff[]>;
  notes(conversationId: string): Promise<DeskNote[]>;
  /** What happened after this number, in order, at most `limit` (500). */
  events(afterSeq: number, limit?: number): Promise<DeskEvent[]>;
  /** The number of the last event. */
  lastSeq(): Promise<number>;
}

export function deskReading({ database, clock }: { database: Database; clock: Clock }): DeskReading {
  const inGroups = (groups?: readonly string[]) =>
    groups === undefined ? undefined : inArray(handoffs.group, [...groups]);

  async function placed(db: Queries, rows: (HandoffRow & { position: number })[]): Promise<QueuedHandoff[]> {
    const paces = new Map<string, Pace>();
    for (const { group } of rows)
      if (!paces.has(group)) paces.set(group, await paceOf(db, group, clock.now()));
    const list = await handoffsOf(db, rows);
    return list.map((one, index): QueuedHandoff => {
      const position = rows[index]?.position ?? 0;
      const pace = paces.get(one.group);
      return { ...one, position, etaMinutes: pace ? told(position, pace).etaMinutes : null };
    });
  }

  const listed = (where: SQL | undefined, limit = MOST) =>
    database.run(async (db) => {
      const rows = await db.select().from(handoffs).where(where).orderBy(asc(handoffs.ticket)).limit(limit);
      return handoffsOf(db, rows);
    });

  return {
    queue: ({ groups, limit = MOST } = {}) =>
      database.run(async (db) => {
        if (groups?.length === 0) return [];
        const position =
          sql<number>`(row_number() over (partition by ${handoffs.group} order by ${inOrder}))::int`.as(
            'position',
          );
        const rows = await db
          .select({ row: handoffs, position })
          .from(handoffs)
          .where(and(eq(handoffs.state, 'queued'), inGroups(groups)))
          .orderBy(inOrder)
          .limit(limit);
        return placed(
          db,
          rows.map(({ row, position: place }) => ({ ...row, position: place })),
        );
      }),
    queueSizes: () =>
      database.run(async (db) => {
        const rows = await db
          .select({
            group: handoffs.group,
            waiting: sql<number>`count(*)::int`,
            oldest: sql<number>`(extract(epoch from min(${handoffs.queuedAt})) * 1000)::double precision`,
          })
          .from(handoffs)
          .where(eq(handoffs.state, 'queued'))
          .groupBy(handoffs.group)
          .orderBy(handoffs.group);
        return rows.map(({ group, waiting, oldest }) => ({
          group,
          waiting,
          oldestAt: new Date(oldest).toISOString(),
        }));
      }),
    messages: ({ groups, limit } = {}) =>
      groups?.length === 0
        ? Promise.resolve([])
        : listed(and(eq(handoffs.state, 'message'), inGroups(groups)), limit),
    chatsOf: (staffId) =>
      database.run(async (db) => {
        const own = or(
          and(eq(handoffs.state, 'active'), eq(handoffs.assignedTo, staffId)),
          eq(handoffs.offeredTo, staffId),
        );
        const order = [sql`${handoffs.waitingSince} nulls last`, asc(handoffs.ticket)];
        return handoffsOf(
          db,
          await db
            .select()
            .from(handoffs)
            .where(own)
            .orderBy(...order),
        );
      }),
    active: () => listed(eq(handoffs.state, 'active'), 1000),
    get: (handoffId) =>
      database.run(async (db) => {
        if (!isId(handoffId)) return undefined;
        const [row] = await db.select().from(handoffs).where(eq(handoffs.id, handoffId));
        return row && handoffFrom(db, row);
      }),
    past: ({ conversationId, customerId }, limit = 20) =>
      database.run(async (db) => {
        const here = eq(handoffs.conversationId, conversationId);
        const own = customerId === undefined ? here : or(here, eq(handoffs.customerId, customerId));
        const rows = await db
          .select()
          .from(handoffs)
          .where(own)
          .orderBy(desc(handoffs.requestedAt))
          .limit(limit);
        return handoffsOf(db, rows);
      }),
    notes: (conversationId) =>
      database.run(async (db) => {
        const rows = await db
          .select()
          .from(handoffNotes)
          .where(eq(handoffNotes.conversationId, conversationId))
          .orderBy(asc(handoffNotes.at));
        const names = await namesOf(
          db,
          rows.map(({ staffId }) => staffId),
        );
        return rows.map(({ staffId, at, ...note }): DeskNote => {
          const author = names.get(staffId) ?? { id: staffId, number: '', name: '' };
          return { ...note, author, at: at.toISOString() };
        });
      }),
    events: (afterSeq, limit = 500) =>
      database.run(async (db) => {
        const rows = await db
          .select()
          .from(deskEvents)
          .where(gt(deskEvents.seq, afterSeq))
          .orderBy(asc(deskEvents.seq))
          .limit(limit);
        return rows.map(
          ({ at, handoffId, conversationId, group, staffId, ...event }): DeskEvent => ({
            ...event,
            at: at.toISOString(),
            handoffId: handoffId ?? undefined,
            conversationId: conversationId ?? undefined,
            group: group ?? undefined,
            staffId: staffId ?? undefined,
          }),
        );
      }),
    lastSeq: () =>
      database.run(async (db) => {
        const [head] = await db.select({ seq: deskHead.seq }).from(deskHead);
        return head?.seq ?? 0;
      }),
  };
}
