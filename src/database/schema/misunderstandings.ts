import { doublePrecision, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Unclear } from '../../domain/insight.ts';
import type { Decision, Intent, RankedIntent } from '../../domain/intent.ts';
import { instant } from './instant.ts';

/** What customers said, masked, that was not understood, or not rightly; one line per utterance. */
export const misunderstandings = pgTable(
  'misunderstandings',
  {
    conversationId: text('conversation_id').notNull(),
    seq: integer('seq').notNull(),
    at: instant('at').notNull(),
    locale: text('locale').notNull(),
    text: text('text').notNull(),
    why: text('why').$type<Unclear>().notNull(),
    meant: text('meant').$type<Intent>(),
    topic: text('topic'),
    step: text('step'),
    intent: text('intent').$type<Intent>().notNull(),
    confidence: doublePrecision('confidence').notNull(),
    decision: text('decision').$type<Decision>().notNull(),
    ranking: jsonb('ranking').$type<RankedIntent[]>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.conversationId, table.seq] }),
    index('misunderstandings_at').on(table.at),
  ],
);
