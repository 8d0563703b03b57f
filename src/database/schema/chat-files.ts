import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { ChatFileType } from '../../domain/chat-file.ts';
import { instant } from './instant.ts';
import { staff } from './staff.ts';

/** 会话文件: what customers and the desk have sent each other in the chat. */
export const chatFiles = pgTable(
  'chat_files',
  {
    id: uuid('id').primaryKey(),
    conversationId: text('conversation_id').notNull(),
    customerId: text('customer_id'),
    /** `null`: the customer's. */
    staffId: uuid('staff_id').references(() => staff.id),
    idempotencyKey: text('idempotency_key').notNull(),
    name: text('name').notNull(),
    mediaType: text('media_type').$type<ChatFileType>().notNull(),
    contentSha256: text('content_sha256').notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    width: integer('width'),
    height: integer('height'),
    envelopeVersion: integer('envelope_version').notNull(),
    keyId: text('key_id').notNull(),
    /** base64; `null` once destroyed, which makes the blob unreadable for good. */
    wrappedKey: text('wrapped_key'),
    blobKey: text('blob_key').notNull(),
    createdAt: instant('created_at').notNull(),
    /** Taken back: nobody is shown it any more, also where a legal hold keeps it. */
    withdrawnAt: instant('withdrawn_at'),
    destroyedAt: instant('destroyed_at'),
  },
  (table) => [
    uniqueIndex('chat_files_once').on(table.conversationId, table.idempotencyKey),
    index('chat_files_recent').on(table.conversationId, table.createdAt),
    index('chat_files_customer').on(table.customerId),
    index('chat_files_blob').on(table.blobKey),
    index('chat_files_kept').on(table.createdAt).where(sql`${table.wrappedKey} is not null`),
    check('chat_files_destroyed', sql`(${table.wrappedKey} is null) = (${table.destroyedAt} is not null)`),
  ],
);
