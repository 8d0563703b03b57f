import { and, asc, eq, inArray, isNotNull, isNull, lt, ne, notInArray, type SQL, sql } from 'drizzle-orm';
import type { Queries } from '../database/database.ts';
import { handoffs, presence } from '../database/schema/index.ts';
import type { DeskSettings, ServiceTargets } from '../domain/desk.ts';
import type { SlaClock } from '../domain/handoff.ts';
import { HEARTBEAT_MS, lockPresence } from './agents.ts';
import { type NewDeskEvent, take, writeEvents } from './change.ts';
import type { DeskParts } from './index.ts';
import { changePresence } from './presence.ts';
import { putBack, withdrawOffer } from './requeue.ts';
import { lockHandoff } from './rows.ts';
import { groupsIn, settingsIn } from './settings.ts';

const SYSTEM = 'system';
const MOST = 100;

/**
 * What people at the desk have let go by: consoles that are gone, offers not accepted, customers not answered,
 * time limits. Each is looked at again under its lock, so any number of processes may do this at once.
 */
export function overdue({ database, clock, defaults }: Pick<DeskParts, 'database' | 'clock' | 'defaults'>) {
  const before = (seconds: number) => new Date(clock.now().getTime() - seconds * 1000);
  const isBefore = (at: Date | null, limit: Date) => at !== null && at < limit;

  async function goneAgents(): Promise<void> {
    const limit = new Date(clock.now().getTime() - HEARTBEAT_MS);
    const unheard = and(ne(presence.presence, 'offline'), lt(presence.heartbeatAt, limit));
    const gone = await database.run((db) =>
      db.select({ id: presence.staffId }).from(presence).where(unheard).limit(MOST),
    );
    for (const { id } of gone)
      await database.transaction(async (tx) => {
        const row = await lockPresence(tx, id);
        if (!row || row.presence === 'offline' || row.heartbeatAt >= limit) return;
        const to = { presence: 'offline', actor: SYSTEM, cause: 'agent-gone', why: 'gone' } as const;
        await writeEvents(tx, clock, await changePresence(tx, clock, row, to));
      });
  }

  /** Whoever lets chats wait is given no more until they say that they are back. */
  async function setBusy(tx: Queries, staffId: string, why: string): Promise<NewDeskEvent[]> {
    const row = await lockPresence(tx, staffId);
    if (row?.presence !== 'online') return [];
    return changePresence(tx, clock, row, { presence: 'busy', actor: SYSTEM, why });
  }

  async function missedOffers({ acceptSeconds }: DeskSettings): Promise<void> {
    const limit = before(acceptSeconds);
    const rows = await database.run((db) =>
      db
        .select({ id: handoffs.id, offeredTo: handoffs.offeredTo })
        .from(handoffs)
        .where(and(isNotNull(handoffs.offeredTo), lt(handoffs.offeredAt, limit)))
        .orderBy(asc(handoffs.ticket))
        .limit(MOST),
    );
    for (const { id, offeredTo } of rows)
      await database.transaction(async (tx) => {
        if (offeredTo === null) return;
        // Their row first, as everywhere.
        const events = await setBusy(tx, offeredTo, 'missed');
        const row = await lockHandoff(tx, id);
        const isStill = row?.offeredTo === offeredTo && isBefore(row.offeredAt, limit);
        if (row && isStill) events.push(await withdrawOffer(tx, clock, row, SYSTEM));
        await writeEvents(tx, clock, events);
      });
  }

  async function silentAgents({ silentSeconds }: DeskSettings): Promise<void> {
    const limit = before(silentSeconds);
    const waiting = and(eq(handoffs.state, 'active'), lt(handoffs.waitingSince, limit));
    const rows = await database.run((db) =>
      db
        .select({ id: handoffs.id, staffId: handoffs.assignedTo })
        .from(handoffs)
        .where(waiting)
        .orderBy(asc(handoffs.ticket))
        .limit(MOST),
    );
    for (const { id, staffId } of rows)
      await database.transaction(async (tx) => {
        if (staffId === null) return;
        const locked = await lockPresence(tx, staffId);
        const row = await lockHandoff(tx, id);
        const isStill = row?.state === 'active' && row.assignedTo === staffId;
        if (!row || !isStill || !isBefore(row.waitingSince, limit)) return;
        const events = [await putBack(tx, clock, row, { cause: 'agent-silent', actor: SYSTEM })];
        if (locked?.presence === 'online') events.unshift(...(await setBusy(tx, staffId, 'silent')));
        await writeEvents(tx, clock, events);
      });
  }

  async function breach(sla: SlaClock, isOver: ReturnType<typeof and>): Promise<void> {
    const unmarked = sql`not ${handoffs.breaches} @> ${JSON.stringify([sla])}::jsonb`;
    const where = and(isOver, unmarked);
    const rows = await database.run((db) =>
      db.select({ id: handoffs.id }).from(handoffs).where(where).limit(MOST),
    );
    for (const { id } of rows)
      await database.transaction(async (tx) => {
        const row = await lockHandoff(tx, id);
        if (!row || row.breaches.includes(sla)) return;
        const set = { breaches: [...row.breaches, sla] };
        await take(tx, clock, row, { set, type: 'sla-breached', actor: SYSTEM, data: { clock: sla } });
      });
  }

  /** Of some groups, which keep to the same targets. */
  async function breaches(of: SQL | undefined, targets: ServiceTargets): Promise<void> {
    const live = and(of, inArray(handoffs.state, ['queued', 'active']));
    const { firstReplySeconds, nextReplySeconds, resolutionMinutes } = targets;
    const from = sql`coalesce(${handoffs.slaFrom}, ${handoffs.requestedAt})`;
    await breach(
      'first-reply',
      and(live, isNull(handoffs.firstReplyAt), lt(from, before(firstReplySeconds))),
    );
    await breach(
      'next-reply',
      and(live, isNotNull(handoffs.firstReplyAt), lt(handoffs.waitingSince, before(nextReplySeconds))),
    );
    await breach('resolution', and(live, lt(from, before(resolutionMinutes * 60))));
  }

  async function allBreaches(settings: DeskSettings): Promise<void> {
    const own = (await database.run(groupsIn)).flatMap(({ id, targets }) =>
      targets ? [{ id, targets }] : [],
    );
    const ids = own.map(({ id }) => id);
    await breaches(ids.length > 0 ? notInArray(handoffs.group, ids) : undefined, settings);
    for (const { id, targets } of own) await breaches(eq(handoffs.group, id), targets);
  }

  return async function lookForOverdue(): Promise<void> {
    const settings = await database.run((db) => settingsIn(db, defaults));
    await goneAgents();
    await missedOffers(settings);
    await silentAgents(settings);
    await allBreaches(settings);
  };
}
