import { and, asc, eq, or } from 'drizzle-orm';
import type { Database, Queries } from '../database/database.ts';
import { handoffs, presence } from '../database/schema/index.ts';
import type { Clock } from '../domain/clock.ts';
import type { AgentAtDesk } from '../domain/desk.ts';
import type { RequeueCause } from '../domain/handoff.ts';
import { auditName, type Presence, type StaffActor } from '../domain/staff.ts';
import { agentsIn, lockPresence, type PresenceRow } from './agents.ts';
import { type NewDeskEvent, writeEvents } from './change.ts';
import { putBack, withdrawOffer } from './requeue.ts';

/** Sets somebody's presence; returns the events. What they cannot keep goes back to the head of the queue. */
export async function changePresence(
  tx: Queries,
  clock: Clock,
  row: PresenceRow,
  to: { presence: Presence; actor: string; cause?: RequeueCause; why?: string },
): Promise<NewDeskEvent[]> {
  const now = clock.now();
  const { staffId } = row;
  await tx.update(presence).set({ presence: to.presence, since: now }).where(eq(presence.staffId, staffId));
  const data = { presence: to.presence, ...(to.why && { why: to.why }) };
  const events: NewDeskEvent[] = [{ type: 'presence', actor: to.actor, staffId, data }];
  if (to.presence === 'online') return events;
  const held = await tx
    .select()
    .from(handoffs)
    .where(
      or(
        eq(handoffs.offeredTo, staffId),
        and(eq(handoffs.assignedTo, staffId), eq(handoffs.state, 'active')),
      ),
    )
    .orderBy(asc(handoffs.ticket))
    .for('no key update');
  for (const chat of held) {
    if (chat.state === 'queued') events.push(await withdrawOffer(tx, clock, chat, to.actor));
    // Busy or in a break they go on with what they have.
    else if (to.presence === 'offline')
      events.push(await putBack(tx, clock, chat, { cause: to.cause ?? 'agent-left', actor: to.actor }));
  }
  return events;
}

/** Who is at the desk, as each member says it and as their console is heard of. */
export interface DeskPresence {
  /** Being heard of again does not bring back online: that is said. */
  setPresence(actor: StaffActor, presence: Presence): Promise<void>;
  /** Every 20 seconds from an open console; without one for a minute, its chats go to others. */
  heartbeat(actor: StaffActor): Promise<void>;
  agents(): Promise<AgentAtDesk[]>;
}

export function deskPresence(parts: { database: Database; clock: Clock; kick: () => void }): DeskPresence {
  const { database, clock, kick } = parts;
  return {
    async setPresence(actor, wanted) {
      await database.transaction(async (tx) => {
        const now = clock.now();
        await tx
          .insert(presence)
          .values({ staffId: actor.id, presence: 'offline', since: now, heartbeatAt: now })
          .onConflictDoUpdate({ target: presence.staffId, set: { heartbeatAt: now } });
        const row = await lockPresence(tx, actor.id);
        if (!row || row.presence === wanted) return;
        const by = { presence: wanted, actor: auditName(actor) };
        await writeEvents(tx, clock, await changePresence(tx, clock, row, by));
      });
      kick();
    },
    async heartbeat(actor) {
      const now = clock.now();
      await database.run((db) =>
        db.update(presence).set({ heartbeatAt: now }).where(eq(presence.staffId, actor.id)),
      );
    },
    agents: () => database.run((db) => agentsIn(db, clock.now())),
  };
}
