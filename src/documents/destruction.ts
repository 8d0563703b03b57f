import { and, eq, inArray, isNotNull, isNull, lt, notInArray, or, type SQL } from 'drizzle-orm';
import { appendAudit } from '../database/audit.ts';
import type { Database, Queries } from '../database/database.ts';
import { cases, documents, uploadTickets } from '../database/schema/index.ts';
import type { Clock } from '../domain/clock.ts';
import { forgetAttempts } from './attempts.ts';
import type { Blobs } from './blobs.ts';

/** An upload takes seconds; a blob this old that no document names was left by a crash. */
const ORPHAN_AGE_MS = 60 * 60_000;
const BATCH = 500;
const DAY_MS = 86_400_000;

/** Ways to destroy documents. First the key goes, which makes every copy of the blob unreadable. */
export interface Destruction {
  /**
   * Destroys one document; repeating it changes nothing. Throws `StorageFault` when the blob could not
   * be removed: by then the key is gone, and the sweep removes the blob.
   */
  purge(documentId: string): Promise<void>;
  /** Destroys all documents of a case and closes its upload tickets. */
  purgeDraft(caseId: string): Promise<void>;
  /**
   * Destroys the documents of withdrawn cases, and of cases decided or drafts left alone more than
   * `retentionDays` ago. Returns how many.
   */
  purgeExpired(retentionDays: number): Promise<number>;
  /** Removes blobs that no readable document names, and old upload attempts. Returns how many blobs. */
  sweep(): Promise<number>;
}

export function createDestruction(options: { database: Database; blobs: Blobs; clock: Clock }): Destruction {
  const { database, blobs, clock } = options;

  const destroy = async (which: SQL | undefined): Promise<number> => {
    const destroyed = await database.transaction((tx) => destroyKeys(tx, which, clock.now()));
    for (const blobKey of destroyed) await blobs.delete(blobKey);
    return destroyed.length;
  };

  /** Of these names, those that a document with a key still needs. */
  const needed = async (names: string[]): Promise<Set<string>> => {
    const rows = await database.run((db) =>
      db
        .select({ blobKey: documents.blobKey })
        .from(documents)
        .where(and(inArray(documents.blobKey, names), isNotNull(documents.wrappedKey))),
    );
    return new Set(rows.map((row) => row.blobKey));
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
      await destroy(eq(documents.id, documentId));
    },

    async purgeDraft(caseId) {
      // Tickets first: an upload that is under way then finds its ticket closed.
      await database.run((db) =>
        db
          .update(uploadTickets)
          .set({ closedAt: clock.now() })
          .where(and(eq(uploadTickets.caseId, caseId), isNull(uploadTickets.closedAt))),
      );
      await destroy(eq(documents.caseId, caseId));
    },

    async purgeExpired(retentionDays) {
      const before = new Date(clock.now().getTime() - retentionDays * DAY_MS);
      const expired = database.db
        .select({ id: cases.id })
        .from(cases)
        .where(
          or(
            eq(cases.state, 'withdrawn'),
            and(
              notInArray(cases.state, ['submitted', 'in-review', 'needs-more']),
              lt(cases.updatedAt, before),
            ),
          ),
        );
      return await destroy(inArray(documents.caseId, expired));
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

/** Destroys the keys of these documents, with a line each in the audit; returns where their blobs lie. */
async function destroyKeys(tx: Queries, which: SQL | undefined, now: Date): Promise<string[]> {
  const destroyed = await tx
    .update(documents)
    .set({ state: 'purged', wrappedKey: null, purgedAt: now })
    .where(and(which, isNotNull(documents.wrappedKey)))
    .returning();
  for (const { id, caseId, slot, contentSha256 } of destroyed) {
    await appendAudit(tx, {
      at: now,
      actor: 'system',
      action: 'document.purged',
      caseId,
      after: { documentId: id, slot, sha256: contentSha256 },
    });
  }
  return destroyed.map((row) => row.blobKey);
}
