import { randomUUID } from 'node:crypto';
import { and, asc, eq, isNull, or, type SQL, sql } from 'drizzle-orm';
import { appendAudit } from '../database/audit.ts';
import type { Database, Queries } from '../database/database.ts';
import { quickReplies } from '../database/schema/index.ts';
import type { Clock } from '../domain/clock.ts';
import { auditName, mayDo, type StaffActor } from '../domain/staff.ts';
import { writeEvents } from './change.ts';
import { isId, storable } from './rows.ts';

/** 快捷回复 with `{{customer}}`, `{{agent}}` and `{{case}}` in its text, which the composer fills in. */
export interface QuickReply {
  id: string;
  /** Everybody's, or the reader's own. */
  shared: boolean;
  /** What is typed after `/`. */
  shortcut: string;
  title: string;
  text: string;
  locale: string;
  version: number;
}

export type QuickReplyWords = Pick<QuickReply, 'shortcut' | 'title' | 'text' | 'locale'>;

export type QuickReplyOutcome =
  | { kind: 'done'; reply: QuickReply }
  /** None of theirs. */
  | { kind: 'unknown' }
  | { kind: 'changed-meanwhile'; now: QuickReply };

/** Everybody's are kept by whoever may change the settings, which the audit and the desk hear of; one's own by oneself. */
export interface QuickReplies {
  /** Everybody's and the actor's; with `search` those whose shortcut begins with it or whose title has it. */
  list(actor: StaffActor, search?: string): Promise<QuickReply[]>;
  create(actor: StaffActor, words: QuickReplyWords & { shared: boolean }): Promise<QuickReplyOutcome>;
  change(
    actor: StaffActor,
    id: string,
    words: Partial<QuickReplyWords>,
    version: number,
  ): Promise<QuickReplyOutcome>;
  remove(actor: StaffActor, id: string): Promise<QuickReplyOutcome>;
}

type Row = typeof quickReplies.$inferSelect;

const replyOf = ({ ownerId, updatedAt: _, ...row }: Row): QuickReply => ({
  ...row,
  shared: ownerId === null,
});
const literal = (search: string) => search.toLowerCase().replace(/[\\%_]/g, '\\$&');

export function createQuickReplies(parts: { database: Database; clock: Clock }): QuickReplies {
  const { database, clock } = parts;

  /** What the actor may change. */
  const kept = (actor: StaffActor, id: string): SQL | undefined => {
    const own = eq(quickReplies.ownerId, actor.id);
    const may = mayDo(actor.roles, 'settings') ? or(own, isNull(quickReplies.ownerId)) : own;
    return and(eq(quickReplies.id, id), may);
  };

  async function record(tx: Queries, staff: StaffActor, reply: QuickReply, what: string): Promise<void> {
    if (!reply.shared) return;
    const actor = auditName(staff);
    const action = `quick-reply.${what}`;
    await writeEvents(tx, clock, [{ type: 'settings', actor, data: { action } }]);
    await appendAudit(tx, { at: clock.now(), actor, action, after: { ...reply } });
  }

  return {
    list: (actor, search = '') =>
      database.run(async (db) => {
        const begins = sql`lower(${quickReplies.shortcut}) like ${`${literal(search)}%`}`;
        const holds = sql`lower(${quickReplies.title}) like ${`%${literal(search)}%`}`;
        const rows = await db
          .select()
          .from(quickReplies)
          .where(
            and(
              or(isNull(quickReplies.ownerId), eq(quickReplies.ownerId, actor.id)),
              search ? or(begins, holds) : undefined,
            ),
          )
          .orderBy(asc(quickReplies.shortcut), asc(quickReplies.id))
          .limit(500);
        return rows.map(replyOf);
      }),
    async create(actor, { shared, ...words }) {
      if (shared && !mayDo(actor.roles, 'settings')) return { kind: 'unknown' };
      const ownerId = shared ? null : actor.id;
      const row = { ...words, text: storable(words.text), id: randomUUID(), ownerId };
      return database.transaction(async (tx) => {
        const [made] = await tx
          .insert(quickReplies)
          .values({ ...row, updatedAt: clock.now(), version: 1 })
          .returning();
        if (!made) throw new Error('a quick reply was not stored');
        const reply = replyOf(made);
        await record(tx, actor, reply, 'created');
        return { kind: 'done', reply };
      });
    },
    change: (actor, id, words, version) =>
      database.transaction(async (tx) => {
        if (!isId(id)) return { kind: 'unknown' };
        const [row] = await tx.select().from(quickReplies).where(kept(actor, id)).for('update');
        if (!row) return { kind: 'unknown' };
        if (row.version !== version) return { kind: 'changed-meanwhile', now: replyOf(row) };
        const next = { ...row, ...words, updatedAt: clock.now(), version: version + 1 };
        await tx.update(quickReplies).set(next).where(eq(quickReplies.id, id));
        const reply = replyOf(next);
        await record(tx, actor, reply, 'changed');
        return { kind: 'done', reply };
      }),
    async remove(actor, id) {
      if (!isId(id)) return { kind: 'unknown' };
      return database.transaction(async (tx) => {
        const [row] = await tx.delete(quickReplies).where(kept(actor, id)).returning();
        if (!row) return { kind: 'unknown' };
        const reply = replyOf(row);
        await record(tx, actor, reply, 'removed');
        return { kind: 'done', reply };
      });
    },
  };
}
