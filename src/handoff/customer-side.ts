import { randomUUID } from 'node:crypto';
import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm';
import type { Database, Queries } from '../database/database.ts';
import { handoffs } from '../database/schema/index.ts';
import type { Clock } from '../domain/clock.ts';
import type { DeskSettings } from '../domain/desk.ts';
import type { Handoffs, HandoffWish, NewHandoff, OpenHandoff, QueueExit } from '../domain/handoff.ts';
import { groupFor, priorityOf, skillsFor } from '../domain/handoff-rules.ts';
import { deskState } from '../domain/opening-hours.ts';
import { agentsIn } from './agents.ts';
import { take } from './change.ts';
import { type HandoffRow, isOpen, lockHandoff, lockOpen, namesOf, storable } from './rows.ts';
import { groupsIn, settingsIn } from './settings.ts';
import { standingOf } from './standing.ts';

const CUSTOMER = 'customer';

export interface CustomerSideParts {
  database: Database;
  clock: Clock;
  defaults: DeskSettings;
  /** After a commit that the queue or a conversation may have to act on. */
  kick: () => void;
}

/** The next place in the order of arrival. */
const NEW_TICKET = sql<number>`nextval(pg_get_serial_sequence('handoffs', 'ticket'))`;

/** The port for dialogs, on the database. */
export function customerSide({ database, clock, defaults, kick }: CustomerSideParts): Handoffs {
  async function seen(db: Queries, row: HandoffRow): Promise<OpenHandoff> {
    const { id, state, assignedTo, startSeq: seq } = row;
    if (state === 'queued') return { id, state, seq, standing: await standingOf(db, row, clock.now()) };
    if (state === 'message') return { id, state };
    const names = await namesOf(db, [assignedTo]);
    return { id, state: 'active', number: names.get(assignedTo ?? '')?.number ?? '' };
  }

  async function groupOf(db: Queries, wish: HandoffWish): Promise<string> {
    const there = (await agentsIn(db, clock.now())).filter(({ presence }) => presence !== 'offline');
    return groupFor(
      wish,
      await groupsIn(db),
      there.flatMap(({ groups }) => groups),
    );
  }

  /** Closed lately in this conversation: whoever had it is asked first. */
  async function closedLately(tx: Queries, conversationId: string): Promise<HandoffRow | undefined> {
    const { reopenHours } = await settingsIn(tx, defaults);
    const after = new Date(clock.now().getTime() - reopenHours * 3_600_000);
    const [row] = await tx
      .select()
      .from(handoffs)
      .where(
        and(
          eq(handoffs.conversationId, conversationId),
          eq(handoffs.state, 'closed'),
          gt(handoffs.endedAt, after),
        ),
      )
      .orderBy(desc(handoffs.endedAt))
      .limit(1);
    return row;
  }

  async function make(tx: Queries, wish: NewHandoff, state: 'queued' | 'message', idempotencyKey: string) {
    const before = await closedLately(tx, wish.conversationId);
    const now = clock.now();
    const [row] = await tx
      .insert(handoffs)
      .values({
        id: randomUUID(),
        state,
        conversationId: wish.conversationId,
        channel: wish.channel,
        customerId: wish.customerId ?? null,
        locale: wish.locale,
        group: await groupOf(tx, wish),
        skills: skillsFor(wish),
        priority: priorityOf(wish),
        reason: wish.reason ?? null,
        topic: wish.topic ?? null,
        step: wish.step ?? null,
        words: wish.words === undefined ? null : storable(wish.words),
        about: wish.about ?? null,
        requestedAt: now,
        queuedAt: now,
        assignedTo: before?.assignedTo ?? null,
        reopens: before?.id ?? null,
        breaches: [],
        startSeq: wish.seq,
        idempotencyKey,
        version: 0,
      })
      // By its key, or because the conversation has one open.
      .onConflictDoNothing()
      .returning();
    return row && take(tx, clock, row, { set: {}, type: state, actor: CUSTOMER });
  }

  async function byKey(tx: Queries, idempotencyKey: string): Promise<HandoffRow | undefined> {
    const [row] = await tx.select().from(handoffs).where(eq(handoffs.idempotencyKey, idempotencyKey));
    return row;
  }

  async function withWords(tx: Queries, row: HandoffRow, words: string | undefined): Promise<HandoffRow> {
    const text = words && storable(words);
    // A turn that runs again says the same again.
    if (!text || row.words === text || row.words?.endsWith(`\n${text}`)) return row;
    const all = [row.words, text].filter(Boolean).join('\n');
    return take(tx, clock, row, { set: { words: all }, type: 'noted', actor: CUSTOMER });
  }

  /** From a message to the end of the queue. */
  async function queueUp(tx: Queries, row: HandoffRow, seq: number): Promise<HandoffRow> {
    const set = {
      state: 'queued' as const,
      startSeq: seq,
      queuedAt: clock.now(),
      apologisedAt: null,
      messageOfferedAt: null,
      messageOfferedAs: null,
    };
    await tx.update(handoffs).set({ ticket: NEW_TICKET }).where(eq(handoffs.id, row.id));
    return take(tx, clock, row, { set, type: 'queued', actor: CUSTOMER });
  }

  /** What the dialog says with the request need not be told again. */
  async function noteTold(db: Queries, open: OpenHandoff): Promise<void> {
    if (open.state !== 'queued') return;
    const { position, etaMinutes, staffed } = open.standing;
    const now = clock.now();
    const told = { toldStanding: JSON.stringify([position, etaMinutes]), toldAt: now };
    const set = { ...told, ...(!staffed && { messageOfferedAt: now }) };
    await db.update(handoffs).set(set).where(eq(handoffs.id, open.id));
  }

  async function begin(
    wish: NewHandoff,
    idempotencyKey: string,
    state: 'queued' | 'message',
  ): Promise<OpenHandoff> {
    const { row, isNew } = await database.transaction(async (tx) => {
      const open = await lockOpen(tx, wish.conversationId);
      const made = open ?? (await make(tx, wish, state, idempotencyKey));
      const found = made ?? (await lockOpen(tx, wish.conversationId)) ?? (await byKey(tx, idempotencyKey));
      if (!found) throw new Error('a hand-off was neither made nor found');
      const told = open ? await withWords(tx, found, wish.words) : found;
      const isAgain = told.state === 'message' && state === 'queued';
      return { row: isAgain ? await queueUp(tx, told, wish.seq) : told, isNew: !open || isAgain };
    });
    kick();
    // After the commit: while it is open, all others wait for the number of its event.
    return database.run(async (db) => {
      const standing = await seen(db, row);
      if (isNew) await noteTold(db, standing);
      return standing;
    });
  }

  /** A step out of the queue: only while nobody has it. */
  const step = (
    handoffId: string,
    work: (tx: Queries, row: HandoffRow) => Promise<QueueExit>,
  ): Promise<QueueExit> =>
    database
      .transaction(async (tx): Promise<QueueExit> => {
        const row = await lockHandoff(tx, handoffId);
        if (!row || row.state === 'closed' || row.state === 'left') return 'over';
        return row.state === 'active' ? 'taken' : work(tx, row);
      })
      .finally(kick);

  return {
    desk: (wish) =>
      database.run(async (db) => {
        const groups = await groupsIn(db);
        const group = groups.find(({ id }) => id === groupFor(wish, groups));
        return deskState(group?.hours ?? (await settingsIn(db, defaults)).hours, clock.now());
      }),
    request: (wish, idempotencyKey) => begin(wish, idempotencyKey, 'queued'),
    leaveMessage: (wish, idempotencyKey) => begin(wish, idempotencyKey, 'message'),
    open: (conversationId) =>
      database.run(async (db) => {
        const [row] = await db
          .select()
          .from(handoffs)
          .where(and(eq(handoffs.conversationId, conversationId), isOpen));
        return row && seen(db, row);
      }),
    addWords: (handoffId, words) =>
      database.transaction(async (tx) => {
        const row = await lockHandoff(tx, handoffId);
        if (row) await withWords(tx, row, words);
      }),
    toMessage: (handoffId) =>
      step(handoffId, async (tx, row) => {
        if (row.state === 'message') return 'done';
        const set = { state: 'message' as const, offeredTo: null, offeredAt: null, returned: false };
        const staffId = row.offeredTo ?? undefined;
        await take(tx, clock, row, { set, type: 'message', actor: CUSTOMER, staffId });
        return 'done';
      }),
    leave: (handoffId, cause) =>
      step(handoffId, async (tx, row) => {
        const set = { state: 'left' as const, offeredTo: null, offeredAt: null, endedAt: clock.now() };
        const staffId = row.offeredTo ?? undefined;
        const end = { type: 'left' as const, actor: CUSTOMER, staffId, data: { cause } };
        await take(tx, clock, row, { set: { ...set, endedAs: cause }, ...end });
        return 'done';
      }),
    customerWrote: (conversationId) =>
      database.transaction(async (tx) => {
        const waiting = and(
          eq(handoffs.conversationId, conversationId),
          eq(handoffs.state, 'active'),
          isNull(handoffs.waitingSince),
        );
        const [row] = await tx.select().from(handoffs).where(waiting).for('no key update');
        if (!row) return;
        const since = clock.now();
        const data = { since: since.toISOString() };
        await take(tx, clock, row, { set: { waitingSince: since }, type: 'waiting', actor: CUSTOMER, data });
      }),
    rate: (handoffId, { score, reasons }) =>
      database.transaction(async (tx) => {
        const row = await lockHandoff(tx, handoffId);
        if (row?.state !== 'closed') return;
        const set = { ratingScore: score, ratingReasons: reasons };
        await take(tx, clock, row, { set, type: 'rated', actor: CUSTOMER, data: { score } });
      }),
    markEnd: async (handoffId, seq) => {
      await database.run((db) =>
        db
          .update(handoffs)
          .set({ endSeq: seq })
          .where(and(eq(handoffs.id, handoffId), isNull(handoffs.endSeq))),
      );
    },
  };
}
