import { sql } from 'drizzle-orm';
import { check, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { PlatformEventType } from '../../domain/platform-event.ts';
import type { ReminderKind, ReminderState } from '../../domain/reminder.ts';
import { instant } from './instant.ts';

/** What customers want to be told later; the outbox has a message for each that has a time. */
export const reminders = pgTable(
  'reminders',
  {
    id: uuid('id').primaryKey(),
    kind: text('kind').$type<ReminderKind>().notNull(),
    state: text('state').$type<ReminderState>().notNull(),
    conversationId: text('conversation_id').notNull(),
    customerId: text('customer_id'),
    /** Empty = about nothing in particular. */
    subject: text('subject').notNull(),
    about: text('about'),
    dueAt: instant('due_at'),
    /** The platform's event that made it due. */
    eventId: text('event_id'),
    idempotencyKey: text('idempotency_key').notNull().unique('reminders_idempotency_key_unique'),
    createdAt: instant('created_at').notNull(),
    /** When it was told, cancelled or given up. */
    endedAt: instant('ended_at'),
  },
  (table) => [
    uniqueIndex('reminders_once')
      .on(table.conversationId, table.kind, table.subject)
      .where(sql`${table.state} = 'waiting'`),
    index('reminders_customer').on(table.customerId, table.kind).where(sql`${table.state} = 'waiting'`),
    index('reminders_ended').on(table.endedAt).where(sql`${table.state} <> 'waiting'`),
    index('reminders_kind').on(table.kind, table.subject).where(sql`${table.state} = 'waiting'`),
    check('reminders_state_known', sql`${table.state} in ('waiting', 'told', 'cancelled', 'gone')`),
  ],
);

/** Events that were taken, so that a repeated one is known. */
export const platformEvents = pgTable(
  'platform_events',
  {
    id: text('id').primaryKey(),
    type: text('type').$type<PlatformEventType>().notNull(),
    receivedAt: instant('received_at').notNull(),
  },
  (table) => [index('platform_events_age').on(table.receivedAt)],
);
