import { and, eq } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { NotBefore } from '../database/outbox-delivery.ts';
import { reminders } from '../database/schema/index.ts';
import type { Clock } from '../domain/clock.ts';
import {
  DEADLINE_LEAD_MS,
  type DecentHours,
  decentFrom,
  REMINDER_DUE,
  type ReminderEvent,
  type ReminderKind,
  type TellReminder,
} from '../domain/reminder.ts';
import { type ReminderRow, waiting } from './rows.ts';

export interface ReminderDeliveryParts {
  database: Database;
  clock: Clock;
  hours: DecentHours;
  tell: TellReminder;
}

const BUSY_PAUSE_MS = 30 * 60_000;

/** A deadline that is over by now is nothing to be reminded of. */
function isTooLate(kind: ReminderKind, dueAt: Date, now: Date): boolean {
  return kind === 'cooling-off-ending' && now.getTime() - dueAt.getTime() >= DEADLINE_LEAD_MS;
}

function eventOf({ id, kind, about, eventId }: ReminderRow): ReminderEvent {
  const cause = eventId === null ? 'time' : 'platform';
  const value = { reminderId: id, kind, cause, ...(about !== null && { about }) } as const;
  return { name: REMINDER_DUE, value, dedupeKey: `reminder:${id}` };
}

/**
 * The outbox's delivery of reminders: at a decent hour, to whoever is still there, unless it was cancelled.
 * May run again for one that was told: the conversation drops its event.
 */
export function deliverReminders(parts: ReminderDeliveryParts) {
  const { database, clock, hours, tell } = parts;

  async function finish(id: string, state: 'told' | 'gone' | 'cancelled'): Promise<void> {
    await database.run((db) =>
      db
        .update(reminders)
        .set({ state, endedAt: clock.now() })
        .where(and(eq(reminders.id, id), waiting)),
    );
  }

  return async ({ reminderId }: { reminderId: string }): Promise<void> => {
    const [row] = await database.run((db) =>
      db
        .select()
        .from(reminders)
        .where(and(eq(reminders.id, reminderId), waiting)),
    );
    if (!row?.dueAt) return;
    const now = clock.now();
    // A process that was away comes back at any hour.
    const at = decentFrom(new Date(Math.max(row.dueAt.getTime(), now.getTime())), hours);
    if (at > now) throw new NotBefore(at);
    if (isTooLate(row.kind, row.dueAt, now)) return finish(row.id, 'cancelled');
    const told = await tell(row.conversationId, eventOf(row));
    if (told === 'busy') throw new NotBefore(new Date(now.getTime() + BUSY_PAUSE_MS));
    await finish(row.id, told);
  };
}
