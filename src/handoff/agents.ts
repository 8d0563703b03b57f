import { and, asc, eq, gt, isNotNull, or, sql } from 'drizzle-orm';
import type { Queries } from '../database/database.ts';
import { handoffs, presence, staff } from '../database/schema/index.ts';
import type { AgentAtDesk } from '../domain/desk.ts';
import { mayDo } from '../domain/staff.ts';

/** Whose console has not been heard of for so long is gone. */
export const HEARTBEAT_MS = 60_000;

export type PresenceRow = typeof presence.$inferSelect;

/** Whether the console was heard of lately. */
export const isHeard = (now: Date) => gt(presence.heartbeatAt, new Date(now.getTime() - HEARTBEAT_MS));

/** Somebody's row, held until the end of the transaction: nobody else gives them a chat meanwhile. */
export async function lockPresence(tx: Queries, staffId: string): Promise<PresenceRow | undefined> {
  const [row] = await tx.select().from(presence).where(eq(presence.staffId, staffId)).for('update');
  return row;
}

/** Chats that somebody has or is offered, which is what capacity is measured by. */
export async function loadOf(db: Queries, staffId: string): Promise<number> {
  const [row] = await db
    .select({ load: sql<number>`count(*)::int` })
    .from(handoffs)
    .where(
      or(
        and(eq(handoffs.assignedTo, staffId), eq(handoffs.state, 'active')),
        eq(handoffs.offeredTo, staffId),
      ),
    );
  return row?.load ?? 0;
}

export interface Load {
  active: number;
  offered: number;
}

/** The loads of all who have any, by id. */
export async function loadsIn(db: Queries): Promise<ReadonlyMap<string, Load>> {
  const whose = sql<string>`coalesce(${handoffs.offeredTo}, ${handoffs.assignedTo})`;
  const rows = await db
    .select({
      staffId: whose,
      active: sql<number>`(count(*) filter (where ${handoffs.state} = 'active'))::int`,
      offered: sql<number>`(count(*) filter (where ${handoffs.offeredTo} is not null))::int`,
    })
    .from(handoffs)
    .where(or(eq(handoffs.state, 'active'), isNotNull(handoffs.offeredTo)))
    .groupBy(whose);
  return new Map(rows.map(({ staffId, ...load }) => [staffId, load]));
}

/** Everybody who may take chats, with what they are busy with. */
export async function agentsIn(db: Queries, now: Date): Promise<AgentAtDesk[]> {
  const members = await db
    .select({ member: staff, at: presence })
    .from(staff)
    .leftJoin(presence, eq(presence.staffId, staff.id))
    .where(eq(staff.active, true))
    .orderBy(asc(staff.number));
  const loads = await loadsIn(db);
  const heardAfter = now.getTime() - HEARTBEAT_MS;
  return members
    .filter(({ member }) => mayDo(member.roles, 'chat'))
    .map(({ member, at }): AgentAtDesk => {
      const { id, number, name, roles, groups, skills, capacity } = member;
      const load = loads.get(id);
      const here = at && at.heartbeatAt.getTime() > heardAfter ? at.presence : 'offline';
      const base = { id, number, name, roles, groups, skills, capacity, presence: here };
      const busy = load ?? { active: 0, offered: 0 };
      return { ...base, ...busy, since: at?.since.toISOString() };
    });
}
