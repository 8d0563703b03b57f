import { randomUUID } from 'node:crypto';
import { and, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm';
import type { Queries } from '../database/database.ts';
import { handoffs } from '../database/schema/index.ts';
import { auditName, mayDo, type StaffActor } from '../domain/staff.ts';
import { assign, holderOf, makeRoom } from './assign.ts';
import type { DeskParts } from './index.ts';
import { carryOut, type DeskOutcome, done, type RowOutcome } from './outcome.ts';
import { type HandoffRow, inOrder, isId, lockHandoff } from './rows.ts';
import { settingsIn } from './settings.ts';

/** How agents come to have chats. */
export interface Claims {
  /** Takes a queued chat or a message: also how an offer is accepted. */
  claim(handoffId: string, actor: StaffActor): Promise<DeskOutcome>;
  /** Takes the first in the queues of the actor's groups that is offered to nobody else. */
  claimNext(actor: StaffActor): Promise<DeskOutcome>;
  /** Goes on with a closed one as a new hand-off of the actor. */
  reopen(handoffId: string, actor: StaffActor): Promise<DeskOutcome>;
}

export function claims(parts: DeskParts): Claims {
  const { clock, defaults } = parts;
  const work = (step: (tx: Queries) => Promise<RowOutcome>) => carryOut(parts, step);
  /** Under the lock on the actor, so that two claims of theirs cannot both find the last room. */
  async function claimLocked(
    tx: Queries,
    row: HandoffRow | undefined,
    actor: StaffActor,
    groups: readonly string[],
  ): Promise<RowOutcome> {
    if (!row) return { kind: 'unknown' };
    if (row.state === 'active' && row.assignedTo === actor.id) return done(row);
    const by = await holderOf(tx, row);
    if (by && by.id !== actor.id) return { kind: 'taken', by };
    if (row.state !== 'queued' && row.state !== 'message') return { kind: 'wrong-state', state: row.state };
    if (!groups.includes(row.group) && !mayDo(actor.roles, 'supervise') && row.offeredTo !== actor.id)
      return { kind: 'other-group', group: row.group };
    const to = { staffId: actor.id, actor: auditName(actor), type: 'accepted' as const };
    return done(await assign(tx, clock, row, to));
  }

  /** Of the queues that the actor serves; what another claim holds at this moment is passed over. */
  async function lockNext(tx: Queries, actor: StaffActor, groups: readonly string[], offered: boolean) {
    const mine = eq(handoffs.offeredTo, actor.id);
    const free = offered ? mine : or(isNull(handoffs.offeredTo), mine);
    const [row] = await tx
      .select()
      .from(handoffs)
      .where(and(eq(handoffs.state, 'queued'), inArray(handoffs.group, [...groups]), free))
      .orderBy(sql`${handoffs.offeredTo} nulls last`, inOrder)
      .limit(1)
      .for('no key update', { skipLocked: true });
    return row;
  }

  async function hasOffer(tx: Queries, actor: StaffActor): Promise<boolean> {
    const offered = and(eq(handoffs.state, 'queued'), eq(handoffs.offeredTo, actor.id));
    return (await tx.select({ id: handoffs.id }).from(handoffs).where(offered).limit(1)).length > 0;
  }

  async function isOwn(tx: Queries, handoffId: string, actor: StaffActor): Promise<boolean> {
    if (!isId(handoffId)) return false;
    const mine = or(eq(handoffs.offeredTo, actor.id), eq(handoffs.assignedTo, actor.id));
    const [row] = await tx
      .select({ state: handoffs.state, offeredTo: handoffs.offeredTo })
      .from(handoffs)
      .where(and(eq(handoffs.id, handoffId), mine));
    return row !== undefined && (row.offeredTo === actor.id || row.state === 'active');
  }

  async function openAgain(tx: Queries, row: HandoffRow, actor: StaffActor): Promise<HandoffRow | undefined> {
    const now = clock.now();
    const { reopenHours } = await settingsIn(tx, defaults);
    const lately = gt(handoffs.endedAt, new Date(now.getTime() - reopenHours * 3_600_000));
    const [fresh] = await tx
      .select()
      .from(handoffs)
      .where(and(eq(handoffs.id, row.id), lately));
    if (!fresh) return undefined;
    const { ticket: _, ...kept } = row;
    const [made] = await tx
      .insert(handoffs)
      .values({
        ...kept,
        id: randomUUID(),
        state: 'queued',
        reopens: row.id,
        requestedAt: now,
        queuedAt: now,
        slaFrom: null,
        firstReplyAt: null,
        lastReplyAt: null,
        endedAt: null,
        endedAs: null,
        wrapUpCode: null,
        summary: null,
        ratingScore: null,
        ratingReasons: null,
        breaches: [],
        startSeq: row.endSeq ?? row.startSeq,
        endSeq: null,
        archivedAt: null,
        idempotencyKey: `reopen:${row.id}:${row.version}`,
        version: 0,
      })
      // The customer has asked again meanwhile.
      .onConflictDoNothing()
      .returning();
    if (!made) return undefined;
    const to = { staffId: actor.id, actor: auditName(actor), type: 'accepted' as const };
    return assign(tx, clock, made, to);
  }

  return {
    claim: (handoffId, actor) =>
      work(async (tx) => {
        const room = await makeRoom(tx, actor.id, { own: await isOwn(tx, handoffId, actor) });
        if ('groups' in room) return claimLocked(tx, await lockHandoff(tx, handoffId), actor, room.groups);
        return room;
      }),
    claimNext: (actor) =>
      work(async (tx) => {
        // What is offered takes up room already: it is taken first, also by whoever has no more.
        const offered = await hasOffer(tx, actor);
        const room = await makeRoom(tx, actor.id, { own: offered });
        if (!('groups' in room)) return room;
        const next = room.groups.length > 0 ? await lockNext(tx, actor, room.groups, offered) : undefined;
        return next ? claimLocked(tx, next, actor, room.groups) : { kind: 'nothing' };
      }),
    reopen: (handoffId, actor) =>
      work(async (tx) => {
        const room = await makeRoom(tx, actor.id);
        if (!('groups' in room)) return room;
        const row = await lockHandoff(tx, handoffId);
        if (!row) return { kind: 'unknown' };
        if (row.state !== 'closed') return { kind: 'wrong-state', state: row.state };
        const again = await openAgain(tx, row, actor);
        return again ? done(again) : { kind: 'too-late' };
      }),
  };
}
