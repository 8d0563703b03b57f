import { and, eq, inArray, isNotNull, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import type { Database, Queries } from '../database/database.ts';
import { destroyKeys } from '../database/document-keys.ts';
import { cases, chatFiles, documents, uploadTickets } from '../database/schema/index.ts';
import type { Clock } from '../domain/clock.ts';
import { SLOTS, type Slot } from '../domain/document.ts';
import {
  RETENTION_OUTCOMES,
  type RetentionOutcome,
  type RetentionPolicy,
  retentionDays,
} from '../domain/retention.ts';
import { forgetAttempts } from './attempts.ts';
import type { Blobs } from './blobs.ts';

/** An upload takes seconds; a blob this old that no document names was left by a crash. */
const ORPHAN_AGE_MS = 60 * 60_000;
const BATCH = 500;
const DAY_MS = 86_400_000;

/**
 * Ways to destroy documents. First the key goes, which makes every copy of the blob unreadable. None of them
 * touches what a legal hold keeps.
 */
export interface Destruction {
  /**
   * Destroys one document; repeating it changes nothing. Throws `StorageFault` when the blob could not
   * be removed: by then the key is gone, and the sweep removes the blob.
   */
  purge(documentId: string): Promise<void>;
  /** Destroys all documents of a case and closes its upload tickets. */
  purgeDraft(caseId: string): Promise<void>;
  /** Destroys the documents of cases that have ended, each when its class's time is over. Returns how many. */
  purgeExpired(policy: RetentionPolicy): Promise<number>;
  /** Removes blobs that no readable document or file of a chat names, and old upload attempts. Returns how many blobs. */
  sweep(): Promise<number>;
}

export function createDestruction(options: { database: Database; blobs: Blobs; clock: Clock }): Destruction {
  const { database, blobs, clock } = options;

  const destroy = async (which: SQL | undefined, why: string): Promise<number> => {
    const destruction = { at: clock.now(), actor: 'system', why };
    const destroyed = await database.transaction((tx) => destroyKeys(tx, which, destruction));
    for (const { blobKey } of destroyed) await blobs.delete(blobKey);
    return destroyed.length;
  };

  /** Of these names, those that a document or file with a key still needs. */
  const needed = async (names: string[]): Promise<Set<string>> => {
    const keepers = [documents, chatFiles].map((table) =>
      database.run((db) =>
        db
          .select({ blobKey: table.blobKey })
          .from(table)
          .where(and(inArray(table.blobKey, names), isNotNull(table.wrappedKey))),
      ),
    );
    return new Set((await Promise.all(keepers)).flat().map((row) => row.blobKey));
  };

  const removeUnneeded = async (names: string[]): Promise<number> => {
    if (names.length === 0) return 0;
    const kept = await needed(names);
    const unneeded = names.filter((name) => !kept.has(name));
    for (const name of unneeded) await blobs.delete(name);
    return unneeded.length;
  };

  return {
    async purge(documentId) {
      await destroy(eq(documents.id, documentId), 'purged');
    },

    async purgeDraft(caseId) {
      // Tickets first: an upload that is under way then finds its ticket closed.
      await database.run((db) =>
        db
          .update(uploadTickets)
          .set({ closedAt: clock.now() })
          .where(and(eq(uploadTickets.caseId, caseId), isNull(uploadTickets.closedAt))),
      );
      await destroy(eq(documents.caseId, caseId), 'draft-purged');
    },

    async purgeExpired(policy) {
      const which = expired(database.db, policy, clock.now());
      return await destroy(which, 'retention-over');
    },

    async sweep() {
      const now = clock.now();
      let removed = 0;
      let batch: string[] = [];
      for await (const { name, modifiedAt } of blobs.list()) {
        if (now.getTime() - modifiedAt.getTime() < ORPHAN_AGE_MS) continue;
        batch.push(name);
        if (batch.length < BATCH) continue;
        removed += await removeUnneeded(batch);
        batch = [];
      }
      removed += await removeUnneeded(batch);
      await forgetAttempts(database, now);
      return removed;
    },
  };
}

/** Documents whose class of retention is over: their case has ended in this way, so many days ago. */
function expired(db: Queries, policy: RetentionPolicy, now: Date): SQL | undefined {
  const classes = RETENTION_OUTCOMES.flatMap((outcome) => {
    const byDays = new Map<number, Slot[]>();
    for (const slot of SLOTS) {
      const days = retentionDays(policy, slot, outcome);
      byDays.set(days, [...(byDays.get(days) ?? []), slot]);
    }
    return [...byDays].map(([days, slots]) => {
      const ended = endedBefore(outcome, new Date(now.getTime() - days * DAY_MS));
      const over = db.select({ id: cases.id }).from(cases).where(ended);
      return and(inArray(documents.slot, slots), inArray(documents.caseId, over));
    });
  });
  return or(...classes);
}

function endedBefore(outcome: RetentionOutcome, before: Date): SQL | undefined {
  const closed = eq(cases.state, 'closed');
  const decided = lte(sql`coalesce(${cases.decidedAt}, ${cases.updatedAt})`, before.toISOString());
  switch (outcome) {
    case 'abandoned':
      return and(eq(cases.state, 'draft'), lte(cases.updatedAt, before));
    case 'withdrawn':
      return and(eq(cases.state, 'withdrawn'), lte(cases.updatedAt, before));
    case 'approved':
      return and(or(eq(cases.state, 'approved'), and(closed, eq(cases.decision, 'approved'))), decided);
    case 'rejected': {
      const notApproved = or(isNull(cases.decision), eq(cases.decision, 'rejected'));
      return and(or(eq(cases.state, 'rejected'), and(closed, notApproved)), decided);
    }
  }
}
