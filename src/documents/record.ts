import { and, eq, isNull } from 'drizzle-orm';
import { appendAudit } from '../database/audit.ts';
import type { Queries } from '../database/database.ts';
import { destroyKeys } from '../database/document-keys.ts';
import { enqueue } from '../database/outbox.ts';
import { cases, documents, uploadTickets } from '../database/schema/index.ts';
import type { CaseState } from '../domain/case.ts';
import type { Clock } from '../domain/clock.ts';
import { UPLOAD_COMPLETED, type UploadCompleted, type UploadOutcome } from '../domain/document.ts';
import { finishAttempt } from './attempts.ts';
import { flagDuplicates } from './duplicates.ts';
import type { PreparedImage } from './image.ts';
import type { TicketRow } from './slots.ts';
import { ENVELOPE_VERSION, type WrappedKey } from './vault.ts';

/** A case in one of these takes no more documents, whatever ticket is still about. */
const FINISHED: readonly CaseState[] = ['approved', 'rejected', 'closed', 'withdrawn'];

/** A picture that was taken in. */
export type Picture = Extract<PreparedImage, { kind: 'ok' }>;

/** Where a picture lies encrypted, and what opens it. */
export interface SealedPicture {
  documentId: string;
  blobKey: string;
  key: WrappedKey;
}

interface NewDocument {
  ticket: TicketRow;
  attemptId: number;
  picture: Picture;
  sealed: SealedPicture;
  fileSha256: string;
}

/**
 * Makes a stored picture the slot's document, closes its ticket and tells the conversation: all in the
 * transaction given. `undefined`: ticket or case were closed meanwhile, and nothing was written.
 */
export async function recordDocument(
  tx: Queries,
  clock: Clock,
  added: NewDocument,
): Promise<UploadOutcome | undefined> {
  const { ticket, picture, sealed } = added;
  const now = clock.now();
  // The case first: withdrawing locks it before documents are destroyed.
  if (!(await holdOpenCase(tx, ticket.caseId))) return undefined;
  if (!(await closeTicket(tx, added, now))) return undefined;
  const replaced = await replaceEarlier(tx, ticket, now);
  await tx.insert(documents).values(documentRow(added, now));
  const { documentId } = sealed;
  const { sha256, hashes } = picture;
  const duplicates = await flagDuplicates(
    tx,
    { documentId, caseId: ticket.caseId, slot: ticket.slot, sha256, hashes },
    now,
  );

  const completed: UploadCompleted = {
    draftId: ticket.caseId,
    slot: ticket.slot,
    documentId: sealed.documentId,
    warnings: picture.warnings,
  };
  const outcome: UploadOutcome = { kind: 'stored', ...completed };
  await finishAttempt(tx, added.attemptId, outcome);
  await announce(tx, clock, ticket.conversationId, completed);
  await appendAudit(tx, {
    at: now,
    actor: `conversation:${ticket.conversationId}`,
    action: 'document.stored',
    caseId: ticket.caseId,
    after: { documentId, slot: ticket.slot, sha256, replaced, duplicates },
  });
  return outcome;
}

async function holdOpenCase(tx: Queries, caseId: string): Promise<boolean> {
  const [row] = await tx.select({ state: cases.state }).from(cases).where(eq(cases.id, caseId)).for('share');
  return row !== undefined && !FINISHED.includes(row.state);
}

/** Of two uploads at the same moment, one finds the ticket open. */
async function closeTicket(
  tx: Queries,
  { ticket, sealed, fileSha256 }: NewDocument,
  now: Date,
): Promise<boolean> {
  const closed = await tx
    .update(uploadTickets)
    .set({ closedAt: now, documentId: sealed.documentId, fileSha256 })
    .where(and(eq(uploadTickets.id, ticket.id), isNull(uploadTickets.closedAt)))
    .returning({ id: uploadTickets.id });
  return closed.length > 0;
}

/** What a better picture replaces is not kept: its key goes at once, its blob with the next sweep. */
async function replaceEarlier(tx: Queries, ticket: TicketRow, now: Date): Promise<string[]> {
  const earlier = and(eq(documents.caseId, ticket.caseId), eq(documents.slot, ticket.slot));
  // Also what a legal hold keeps fills the slot no more.
  await tx
    .update(documents)
    .set({ state: 'replaced' })
    .where(and(earlier, eq(documents.state, 'stored')));
  const actor = `conversation:${ticket.conversationId}`;
  const replaced = await destroyKeys(tx, earlier, { at: now, actor, why: 'replaced', state: 'replaced' });
  return replaced.map(({ id }) => id);
}

function documentRow({ ticket, picture, sealed }: NewDocument, now: Date): typeof documents.$inferInsert {
  return {
    id: sealed.documentId,
    caseId: ticket.caseId,
    slot: ticket.slot,
    state: 'stored',
    conversationId: ticket.conversationId,
    contentSha256: picture.sha256,
    mediaType: 'image/jpeg',
    width: picture.width,
    height: picture.height,
    sizeBytes: picture.jpeg.length,
    warnings: picture.warnings,
    envelopeVersion: ENVELOPE_VERSION,
    keyId: sealed.key.keyId,
    wrappedKey: sealed.key.wrapped,
    blobKey: sealed.blobKey,
    createdAt: now,
  };
}

/** The conversation goes on by itself: it is told together with the change, or not at all. */
async function announce(
  tx: Queries,
  clock: Clock,
  conversationId: string,
  completed: UploadCompleted,
): Promise<void> {
  const dedupeKey = `upload:${completed.documentId}`;
  await enqueue(tx, clock, {
    kind: 'conversation-event',
    payload: { conversationId, dedupeKey, name: UPLOAD_COMPLETED, value: completed },
    idempotencyKey: dedupeKey,
    orderingKey: completed.draftId,
  });
}
