import { and, asc, eq, inArray, isNull, lt, lte, or } from 'drizzle-orm';
import type { Queries } from '../database/database.ts';
import { platformEvents, reminders } from '../database/schema/index.ts';
import { type PlatformEvent, REMINDED_BY, type TakePlatformEvent } from '../domain/platform-event.ts';
import { decentFrom, type ReminderKind } from '../domain/reminder.ts';
import type { RemindersParts } from './reminders.ts';
import { makeDue, waiting } from './rows.ts';

/** Longer than the platform tries to deliver an event; older signatures are refused anyway. */
const KEEP_EVENTS_MS = 30 * 24 * 60 * 60 * 1000;

/** Clocks differ, and what has happened may be seen a little later; an older event is not what is waited for. */
const LATE_MS = 60 * 60 * 1000;

/** Waiting reminders that the event is about. A card that one side does not name is any card. */
function concerned(event: PlatformEvent, kind: ReminderKind) {
  const subject = event.type === 'maintenance-ended' ? event.announcementId : event.cardId;
  const customer =
    event.type === 'maintenance-ended' ? undefined : eq(reminders.customerId, event.customerId);
  const about =
    subject === undefined ? undefined : or(eq(reminders.subject, subject), eq(reminders.subject, ''));
  const before = lte(reminders.createdAt, new Date(Date.parse(event.occurredAt) + LATE_MS));
  return and(eq(reminders.kind, kind), customer, about, before, waiting);
}

/** Takes the platform's events: each once, with all that follows from it in one transaction. */
export function createPlatformEvents(
  parts: RemindersParts & {
    /** Called after a commit that made reminders due: `outbox.kick`. */
    kick: () => void;
  },
): TakePlatformEvent {
  const { database, clock, hours, kick } = parts;

  async function isNew(tx: Queries, { id, type }: PlatformEvent): Promise<boolean> {
    const now = clock.now();
    await tx
      .delete(platformEvents)
      .where(lt(platformEvents.receivedAt, new Date(now.getTime() - KEEP_EVENTS_MS)));
    const made = await tx
      .insert(platformEvents)
      .values({ id, type, receivedAt: now })
      .onConflictDoNothing()
      .returning();
    return made.length > 0;
  }

  async function makeAllDue(tx: Queries, event: PlatformEvent): Promise<number> {
    const rows = await tx
      .select({ id: reminders.id })
      .from(reminders)
      .where(and(concerned(event, REMINDED_BY[event.type]), isNull(reminders.eventId)))
      // In one order, so that two events at once wait for each other instead of dead-locking.
      .orderBy(asc(reminders.id))
      .for('update');
    const dueAt = decentFrom(clock.now(), hours);
    for (const { id } of rows) await makeDue(tx, clock, id, { dueAt, eventId: event.id });
    return rows.length;
  }

  /** The card is unbound: there is no cooling-off period left that could end. */
  async function endCoolingOff(tx: Queries, event: PlatformEvent): Promise<void> {
    const moot = await tx
      .select({ id: reminders.id })
      .from(reminders)
      .where(concerned(event, 'cooling-off-ending'))
      .orderBy(asc(reminders.id))
      .for('update');
    if (moot.length === 0) return;
    const ids = moot.map(({ id }) => id);
    await tx
      .update(reminders)
      .set({ state: 'cancelled', endedAt: clock.now() })
      .where(inArray(reminders.id, ids));
  }

  return async (event) => {
    const outcome = await database.transaction(async (tx) => {
      if (!(await isNew(tx, event))) return { kind: 'repeated' as const };
      if (event.type === 'unbound') await endCoolingOff(tx, event);
      return { kind: 'taken' as const, reminders: await makeAllDue(tx, event) };
    });
    if (outcome.kind === 'taken' && outcome.reminders > 0) kick();
    return outcome;
  };
}
