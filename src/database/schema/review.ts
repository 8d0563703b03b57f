import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { FinalReason } from '../../domain/case.ts';
import type { FourEyesCause, ProposalState } from '../../domain/review.ts';
import { cases } from './cases.ts';
import { documents } from './documents.ts';
import { instant } from './instant.ts';
import { staff } from './staff.ts';

/** 复核: decisions that wait for a second person, and what became of them. */
export const reviewProposals = pgTable(
  'review_proposals',
  {
    id: uuid('id').primaryKey(),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    decision: text('decision').$type<'approved' | 'rejected'>().notNull(),
    reason: text('reason').$type<FinalReason>(),
    cause: text('cause').$type<FourEyesCause>().notNull(),
    state: text('state').$type<ProposalState>().notNull(),
    proposedBy: uuid('proposed_by')
      .notNull()
      .references(() => staff.id),
    proposedAt: instant('proposed_at').notNull(),
    settledBy: uuid('settled_by').references(() => staff.id),
    settledAt: instant('settled_at'),
  },
  (table) => [
    uniqueIndex('review_proposals_open').on(table.caseId).where(sql`${table.state} = 'open'`),
    index('review_proposals_case').on(table.caseId, table.proposedAt),
    check('review_proposals_state_known', sql`${table.state} in ('open', 'confirmed', 'refused', 'lapsed')`),
    check(
      'review_proposals_two_people',
      sql`${table.state} <> 'confirmed' or ${table.settledBy} <> ${table.proposedBy}`,
    ),
  ],
);

/** 内部备注: for colleagues, never sent. */
export const caseNotes = pgTable(
  'case_notes',
  {
    id: uuid('id').primaryKey(),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    staffId: uuid('staff_id')
      .notNull()
      .references(() => staff.id),
    text: text('text').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [index('case_notes_case').on(table.caseId, table.createdAt)],
);

/**
 * What a picture looks like, in 64 bits. Two pictures that differ in few bits share one of the four bands, or one
 * that differs by a single bit: those are looked up, not all pictures.
 */
export const pictureHashes = pgTable(
  'picture_hashes',
  {
    documentId: uuid('document_id')
      .primaryKey()
      .references(() => documents.id),
    hash: bigint('hash', { mode: 'bigint' }).notNull(),
    band0: integer('band0').notNull(),
    band1: integer('band1').notNull(),
    band2: integer('band2').notNull(),
    band3: integer('band3').notNull(),
  },
  (table) => [
    index('picture_hashes_band0').on(table.band0),
    index('picture_hashes_band1').on(table.band1),
    index('picture_hashes_band2').on(table.band2),
    index('picture_hashes_band3').on(table.band3),
  ],
);

/** 重复材料: pictures of two customers that are the same or look alike. A flag, never a decision. */
export const documentDuplicates = pgTable(
  'document_duplicates',
  {
    /** The later one. */
    documentId: uuid('document_id')
      .notNull()
      .references(() => documents.id),
    otherId: uuid('other_id')
      .notNull()
      .references(() => documents.id),
    /** Bits that differ; null = the same file. */
    distance: smallint('distance'),
    foundAt: instant('found_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.documentId, table.otherId] }),
    index('document_duplicates_other').on(table.otherId),
  ],
);

/** 法律保全: while one stands, nothing of the case or the customer is destroyed. */
export const legalHolds = pgTable(
  'legal_holds',
  {
    id: uuid('id').primaryKey(),
    caseId: uuid('case_id').references(() => cases.id),
    customerId: text('customer_id'),
    reason: text('reason').notNull(),
    setBy: uuid('set_by')
      .notNull()
      .references(() => staff.id),
    setAt: instant('set_at').notNull(),
    liftedBy: uuid('lifted_by').references(() => staff.id),
    liftedAt: instant('lifted_at'),
    liftReason: text('lift_reason'),
  },
  (table) => [
    index('legal_holds_case').on(table.caseId).where(sql`${table.liftedAt} is null`),
    index('legal_holds_customer').on(table.customerId).where(sql`${table.liftedAt} is null`),
    check('legal_holds_one_subject', sql`(${table.caseId} is null) <> (${table.customerId} is null)`),
  ],
);
