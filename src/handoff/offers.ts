import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Queries } from '../database/database.ts';
import { deskHead, handoffs, presence, staff } from '../database/schema/index.ts';
import type { AgentAtDesk } from '../domain/desk.ts';
import { mayTake } from '../domain/handoff-rules.ts';
import { mayDo } from '../domain/staff.ts';
import { agentsIn, isHeard, loadsIn } from './agents.ts';
import { advance, eventOf, type NewDeskEvent, writeEvents } from './change.ts';
import type { DeskParts } from './index.ts';
import { type HandoffRow, inOrder } from './rows.ts';
import { groupsIn } from './settings.ts';

/** Any number that nothing else locks. */
const ROUND_LOCK = 7_215_908_214;
/** Of one group in one round. */
const MOST = 50;

interface FreeAgent {
  id: string;
  groups: string[];
  skills: string[];
  free: number;
  load: number;
  servedAt: number;
}

/**
 * Everybody who is online, locked; whoever is given a chat at this very moment is passed over. Everywhere people
 * are locked before chats, and chats before the number of the events, so that nobody waits in a circle.
 */
async function freeAgents(tx: Queries, now: Date): Promise<FreeAgent[]> {
  const there = await tx
    .select({ at: presence, member: staff })
    .from(presence)
    .innerJoin(staff, eq(staff.id, presence.staffId))
    .where(and(eq(presence.presence, 'online'), eq(staff.active, true), isHeard(now)))
    .orderBy(presence.staffId)
    .for('update', { of: presence, skipLocked: true });
  // Nobody locked gets another chat meanwhile.
  const loads = await loadsIn(tx);
  return there
    .filter(({ member }) => mayDo(member.roles, 'chat'))
    .map(({ at, member: { id, groups, skills, capacity } }) => {
      const { active = 0, offered = 0 } = loads.get(id) ?? {};
      const load = active + offered;
      return { id, groups, skills, free: capacity - load, load, servedAt: at.servedAt?.getTime() ?? 0 };
    });
}

/** Whoever had the customer before, else the one with the fewest chats, else who has waited longest. */
function bestFor(
  row: HandoffRow,
  agents: readonly FreeAgent[],
  online: readonly AgentAtDesk[],
): FreeAgent | undefined {
  const serves = ({ groups }: { groups: string[] }) => groups.includes(row.group);
  const present = online.filter(serves).map(({ skills }) => skills);
  const able = agents.filter(
    (agent) => serves(agent) && agent.free > 0 && mayTake(agent.skills, row.skills, present),
  );
  const known = able.find(({ id }) => id === row.assignedTo);
  return known ?? able.sort((a, b) => a.load - b.load || a.servedAt - b.servedAt)[0];
}

async function headOf(tx: Queries, group: string, limit: number): Promise<HandoffRow[]> {
  return (
    tx
      .select()
      .from(handoffs)
      .where(and(eq(handoffs.state, 'queued'), eq(handoffs.group, group), isNull(handoffs.offeredTo)))
      .orderBy(inOrder)
      .limit(limit)
      // Waits for whoever is just writing to one of them: passing over it would be unfair.
      .for('no key update')
  );
}

/**
 * One round of the automatic assignment: the heads of the queues are offered to those who have room. One process
 * at a time does it, so that who came first is asked for first. Returns how many were offered.
 */
export function offerRound({ database, clock }: Pick<DeskParts, 'database' | 'clock'>): Promise<number> {
  return database.transaction(async (tx) => {
    const [waiting] = await tx
      .select({ id: handoffs.id })
      .from(handoffs)
      .where(and(eq(handoffs.state, 'queued'), isNull(handoffs.offeredTo)))
      .limit(1);
    if (!waiting) return 0;
    const [lock] = await tx
      .select({ mine: sql<boolean>`pg_try_advisory_xact_lock(${ROUND_LOCK}::bigint)` })
      .from(sql`(select 1) as one`);
    if (!lock?.mine) return 0;
    // Whoever was in the queue by then is considered, which is how fairness can be checked afterwards.
    const [head] = await tx.select({ seq: deskHead.seq }).from(deskHead);
    const now = clock.now();
    const online = (await agentsIn(tx, now)).filter(({ presence: at }) => at === 'online');
    const agents = await freeAgents(tx, now);
    const events: NewDeskEvent[] = [];
    for (const { id: group, autoAssign } of await groupsIn(tx)) {
      const serving = agents.filter(({ free, groups }) => free > 0 && groups.includes(group));
      for (const row of autoAssign && serving.length > 0 ? await headOf(tx, group, MOST) : []) {
        const agent = bestFor(row, agents, online);
        if (!agent) continue;
        agent.free--;
        agent.load++;
        agent.servedAt = now.getTime() + events.length;
        const changed = await advance(tx, clock, row, { set: { offeredTo: agent.id, offeredAt: now } });
        const data = { queueAt: head?.seq ?? 0, returned: row.returned };
        events.push(eventOf(changed, { set: {}, type: 'offered', actor: 'system', staffId: agent.id, data }));
        await tx
          .update(presence)
          .set({ servedAt: new Date(agent.servedAt) })
          .where(eq(presence.staffId, agent.id));
      }
    }
    await writeEvents(tx, clock, events);
    return events.length;
  });
}
