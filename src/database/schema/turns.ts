import {
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
} from 'drizzle-orm/pg-core';
import type { TopicEnd } from '../../domain/insight.ts';
import type { Decision, Intent, RankedIntent } from '../../domain/intent.ts';
import type { BlockerCode } from '../../domain/platform.ts';
import { instant } from './instant.ts';

/** What reports know of each turn; one line per answered message, however often it was run. */
export const turns = pgTable(
  'turns',
  {
    conversationId: text('conversation_id').notNull(),
    seq: integer('seq').notNull(),
    at: instant('at').notNull(),
    channel: text('channel').notNull(),
    locale: text('locale').notNull(),
    known: boolean('known').notNull(),
    origin: text('origin').$type<'customer' | 'system'>().notNull(),
    topic: text('topic'),
    step: text('step'),
    intent: text('intent').$type<Intent>(),
    confidence: doublePrecision('confidence'),
    decision: text('decision').$type<Decision>(),
    ranking: jsonb('ranking').$type<RankedIntent[]>().notNull(),
    answered: boolean('answered'),
    entered: jsonb('entered').$type<string[]>().notNull(),
    ended: jsonb('ended').$type<TopicEnd[]>().notNull(),
    causes: jsonb('causes').$type<BlockerCode[]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.conversationId, table.seq] }), index('turns_at').on(table.at)],
);
