import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Role } from '../../domain/staff.ts';
import { instant } from './instant.ts';

/** Accounts of the desk. A person who has left is inactive, never deleted: the audit names them. */
export const staff = pgTable(
  'staff',
  {
    id: uuid('id').primaryKey(),
    /** Lower case. */
    login: text('login').notNull(),
    number: text('number').notNull(),
    name: text('name').notNull(),
    roles: jsonb('roles').$type<Role[]>().notNull(),
    groups: jsonb('groups').$type<string[]>().notNull(),
    skills: jsonb('skills').$type<string[]>().notNull().default([]),
    capacity: integer('capacity').notNull(),
    locale: text('locale').notNull(),
    active: boolean('active').notNull().default(true),
    /** argon2id in PHC form; `null` = logs in at the identity provider only. */
    passwordHash: text('password_hash'),
    /** Set by somebody else: has to be replaced at the next login. */
    passwordTemporary: boolean('password_temporary').notNull().default(false),
    /** Subject at the identity provider. */
    oidcSubject: text('oidc_subject'),
    /** Their own account as a customer: never theirs to decide on. */
    customerId: text('customer_id'),
    /** Sealed; `null` = no second factor yet. */
    totpSecret: text('totp_secret'),
    /** Time step of the code that was used last: no code serves twice. */
    totpLastStep: bigint('totp_last_step', { mode: 'number' }).notNull().default(0),
    /** SHA-256 of the recovery codes that are left. */
    recoveryHashes: jsonb('recovery_hashes').$type<string[]>().notNull(),
    failedAttempts: integer('failed_attempts').notNull().default(0),
    lockedUntil: instant('locked_until'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull(),
  },
  (table) => [
    uniqueIndex('staff_login_unique').on(table.login),
    uniqueIndex('staff_number_unique').on(table.number),
    uniqueIndex('staff_oidc_subject_unique').on(table.oidcSubject),
    check('staff_login_form', sql`${table.login} ~ '^[a-z0-9][a-z0-9._@-]{1,63}$'`),
    check('staff_capacity_sensible', sql`${table.capacity} between 1 and 50`),
  ],
);

/** How far a login has come. */
export type LoginStage = 'totp' | 'enrol' | 'new-password' | 'full';

export const staffSessions = pgTable(
  'staff_sessions',
  {
    /** SHA-256 of the token in the cookie. */
    id: text('id').primaryKey(),
    staffId: uuid('staff_id')
      .notNull()
      .references(() => staff.id),
    stage: text('stage').$type<LoginStage>().notNull(),
    /** Sealed secret of a second factor that is being set up. */
    pendingTotp: text('pending_totp'),
    createdAt: instant('created_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    /** When a fresh code was given for what needs one. */
    steppedUpAt: instant('stepped_up_at'),
    ip: text('ip').notNull(),
    userAgent: text('user_agent').notNull(),
    endedAt: instant('ended_at'),
  },
  (table) => [
    index('staff_sessions_staff').on(table.staffId).where(sql`${table.endedAt} is null`),
    index('staff_sessions_age').on(table.expiresAt),
  ],
);
