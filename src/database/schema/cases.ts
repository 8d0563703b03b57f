import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigint,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { CaseKind, CaseState, ReturnedSlot } from '../../domain/case.ts';
import type { ConsentPurpose, Slot } from '../../domain/document.ts';
import { instant } from './instant.ts';
import { staff } from './staff.ts';

export const cases = pgTable(
  'cases',
  {
    id: uuid('id').primaryKey(),
    number: text('number').unique('cases_number_unique'),
    kind: text('kind').$type<CaseKind>().notNull(),
    state: text('state').$type<CaseState>().notNull(),
    conversationId: text('conversation_id').notNull(),
    customerId: text('customer_id'),
    cardLast4: text('card_last4'),
    /** What the customer told, masked. */
    note: text('note'),
    /** What the reviewer wrote for colleagues; never sent to the customer. */
    reviewNote: text('review_note'),
    requiredSlots: jsonb('required_slots').$type<Slot[]>().notNull(),
    returnedSlots: jsonb('returned_slots').$type<ReturnedSlot[]>().notNull(),
    idempotencyKey: text('idempotency_key').notNull().unique('cases_idempotency_key_unique'),
    createdAt: instant('created_at').notNull(),
    submittedAt: instant('submitted_at'),
    decidedAt: instant('decided_at'),
    /** Outlives the state, which becomes `closed`. */
    decision: text('decision').$type<'approved' | 'rejected'>(),
    /** When it should be decided: the desk's queue is sorted by it. */
    breachAt: instant('breach_at'),
    /** Who works on it, as long as the lease lasts. */
    assignee: uuid('assignee').references((): AnyPgColumn => staff.id),
    leaseUntil: instant('lease_until'),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull(),
  },
  (table) => [
    index('cases_conversation').on(table.conversationId, table.submittedAt),
    index('cases_customer').on(table.customerId, table.submittedAt),
    index('cases_undecided')
      .on(table.kind, table.submittedAt)
      .where(sql`${table.state} in ('submitted', 'in-review', 'needs-more')`),
    index('cases_queue')
      .on(table.breachAt, table.id)
      .where(sql`${table.state} in ('submitted', 'in-review', 'needs-more')`),
    index('cases_breach').on(table.breachAt, table.id).where(sql`${table.number} is not null`),
    index('cases_last4').on(table.cardLast4, table.breachAt),
    index('cases_assignee').on(table.assignee).where(sql`${table.assignee} is not null`),
    check(
      'cases_state_known',
      sql`${table.state} in ('draft', 'submitted', 'in-review', 'needs-more', 'approved', 'rejected', 'closed', 'withdrawn')`,
    ),
    check('cases_number_form', sql`${table.number} ~ '^JB[0-9]{14}$'`),
    check(
      'cases_numbered_when_submitted',
      sql`${table.state} in ('draft', 'withdrawn') or (${table.number} is not null and ${table.submittedAt} is not null)`,
    ),
  ],
);

/** 单独同意: which wording a customer agreed to, for what and when. Rows are never changed. */
export const consents = pgTable(
  'consents',
  {
    id: uuid('id').primaryKey(),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    purpose: text('purpose').$type<ConsentPurpose>().notNull(),
    version: text('version').notNull(),
    givenAt: instant('given_at').notNull(),
  },
  (table) => [uniqueIndex('consents_once').on(table.caseId, table.purpose, table.version)],
);

/** Append-only: a trigger refuses every change. Each row's hash covers the hash before it. */
export const audit = pgTable(
  'audit',
  {
    seq: bigint('seq', { mode: 'number' }).primaryKey(),
    at: instant('at').notNull(),
    actor: text('actor').notNull(),
    action: text('action').notNull(),
    caseId: uuid('case_id'),
    before: jsonb('before').$type<Record<string, unknown> | null>(),
    after: jsonb('after').$type<Record<string, unknown> | null>(),
    previousHash: text('previous_hash').notNull(),
    hash: text('hash').notNull(),
  },
  (table) => [
    index('audit_case').on(table.caseId, table.seq),
    index('audit_actor').on(table.actor, table.seq),
    index('audit_action').on(table.action, table.seq),
  ],
);

/** The one row that holds the end of the chain; a trigger lets it only move on by one. */
export const auditHead = pgTable(
  'audit_head',
  {
    id: integer('id').primaryKey(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    hash: text('hash').notNull(),
  },
  (table) => [check('audit_head_single', sql`${table.id} = 1`)],
);
