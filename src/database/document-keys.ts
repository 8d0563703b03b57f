import { and, eq, inArray, isNotNull, isNull, notExists, or, type SQL, sql } from 'drizzle-orm';
import { appendAudit } from './audit.ts';
import type { Queries } from './database.ts';
import { cases, chatFiles, documents, legalHolds, pictureHashes } from './schema/index.ts';

/** Documents that no legal hold keeps; for queries on `documents`. */
export function notHeld(tx: Queries): SQL {
  const customer = tx.select({ id: cases.customerId }).from(cases).where(eq(cases.id, documents.caseId));
  return notExists(
    tx
      .select({ one: sql`1` })
      .from(legalHolds)
      .where(
        and(
          isNull(legalHolds.liftedAt),
          or(eq(legalHolds.caseId, documents.caseId), eq(legalHolds.customerId, sql`(${customer})`)),
        ),
      ),
  );
}

/**
 * Destroys the keys of these documents: from the commit on nobody can read them again, in whatever backup. Each
 * leaves its certificate in the audit, which holds the picture's hash and why it went. Returns where the blobs lie.
 * What a legal hold keeps stays.
 */
export async function destroyKeys(
  tx: Queries,
  which: SQL | undefined,
  destruction: { at: Date; actor: string; why: string; state?: 'replaced' | 'purged' },
): Promise<{ id: string; blobKey: string }[]> {
  const { at, actor, why, state = 'purged' } = destruction;
  const destroyed = await tx
    .update(documents)
    .set({ state, wrappedKey: null, purgedAt: at })
    .where(and(which, isNotNull(documents.wrappedKey), notHeld(tx)))
    .returning();
  if (destroyed.length === 0) return [];
  // What a picture looks like goes with it.
  const ids = destroyed.map(({ id }) => id);
  await tx.delete(pictureHashes).where(inArray(pictureHashes.documentId, ids));
  for (const { id, caseId, slot, contentSha256 } of destroyed) {
    await appendAudit(tx, {
      at,
      actor,
      action: 'document.purged',
      caseId,
      after: { documentId: id, slot, sha256: contentSha256, why },
    });
  }
  return destroyed;
}

/** Files of chats that no legal hold keeps: neither on their customer nor on a case of their conversation. */
function chatNotHeld(tx: Queries): SQL {
  const ofConversation = tx
    .select({ id: cases.id })
    .from(cases)
    .where(eq(cases.conversationId, chatFiles.conversationId));
  return notExists(
    tx
      .select({ one: sql`1` })
      .from(legalHolds)
      .where(
        and(
          isNull(legalHolds.liftedAt),
          or(
            eq(legalHolds.customerId, chatFiles.customerId),
            sql`${legalHolds.caseId} in (${ofConversation})`,
          ),
        ),
      ),
  );
}

/** Destroys the keys of these files of chats, as `destroyKeys` does those of documents. */
export async function destroyChatKeys(
  tx: Queries,
  which: SQL | undefined,
  destruction: { at: Date; actor: string; why: string },
): Promise<{ id: string; blobKey: string }[]> {
  const { at, actor, why } = destruction;
  const destroyed = await tx
    .update(chatFiles)
    .set({ wrappedKey: null, destroyedAt: at })
    .where(and(which, isNotNull(chatFiles.wrappedKey), chatNotHeld(tx)))
    .returning();
  for (const { id, conversationId, contentSha256 } of destroyed)
    await appendAudit(tx, {
      at,
      actor,
      action: 'chat-file.destroyed',
      after: { fileId: id, conversationId, sha256: contentSha256, why },
    });
  return destroyed;
}
