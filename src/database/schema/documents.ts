import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { FinalReason, ReturnReason } from '../../domain/case.ts';
import type { ConsentPurpose, QualityWarning, Slot, UploadOutcome } from '../../domain/document.ts';
import type { Verdict } from '../../domain/review.ts';
import { cases } from './cases.ts';
import { instant } from './instant.ts';
import { staff } from './staff.ts';

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
    /** How the blob is sealed; part of what it is bound to. */
    envelopeVersion: integer('envelope_version').notNull().default(1),
    keyId: text('key_id').notNull(),
    /** base64; `null` once purged, which makes the blob unreadable for good. */
    wrappedKey: text('wrapped_key'),
    blobKey: text('blob_key').notNull(),
    createdAt: instant('created_at').notNull(),
    purgedAt: instant('purged_at'),
    verdict: text('verdict').$type<Verdict['verdict']>(),
    verdictReason: text('verdict_reason').$type<ReturnReason | FinalReason>(),
    verdictBy: uuid('verdict_by').references(() => staff.id),
    verdictAt: instant('verdict_at'),
  },
  (table) => [
    index('documents_case').on(table.caseId),
    index('documents_content').on(table.contentSha256),
    index('documents_blob').on(table.blobKey),
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
    /** Of the file as it came in: tells a client's retry from another picture. */
    fileSha256: text('file_sha256'),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    index('upload_tickets_open').on(table.conversationId).where(sql`${table.closedAt} is null`),
    index('upload_tickets_case').on(table.caseId),
  ],
);

/** Files that came in, for a day: the rate limit counts them, and a repeated message finds its outcome. */
export const uploadAttempts = pgTable(
  'upload_attempts',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    conversationId: text('conversation_id').notNull(),
    /** `null` when no slot was open; such files are not counted. */
    ticketId: uuid('ticket_id'),
    /** Of the chat message; files that came by ticket have none. */
    idempotencyKey: text('idempotency_key'),
    outcome: jsonb('outcome').$type<UploadOutcome>(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    uniqueIndex('upload_attempts_once').on(table.conversationId, table.idempotencyKey),
    index('upload_attempts_recent').on(table.conversationId, table.createdAt),
    index('upload_attempts_age').on(table.createdAt),
  ],
);
