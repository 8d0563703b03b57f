import { and, asc, eq, isNotNull, isNull, lt, or } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { type ArchivedLine, handoffs, transcripts } from '../database/schema/index.ts';
import type { Clock } from '../domain/clock.ts';
import { type HandoffRow, isId, storable } from './rows.ts';

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

export interface Transcripts {
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

  return {
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
      const faults: unknown[] = [];
      for (const row of rows) await archiveOne(readLog, row).catch((error: unknown) => faults.push(error));
      if (faults.length > 0) throw new AggregateError(faults, `${faults.length} talks were not archived`);
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
