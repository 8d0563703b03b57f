import { randomUUID } from 'node:crypto';
import { and, asc, eq, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { quickReplies } from '../database/schema/index.ts';
import type { Clock } from '../domain/clock.ts';
import { mayDo, type StaffActor } from '../domain/staff.ts';
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
  | { kind: 'changed-meanwhile'; version: number };

/** Everybody's are kept by whoever may change the settings; one's own by oneself. */
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
      const [made] = await database.run((db) =>
        db
          .insert(quickReplies)
          .values({ ...row, updatedAt: clock.now(), version: 1 })
          .returning(),
      );
      if (!made) throw new Error('a quick reply was not stored');
      return { kind: 'done', reply: replyOf(made) };
    },
    change: (actor, id, words, version) =>
      database.transaction(async (tx) => {
        if (!isId(id)) return { kind: 'unknown' };
        const [row] = await tx.select().from(quickReplies).where(kept(actor, id)).for('update');
        if (!row) return { kind: 'unknown' };
        if (row.version !== version) return { kind: 'changed-meanwhile', version: row.version };
        const next = { ...row, ...words, updatedAt: clock.now(), version: version + 1 };
        await tx.update(quickReplies).set(next).where(eq(quickReplies.id, id));
        return { kind: 'done', reply: replyOf(next) };
      }),
    async remove(actor, id) {
      if (!isId(id)) return { kind: 'unknown' };
      const [row] = await database.run((db) => db.delete(quickReplies).where(kept(actor, id)).returning());
      return row ? { kind: 'done', reply: replyOf(row) } : { kind: 'unknown' };
    },
  };
}
