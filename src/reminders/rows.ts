import { and, eq, or } from 'drizzle-orm';
import type { Queries } from '../database/database.ts';
import { enqueueFor } from '../database/outbox.ts';
import { reminders } from '../database/schema/index.ts';
import type { Clock } from '../domain/clock.ts';
import type { Reminder, ReminderOwner } from '../domain/reminder.ts';

export type ReminderRow = typeof reminders.$inferSelect;

/** A row as dialogs see it. */
export function reminderOf(row: ReminderRow): Reminder {
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    about: row.about ?? undefined,
    dueAt: row.dueAt?.toISOString(),
  };
}

/** Rows of the conversation, and those of the same customer in other ones. */
export function ownedBy({ conversationId, customerId }: ReminderOwner) {
  const here = eq(reminders.conversationId, conversationId);
  return customerId === undefined ? here : or(here, eq(reminders.customerId, customerId));
}

export const waiting = eq(reminders.state, 'waiting');

/** Sets the time of a waiting reminder and has the outbox bring it then. */
export async function makeDue(
  tx: Queries,
  clock: Clock,
  id: string,
  due: Pick<ReminderRow, 'dueAt'> & Partial<Pick<ReminderRow, 'eventId'>>,
): Promise<ReminderRow | undefined> {
  const [row] = await tx
    .update(reminders)
    .set(due)
    .where(and(eq(reminders.id, id), waiting))
    .returning();
  if (!row?.dueAt) return row;
  await enqueueFor(tx, clock, row.dueAt, {
    kind: 'reminder',
    orderingKey: row.id,
    idempotencyKey: `reminder:${row.id}`,
    payload: { reminderId: row.id },
  });
  return row;
}
