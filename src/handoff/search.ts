import { and, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { type ArchivedLine, handoffs, transcripts } from '../database/schema/index.ts';
import { namesOf } from './rows.ts';
import type { FoundTranscript } from './transcripts.ts';

export interface ConversationSearch {
  /** Words that all have to occur, apart by spaces. */
  words: string;
  /** Only chats of these groups; absent = of all. */
  groups?: readonly string[] | undefined;
  /** Goes on after the last one of a page. */
  after?: { endedAt: string; handoffId: string } | undefined;
  limit: number;
}

/** Talks that are over and have all the words, newest first, a page at a time. */
export type SearchTranscripts = (search: ConversationSearch) => Promise<FoundTranscript[]>;

const MOST_WORDS = 8;
const MOST_HITS = 3;
const literal = (word: string) => `%${word.replace(/[\\%_]/g, '\\$&')}%`;

function older({ endedAt, handoffId }: NonNullable<ConversationSearch['after']>): SQL {
  const at = new Date(endedAt).toISOString();
  return sql`(${transcripts.endedAt}, ${transcripts.handoffId}) < (${at}::timestamptz, ${handoffId}::uuid)`;
}

export function createSearch({ database }: { database: Database }): SearchTranscripts {
  return async ({ words, groups, after, limit }) => {
    const wanted = words.toLowerCase().split(/\s+/).filter(Boolean).slice(0, MOST_WORDS);
    if (groups?.length === 0) return [];
    return database.run(async (db) => {
      const rows = await db
        .select({ transcript: transcripts, agentId: handoffs.assignedTo })
        .from(transcripts)
        .innerJoin(handoffs, eq(handoffs.id, transcripts.handoffId))
        .where(
          and(
            ...wanted.map((word) => sql`${transcripts.words} like ${literal(word)}`),
            groups && inArray(transcripts.group, [...groups]),
            after && older(after),
          ),
        )
        .orderBy(desc(transcripts.endedAt), desc(transcripts.handoffId))
        .limit(limit);
      const names = await namesOf(
        db,
        rows.map(({ agentId }) => agentId),
      );
      return rows.map(({ transcript: { lines, words: _, endedAt, customerId, ...one }, agentId }) => {
        const has = ({ text }: ArchivedLine) => wanted.some((word) => text.toLowerCase().includes(word));
        const hits = lines.filter(has).slice(0, MOST_HITS);
        const agent = names.get(agentId ?? '');
        return { ...one, customerId: customerId ?? undefined, endedAt: endedAt.toISOString(), agent, hits };
      });
    });
  };
}
