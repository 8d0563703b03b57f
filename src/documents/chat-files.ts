import { randomUUID } from 'node:crypto';
import { and, count, eq, gt, isNull, lte, type SQL } from 'drizzle-orm';
import { fileTypeFromBuffer } from 'file-type';
import { appendAudit } from '../database/audit.ts';
import type { Database } from '../database/database.ts';
import { destroyChatKeys } from '../database/document-keys.ts';
import { chatFiles } from '../database/schema/index.ts';
import {
  type ChatFile,
  type ChatFileIntake,
  type ChatFileOutcome,
  type ChatFileRefusal,
  MAX_CHAT_FILE_BYTES,
  type NewChatFile,
} from '../domain/chat-file.ts';
import type { Clock } from '../domain/clock.ts';
import { ACCEPTED_TYPES } from '../domain/document.ts';
import { auditName, type StaffActor } from '../domain/staff.ts';
import { type Blobs, StorageFault } from './blobs.ts';
import { fileName } from './file-name.ts';
import { redrawPicture, sha256 } from './image.ts';
import { isHarmlessPdf } from './pdf.ts';
import { type DocumentIdentity, ENVELOPE_VERSION, type Vault } from './vault.ts';

const WINDOW_MS = 10 * 60_000;
const MAX_IN_WINDOW = 20;
const DAY_MS = 86_400_000;

type FileRow = typeof chatFiles.$inferSelect;

/** A file that may be shown, decrypted. */
export interface OpenedChatFile extends ChatFile {
  bytes: Buffer;
  fromCustomer: boolean;
}

/** 会话文件: takes them in, keeps them encrypted like documents, and destroys them. */
export interface ChatFiles extends ChatFileIntake {
  /** Undefined: not of this conversation, taken back, or destroyed. */
  find(fileId: string, conversationId: string): Promise<(ChatFile & { fromCustomer: boolean }) | undefined>;
  /** Throws when the bytes are not what was stored. */
  open(fileId: string, conversationId: string): Promise<OpenedChatFile | undefined>;
  /** Takes a file of the desk back: from now on nobody can open it. Repeating it changes nothing. */
  withdraw(fileId: string, conversationId: string, actor: StaffActor): Promise<void>;
  /** Destroys those older than this, except what a legal hold keeps. Returns how many. */
  purge(retentionDays: number): Promise<number>;
}

const refused = (code: ChatFileRefusal): ChatFileOutcome => ({ kind: 'refused', code });
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What is sealed is bound to its conversation as a document is to its case. */
const identityOf = (conversationId: string, id: string, version: number): DocumentIdentity => ({
  caseId: `chat:${conversationId}`,
  documentId: id,
  version,
});

function fileOf({ id, name, mediaType, sizeBytes, width, height }: FileRow): ChatFile {
  return {
    ...{ id, name, mediaType, sizeBytes },
    ...(width !== null && height !== null && { width, height }),
  };
}

type Prepared = { kind: 'ok'; bytes: Uint8Array } & Pick<ChatFile, 'mediaType' | 'width' | 'height'>;

/** A file as it may be kept: pictures drawn anew, PDFs only when they are nothing but pages. */
async function prepare(bytes: Uint8Array): Promise<Prepared | { kind: 'refused'; code: ChatFileRefusal }> {
  if (bytes.length === 0) return { kind: 'refused', code: 'FileEmpty' };
  if (bytes.length > MAX_CHAT_FILE_BYTES) return { kind: 'refused', code: 'FileTooLarge' };
  const type = (await fileTypeFromBuffer(bytes).catch(() => undefined))?.mime;
  if (type === 'application/pdf') {
    if (!isHarmlessPdf(bytes)) return { kind: 'refused', code: 'PdfNotAccepted' };
    return { kind: 'ok', bytes, mediaType: 'application/pdf' };
  }
  if (!ACCEPTED_TYPES.some((accepted) => accepted === type))
    return { kind: 'refused', code: 'ChatTypeNotAccepted' };
  const picture = await redrawPicture(bytes);
  if (picture.kind === 'refused') return picture;
  const { jpeg, width, height } = picture;
  return { kind: 'ok', bytes: jpeg, mediaType: 'image/jpeg', width, height };
}

