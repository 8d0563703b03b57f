import { and, asc, desc, eq, gte, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { type ArchivedLine, handoffs, transcripts } from '../database/schema/index.ts';
import type { Clock } from '../domain/clock.ts';
import { type HandoffRow, isId, namesOf, storable } from './rows.ts';

/** One line of a conversation's log, as its store returns it. */
export interface LoggedLine {
  seq: number;
  origin: string;
  activity: {
    type: string;
    text?: string | undefined;
    timestamp?: unknown;
    from?: { name?: string | undefined } | undefined;
    attachments?: { name?: string | undefined }[] | undefined;
  };
}

/** Reads the log after a number. */
export type ReadLog = (conversationId: string, afterSeq: number, limit: number) => Promise<LoggedLine[]>;

export interface Transcript {
  handoffId: string;
  conversationId: string;
  customerId?: string | undefined;
  group: string;
  endedAt: string;
  lines: ArchivedLine[];
}

export interface TranscriptSearch {
  /** Words that all have to occur, apart by spaces; without them the latest are listed. */
  words?: string | undefined;
  customerId?: string | undefined;
  conversationId?: string | undefined;
  agentId?: string | undefined;
  group?: string | undefined;
  /** ISO-8601, of the end. */
  from?: string | undefined;
  to?: string | undefined;
  /** At most 100. */
  limit?: number | undefined;
}

/** A talk that was found: the lines that have a word of the search, else its first. */
export type FoundTranscript = Omit<Transcript, 'lines'> & {
  agent?: { id: string; number: string; name: string } | undefined;
  hits: ArchivedLine[];
};

export interface Transcripts {
  search(search: TranscriptSearch): Promise<FoundTranscript[]>;
  read(handoffId: string): Promise<Transcript | undefined>;
  /** Archives what has ended. Returns how many. */
  archive(readLog: ReadLog): Promise<number>;
  /** Deletes those that ended longer ago. Returns how many. */
  purge(retentionDays: number): Promise<number>;
}

const BATCH = 20;
const PAGE = 500;
/** An end that was not marked by then, because the conversation is gone, is archived as it is. */
const MARKED_WITHIN_MS = 10 * 60_000;
const MOST_HITS = 3;

function lineOf({ seq, origin, activity }: LoggedLine): ArchivedLine | undefined {
  if (activity.type !== 'message' || (origin !== 'customer' && origin !== 'bot' && origin !== 'agent'))
    return undefined;
  const files = (activity.attachments ?? []).map(({ name }) => `[${name ?? '文件'}]`);
  const text = [activity.text, ...files].filter(Boolean).join(' ');
  const from = origin === 'agent' ? activity.from?.name : undefined;
  return text
    ? { seq, at: String(activity.timestamp ?? ''), origin, ...(from && { from }), text }
    : undefined;
}

const pattern = (word: string) => `%${word.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;

export function createTranscripts({ database, clock }: { database: Database; clock: Clock }): Transcripts {
  async function linesOf(readLog: ReadLog, { conversationId, startSeq, endSeq }: HandoffRow) {
    const lines: ArchivedLine[] = [];
    for (let after = startSeq - 1; ; ) {
      const page = await readLog(conversationId, after, PAGE);
      for (const entry of page) {
        const line = entry.seq <= (endSeq ?? Number.POSITIVE_INFINITY) ? lineOf(entry) : undefined;
        if (line) lines.push({ ...line, text: storable(line.text) });
      }
      after = page.at(-1)?.seq ?? after;
      if (page.length < PAGE || (endSeq !== null && after >= endSeq)) return lines;
    }
  }

  async function archiveOne(readLog: ReadLog, row: HandoffRow): Promise<void> {
    const lines = await linesOf(readLog, row);
    const { id: handoffId, conversationId, customerId, group, endedAt } = row;
    const words = lines.map(({ text }) => text.toLowerCase()).join('\n');
    await database.transaction(async (tx) => {
      const at = endedAt ?? clock.now();
      await tx
        .insert(transcripts)
        .values({ handoffId, conversationId, customerId, group, endedAt: at, lines, words })
        .onConflictDoNothing();
      await tx.update(handoffs).set({ archivedAt: clock.now() }).where(eq(handoffs.id, handoffId));
    });
  }

  function wanted(search: TranscriptSearch, words: readonly string[]): SQL | undefined {
    const { customerId, conversationId, agentId, group, from, to } = search;
    return and(
      ...words.map((word) => sql`${transcripts.words} like ${pattern(word)}`),
      customerId === undefined ? undefined : eq(transcripts.customerId, customerId),
      conversationId === undefined ? undefined : eq(transcripts.conversationId, conversationId),
      agentId === undefined ? undefined : eq(handoffs.assignedTo, agentId),
      group === undefined ? undefined : eq(transcripts.group, group),
      from === undefined ? undefined : gte(transcripts.endedAt, new Date(from)),
      to === undefined ? undefined : lt(transcripts.endedAt, new Date(to)),
    );
  }

  return {
    search: (search) =>
      database.run(async (db) => {
        const words = (search.words ?? '').split(/\s+/).filter(Boolean).slice(0, 8);
        const rows = await db
          .select({ transcript: transcripts, agentId: handoffs.assignedTo })
          .from(transcripts)
          .innerJoin(handoffs, eq(handoffs.id, transcripts.handoffId))
          .where(wanted(search, words))
          .orderBy(desc(transcripts.endedAt))
          .limit(Math.min(search.limit ?? 50, 100));
        const names = await namesOf(
          db,
          rows.map(({ agentId }) => agentId),
        );
        return rows.map(({ transcript: { lines, words: _, endedAt, customerId, ...one }, agentId }) => {
          const has = ({ text }: ArchivedLine) =>
            words.some((word) => text.toLowerCase().includes(word.toLowerCase()));
          const hits = (words.length > 0 ? lines.filter(has) : lines).slice(0, MOST_HITS);
          const agent = names.get(agentId ?? '');
          return { ...one, customerId: customerId ?? undefined, endedAt: endedAt.toISOString(), agent, hits };
        });
      }),
    read: (handoffId) =>
      database.run(async (db) => {
        if (!isId(handoffId)) return undefined;
        const [row] = await db.select().from(transcripts).where(eq(transcripts.handoffId, handoffId));
        if (!row) return undefined;
        const { words: _, endedAt, customerId, ...one } = row;
        return { ...one, customerId: customerId ?? undefined, endedAt: endedAt.toISOString() };
      }),
    async archive(readLog) {
      const unmarked = new Date(clock.now().getTime() - MARKED_WITHIN_MS);
      const rows = await database.run((db) =>
        db
          .select()
          .from(handoffs)
          .where(
            and(
              eq(handoffs.state, 'closed'),
              isNull(handoffs.archivedAt),
              or(isNotNull(handoffs.endSeq), lt(handoffs.endedAt, unmarked)),
            ),
          )
          .orderBy(asc(handoffs.endedAt))
          .limit(BATCH),
      );
      for (const row of rows) await archiveOne(readLog, row);
      return rows.length;
    },
    async purge(retentionDays) {
      const before = new Date(clock.now().getTime() - retentionDays * 86_400_000);
      const gone = await database.run((db) =>
        db
          .delete(transcripts)
          .where(lt(transcripts.endedAt, before))
          .returning({ id: transcripts.handoffId }),
      );
      return gone.length;
    },
  };
}
