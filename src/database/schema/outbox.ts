import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './instant.ts';

/** What must be told to somebody outside the database, written with the change that causes it. */
export const outbox = pgTable(
  'outbox',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    kind: text('kind').notNull(),
    /** Rows of one kind under one key are delivered in the order they were written. */
    orderingKey: text('ordering_key').notNull(),
    payload: jsonb('payload').$type<unknown>().notNull(),
    idempotencyKey: text('idempotency_key').notNull().unique('outbox_idempotency_key_unique'),
    /** Grows with each claim, so that it also tells one claim from the next. */
    attempts: integer('attempts').notNull().default(0),
    nextAttemptAt: instant('next_attempt_at').notNull(),
    /** A code, never a text: texts of errors may quote what was sent. */
    lastError: text('last_error'),
    doneAt: instant('done_at'),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    index('outbox_waiting').on(table.orderingKey, table.kind, table.id).where(sql`${table.doneAt} is null`),
    index('outbox_due').on(table.nextAttemptAt).where(sql`${table.doneAt} is null`),
    index('outbox_done').on(table.doneAt).where(sql`${table.doneAt} is not null`),
  ],
);
