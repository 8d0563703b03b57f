import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { ConsentPurpose, QualityWarning, Slot } from '../../domain/document.ts';
import { cases } from './cases.ts';
import { instant } from './instant.ts';

/** `stored`: fills its slot; `replaced`: was returned or handed in anew; `purged`: its key is destroyed. */
export type DocumentState = 'stored' | 'purged' | 'replaced';

export const documents = pgTable(
  'documents',
  {
    id: uuid('id').primaryKey(),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    slot: text('slot').$type<Slot>().notNull(),
    state: text('state').$type<DocumentState>().notNull(),
    conversationId: text('conversation_id').notNull(),
    contentSha256: text('content_sha256').notNull(),
    mediaType: text('media_type').notNull(),
    width: integer('width').notNull(),
    height: integer('height').notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    warnings: jsonb('warnings').$type<QualityWarning[]>().notNull(),
    keyId: text('key_id').notNull(),
    /** base64; `null` once purged, which makes the blob unreadable for good. */
    wrappedKey: text('wrapped_key'),
    blobKey: text('blob_key').notNull(),
    createdAt: instant('created_at').notNull(),
    purgedAt: instant('purged_at'),
  },
  (table) => [
    index('documents_case').on(table.caseId),
    index('documents_content').on(table.contentSha256),
    // Two uploads at the same moment cannot both fill a slot.
    uniqueIndex('documents_slot_filled').on(table.caseId, table.slot).where(sql`${table.state} = 'stored'`),
  ],
);

export const uploadTickets = pgTable(
  'upload_tickets',
  {
    id: uuid('id').primaryKey(),
    tokenHash: text('token_hash').notNull().unique('upload_tickets_token_hash_unique'),
    conversationId: text('conversation_id').notNull(),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    slot: text('slot').$type<Slot>().notNull(),
    purpose: text('purpose').$type<ConsentPurpose>().notNull(),
    idempotencyKey: text('idempotency_key').notNull().unique('upload_tickets_idempotency_key_unique'),
    expiresAt: instant('expires_at').notNull(),
    closedAt: instant('closed_at'),
    documentId: uuid('document_id'),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    index('upload_tickets_open').on(table.conversationId).where(sql`${table.closedAt} is null`),
    index('upload_tickets_case').on(table.caseId),
  ],
);
