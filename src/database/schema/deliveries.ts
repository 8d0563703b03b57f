import { sql } from 'drizzle-orm';
import { index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import type { DeliveryWait } from '../../domain/delivery.ts';
import { instant } from './instant.ts';

/** Where the delivery of each conversation in a messaging app stands. */
export const deliveries = pgTable(
  'deliveries',
  {
    conversationId: text('conversation_id').primaryKey(),
    channel: text('channel').notNull(),
    userId: text('user_id').notNull(),
    /** Of channels that need more than the user to reach them. */
    address: text('address'),
    sentSeq: integer('sent_seq').notNull().default(0),
    batchTo: integer('batch_to'),
    batchPart: integer('batch_part').notNull().default(0),
    attempts: integer('attempts').notNull().default(0),
    remaining: integer('remaining').notNull(),
    windowUntil: instant('window_until').notNull(),
    /** Null: nothing is to be done. */
    dueAt: instant('due_at'),
    /** Grows with each reason to look at the log, so that one that comes while somebody looks is not lost. */
    expected: integer('expected').notNull().default(0),
    /** What `expected` was when the present work began. */
    claimedAt: integer('claimed_at').notNull().default(0),
    fence: integer('fence').notNull().default(0),
    leaseUntil: instant('lease_until'),
    waits: text('waits').$type<DeliveryWait>(),
  },
  (table) => [
    index('deliveries_due').on(table.dueAt).where(sql`${table.dueAt} is not null`),
    index('deliveries_waiting').on(table.waits).where(sql`${table.waits} is not null`),
  ],
);