export function createChatFiles(parts: {
  database: Database;
  vault: Vault;
  blobs: Blobs;
  clock: Clock;
}): ChatFiles {
  const { database, vault, blobs, clock } = parts;

  async function rowOf(which: SQL | undefined): Promise<FileRow | undefined> {
    const [row] = await database.run((db) => db.select().from(chatFiles).where(which));
    return row;
  }
  const byKey = ({ conversationId, idempotencyKey }: NewChatFile) =>
    rowOf(and(eq(chatFiles.conversationId, conversationId), eq(chatFiles.idempotencyKey, idempotencyKey)));
  const shownRow = async (fileId: string, conversationId: string) => {
    if (!UUID.test(fileId)) return undefined;
    const own = and(eq(chatFiles.id, fileId), eq(chatFiles.conversationId, conversationId));
    const row = await rowOf(and(own, isNull(chatFiles.withdrawnAt)));
    return row?.wrappedKey ? { ...row, wrapped: row.wrappedKey } : undefined;
  };

  /** Only customers are counted: what the desk sends, people choose one by one. */
  async function isLimited({ conversationId }: NewChatFile): Promise<boolean> {
    const since = new Date(clock.now().getTime() - WINDOW_MS);
    const [row] = await database.run((db) =>
      db
        .select({ recent: count() })
        .from(chatFiles)
        .where(
          and(
            eq(chatFiles.conversationId, conversationId),
            isNull(chatFiles.staffId),
            gt(chatFiles.createdAt, since),
          ),
        ),
    );
    return (row?.recent ?? 0) >= MAX_IN_WINDOW;
  }

  async function put(sealed: Buffer): Promise<string | undefined> {
    try {
      return await blobs.put(sealed);
    } catch (error) {
      if (error instanceof StorageFault) return undefined;
      throw error;
    }
  }

  /** The row, and what stands in the audit of it; of two at the same moment the second finds the first. */
  async function record(row: FileRow, actor: string): Promise<boolean> {
    return database.transaction(async (tx) => {
      const added = await tx
        .insert(chatFiles)
        .values(row)
        .onConflictDoNothing({ target: [chatFiles.conversationId, chatFiles.idempotencyKey] })
        .returning({ id: chatFiles.id });
      if (added.length === 0) return false;
      const { id, conversationId, mediaType, contentSha256, createdAt: at } = row;
      const after = { fileId: id, conversationId, mediaType, sha256: contentSha256 };
      await appendAudit(tx, { at, actor, action: 'chat-file.stored', after });
      return true;
    });
  }

  async function keep(given: NewChatFile, prepared: Prepared): Promise<ChatFileOutcome> {
    const { conversationId, customerId, from, idempotencyKey } = given;
    const { bytes, mediaType, width, height } = prepared;
    const id = randomUUID();
    const { sealed, key } = await vault.seal(bytes, identityOf(conversationId, id, ENVELOPE_VERSION));
    const blobKey = await put(sealed);
    if (blobKey === undefined) return refused('StorageUnavailable');
    const row: FileRow = {
      ...{ id, conversationId, idempotencyKey, mediaType, blobKey },
      customerId: customerId ?? null,
      staffId: from === 'customer' ? null : from.staffId,
      name: fileName(given.name, mediaType),
      contentSha256: sha256(bytes),
      sizeBytes: bytes.length,
      width: width ?? null,
      height: height ?? null,
      envelopeVersion: ENVELOPE_VERSION,
      keyId: key.keyId,
      wrappedKey: key.wrapped,
      createdAt: clock.now(),
      withdrawnAt: null,
      destroyedAt: null,
    };
    const actor = from === 'customer' ? `conversation:${conversationId}` : `staff:${from.staffId}`;
    if (await record(row, actor)) return { kind: 'stored', file: fileOf(row) };
    // Should this fail, the sweep removes it.
    await blobs.delete(blobKey).catch(() => undefined);
    const first = await byKey(given);
    if (!first) throw new Error('a file of a chat was there and is gone');
    return { kind: 'stored', file: fileOf(first) };
  }

  async function destroy(which: SQL | undefined, actor: string, why: string): Promise<number> {
    const destruction = { at: clock.now(), actor, why };
    const destroyed = await database.transaction((tx) => destroyChatKeys(tx, which, destruction));
    // Without its key a blob is noise; what stays behind here goes with the next sweep.
    for (const { blobKey } of destroyed) await blobs.delete(blobKey).catch(() => undefined);
    return destroyed.length;
  }

  return {
    async receive(given) {
      const before = await byKey(given);
      if (before) return { kind: 'stored', file: fileOf(before) };
      if (given.from === 'customer' && (await isLimited(given))) return refused('TooManyUploads');
      const prepared = await prepare(given.bytes);
      return prepared.kind === 'refused' ? prepared : keep(given, prepared);
    },

    async find(fileId, conversationId) {
      const row = await shownRow(fileId, conversationId);
      return row && { ...fileOf(row), fromCustomer: row.staffId === null };
    },

    async open(fileId, conversationId) {
      const row = await shownRow(fileId, conversationId);
      if (!row) return undefined;
      const { id, keyId, wrapped, envelopeVersion } = row;
      const sealed = await blobs.get(row.blobKey);
      const identity = identityOf(conversationId, id, envelopeVersion);
      const bytes = await vault.unseal(sealed, { keyId, wrapped }, identity);
      return { ...fileOf(row), bytes, fromCustomer: row.staffId === null };
    },

    async withdraw(fileId, conversationId, actor) {
      const own = and(eq(chatFiles.id, fileId), eq(chatFiles.conversationId, conversationId));
      const withdrawnAt = clock.now();
      await database.run((db) =>
        db
          .update(chatFiles)
          .set({ withdrawnAt })
          .where(and(own, isNull(chatFiles.withdrawnAt))),
      );
      await destroy(own, auditName(actor), 'recalled');
    },

    purge(retentionDays) {
      const before = new Date(clock.now().getTime() - retentionDays * DAY_MS);
      return destroy(lte(chatFiles.createdAt, before), 'system', 'retention-over');
    },
  };
}
