import { randomUUID } from 'node:crypto';
import { and, asc, eq } from 'drizzle-orm';
import type { Database, Queries } from '../database/database.ts';
import { reminders } from '../database/schema/index.ts';
import type { Clock } from '../domain/clock.ts';
import { REMINDED_BY } from '../domain/platform-event.ts';
import {
  type DecentHours,
  decentFrom,
  type NewReminder,
  type ReminderKind,
  type Reminders,
  type ScheduleOutcome,
} from '../domain/reminder.ts';
import { makeDue, ownedBy, type ReminderRow, reminderOf, waiting } from './rows.ts';

const REPORTED: readonly ReminderKind[] = Object.values(REMINDED_BY);

export interface RemindersParts {
  database: Database;
  clock: Clock;
  hours: DecentHours;
}

/** Whether the platform reports such a thing, so that no time is needed. */
function isReportable({ kind, customerId }: NewReminder): boolean {
  return REPORTED.includes(kind) && (kind === 'maintenance-over' || customerId !== undefined);
}

async function findSame(tx: Queries, wish: NewReminder): Promise<ReminderRow | undefined> {
  const [same] = await tx
    .select()
    .from(reminders)
    .where(
      and(ownedBy(wish), eq(reminders.kind, wish.kind), eq(reminders.subject, wish.subject ?? ''), waiting),
    )
    .orderBy(asc(reminders.createdAt))
    .limit(1)
    .for('update');
  return same;
}

async function findByKey(tx: Queries, idempotencyKey: string): Promise<ReminderRow | undefined> {
  const [row] = await tx.select().from(reminders).where(eq(reminders.idempotencyKey, idempotencyKey));
  return row;
}

/** The customer's side of reminders, on the database. */
export function createReminders(
  parts: RemindersParts & {
    /** Whether the platform's events are taken at all. */
    eventsTaken: boolean;
  },
): Reminders {
  const { database, clock, hours, eventsTaken } = parts;

  const isAhead = ({ at }: NewReminder) => at !== undefined && at > clock.now();
  const canSchedule = (wish: NewReminder) => isAhead(wish) || (eventsTaken && isReportable(wish));

  async function keep(
    tx: Queries,
    wish: NewReminder,
    dueAt: Date | null,
    idempotencyKey: string,
  ): Promise<ScheduleOutcome> {
    const again = await findByKey(tx, idempotencyKey);
    if (again) return { kind: 'scheduled', reminder: reminderOf(again), already: false };
    const row = {
      id: randomUUID(),
      kind: wish.kind,
      state: 'waiting' as const,
      conversationId: wish.conversationId,
      customerId: wish.customerId ?? null,
      subject: wish.subject ?? '',
      about: wish.about ?? null,
      idempotencyKey,
      createdAt: clock.now(),
    };
    const same = await findSame(tx, wish);
    const made = same ? [] : await tx.insert(reminders).values(row).onConflictDoNothing().returning();
    // Whoever was quicker in another turn of the same moment has committed by now.
    const kept = same ?? made[0] ?? (await findSame(tx, wish)) ?? (await findByKey(tx, idempotencyKey));
    if (!kept) throw new Error('a reminder was neither made nor found');
    // What is due already stays so; a time that is told anew is the one that holds.
    const settled = dueAt && kept.eventId === null ? await makeDue(tx, clock, kept.id, { dueAt }) : undefined;
    return { kind: 'scheduled', reminder: reminderOf(settled ?? kept), already: made.length === 0 };
  }

  return {
    canSchedule,
    async schedule(wish, idempotencyKey) {
      const ahead = wish.at && isAhead(wish) ? decentFrom(wish.at, hours) : null;
      return database.transaction(async (tx): Promise<ScheduleOutcome> => {
        if (canSchedule(wish)) return keep(tx, wish, ahead, idempotencyKey);
        // Run again after its time has come, a turn finds what it made before.
        const made = await findByKey(tx, idempotencyKey);
        if (!made) return { kind: 'too-late' };
        return { kind: 'scheduled', reminder: reminderOf(made), already: false };
      });
    },
    async list(owner) {
      const rows = await database.run((db) =>
        db
          .select()
          .from(reminders)
          .where(and(ownedBy(owner), waiting))
          // Without a time comes last.
          .orderBy(asc(reminders.dueAt), asc(reminders.createdAt)),
      );
      return rows.map(reminderOf);
    },
    async cancel(id, owner) {
      const cancelled = await database.run((db) =>
        db
          .update(reminders)
          .set({ state: 'cancelled', endedAt: clock.now() })
          .where(and(eq(reminders.id, id), ownedBy(owner), waiting))
          .returning({ id: reminders.id }),
      );
      return cancelled.length > 0;
    },
  };
}
