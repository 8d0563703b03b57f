import { index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './instant.ts';
import { staff } from './staff.ts';

/** 快捷回复: ready-made words for the composer, of everybody or of one member. */
export const quickReplies = pgTable(
  'quick_replies',
  {
    id: uuid('id').primaryKey(),
    /** Absent: everybody's. */
    ownerId: uuid('owner_id').references(() => staff.id),
    /** What is typed after `/`. */
    shortcut: text('shortcut').notNull(),
    title: text('title').notNull(),
    text: text('text').notNull(),
    locale: text('locale').notNull(),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull(),
  },
  (table) => [index('quick_replies_owner').on(table.ownerId)],
);
