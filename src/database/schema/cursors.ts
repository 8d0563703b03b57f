import { pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './instant.ts';

/** How far what is fetched from messaging platforms has been read. */
export const cursors = pgTable('cursors', {
  name: text('name').primaryKey(),
  cursor: text('cursor').notNull(),
  savedAt: instant('saved_at').notNull(),
});
