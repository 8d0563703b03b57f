import { and, desc, eq, gte, inArray, lt, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { type ArchivedLine, handoffs, transcripts } from '../database/schema/index.ts';
import type { StaffName } from '../domain/desk.ts';
import type { WrapUpCode } from '../domain/handoff.ts';
import { namesOf } from './rows.ts';
import type { Transcript } from './transcripts.ts';

export interface ConversationSearch {
  /** Words that all have to occur, apart by spaces; without them the latest are listed. */
  words?: string | undefined;
  /** Only chats of these groups; absent = of all. */
  groups?: readonly string[] | undefined;
  /** Who had it last. */
  agentId?: string | undefined;
  customerId?: string | undefined;
  /** ISO-8601, of the end. */
  from?: string | undefined;
  to?: string | undefined;
  /** Goes on after the last one of a page. */
  after?: { endedAt: string; handoffId: string } | undefined;
  limit: number;
}

/** A talk that was found: the lines that have a word of the search, else its first. */
export interface FoundTranscript extends Omit<Transcript, 'lines'> {
  requestedAt: string;
  reason?: string | undefined;
  topic?: string | undefined;
  agent?: StaffName | undefined;
  wrapUpCode?: WrapUpCode | undefined;
  /** 1 … 5, by the customer. */
  score?: number | undefined;
  hits: ArchivedLine[];
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

function conditionOf(search: ConversationSearch, wanted: readonly string[]): SQL | undefined {
  const { groups, agentId, customerId, from, to, after } = search;
  return and(
    ...wanted.map((word) => sql`${transcripts.words} like ${literal(word)}`),
    groups && inArray(transcripts.group, [...groups]),
    agentId === undefined ? undefined : eq(handoffs.assignedTo, agentId),
    customerId === undefined ? undefined : eq(transcripts.customerId, customerId),
    from === undefined ? undefined : gte(transcripts.endedAt, new Date(from)),
    to === undefined ? undefined : lt(transcripts.endedAt, new Date(to)),
    after && older(after),
  );
}

export function createSearch({ database }: { database: Database }): SearchTranscripts {
  return async (search) => {
    const { words = '', groups, limit } = search;
    const wanted = words.toLowerCase().split(/\s+/).filter(Boolean).slice(0, MOST_WORDS);
    if (groups?.length === 0) return [];
    return database.run(async (db) => {
      const rows = await db
        .select({ transcript: transcripts, handoff: handoffs })
        .from(transcripts)
        .innerJoin(handoffs, eq(handoffs.id, transcripts.handoffId))
        .where(conditionOf(search, wanted))
        .orderBy(desc(transcripts.endedAt), desc(transcripts.handoffId))
        .limit(limit);
      const names = await namesOf(
        db,
        rows.map(({ handoff }) => handoff.assignedTo),
      );
      return rows.map(({ transcript, handoff }): FoundTranscript => {
        const { handoffId, conversationId, customerId, group, endedAt, lines } = transcript;
        const has = ({ text }: ArchivedLine) => wanted.some((word) => text.toLowerCase().includes(word));
        return {
          ...{ handoffId, conversationId, group },
          customerId: customerId ?? undefined,
          requestedAt: handoff.requestedAt.toISOString(),
          endedAt: endedAt.toISOString(),
          reason: handoff.reason ?? undefined,
          topic: handoff.topic ?? undefined,
          agent: names.get(handoff.assignedTo ?? ''),
          wrapUpCode: handoff.wrapUpCode ?? undefined,
          score: handoff.ratingScore ?? undefined,
          hits: (wanted.length > 0 ? lines.filter(has) : lines).slice(0, MOST_HITS),
        };
      });
    });
  };
}
