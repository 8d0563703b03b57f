import { randomUUID } from 'node:crypto';
import { and, asc, eq, sql } from 'drizzle-orm';
import { appendAudit } from '../database/audit.ts';
import type { Database, Queries } from '../database/database.ts';
import { staff } from '../database/schema/index.ts';
import type { Clock } from '../domain/clock.ts';
import type { Role, StaffMember } from '../domain/staff.ts';
import { hashPassword, temporaryPassword } from './passwords.ts';
import { lockStaff, memberOf, type StaffRow } from './rows.ts';
import { endSessionsOf } from './sessions.ts';

export interface NewStaff {
  login: string;
  number: string;
  name: string;
  roles: Role[];
  groups?: string[] | undefined;
  skills?: string[] | undefined;
  capacity?: number | undefined;
  locale?: string | undefined;
  /** Logs in at the identity provider under this subject; otherwise by a password. */
  oidcSubject?: string | undefined;
  /** Their own account as a customer: they never decide on it. */
  customerId?: string | undefined;
}

export interface CreateOptions {
  /** Their own from the first login on; absent = a temporary one is made and told. */
  password?: string;
}

/** What is absent stays as it is. */
type Optional<T> = { [K in keyof T]?: T[K] | undefined };
export type StaffChange = Optional<Omit<NewStaff, 'login'> & { active: boolean }>;

export type StaffOutcome =
  | { kind: 'done'; member: StaffMember }
  /** Told this once; it has to be replaced at the first login. */
  | { kind: 'created'; member: StaffMember; temporaryPassword: string | undefined }
  | { kind: 'unknown' }
  /** The login or the number belongs to somebody else. */
  | { kind: 'taken'; what: 'login' | 'number' | 'oidcSubject' }
  | { kind: 'changed-meanwhile'; version: number }
  /** There would be no administrator left. */
  | { kind: 'last-admin' };

/** Accounts of the desk. `actor` is written to the audit as given. */
export interface StaffAccounts {
  create(account: NewStaff, actor: string, options?: CreateOptions): Promise<StaffOutcome>;
  change(id: string, change: StaffChange, actor: string, expectedVersion?: number): Promise<StaffOutcome>;
  /** A new temporary password; ends all sessions. */
  resetPassword(id: string, actor: string): Promise<StaffOutcome>;
  /** Takes the second factor away, for a phone that is lost; ends all sessions. */
  resetSecondFactor(id: string, actor: string): Promise<StaffOutcome>;
  find(id: string): Promise<StaffMember | undefined>;
  list(): Promise<StaffMember[]>;
  /** Whether anybody can administer the desk. */
  hasAdmin(): Promise<boolean>;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const auditable = (row: StaffRow) => {
  const { login, number, roles, groups, skills, capacity, active, customerId, version } = row;
  return {
    login,
    number,
    roles,
    groups,
    skills,
    capacity,
    active,
    version,
    ...(customerId !== null && { customerId }),
  };
};

const UNIQUE = { login: staff.login, number: staff.number, oidcSubject: staff.oidcSubject } as const;

/** What of an account somebody else has already. */
async function takenIn(
  tx: Queries,
  wanted: { [What in keyof typeof UNIQUE]?: string | undefined },
  own?: string,
): Promise<keyof typeof UNIQUE | undefined> {
  for (const what of ['login', 'number', 'oidcSubject'] as const) {
    const value = wanted[what];
    if (value === undefined) continue;
    const [other] = await tx.select({ id: staff.id }).from(staff).where(eq(UNIQUE[what], value));
    if (other && other.id !== own) return what;
  }
  return undefined;
}

const isAdmin = sql<boolean>`${staff.roles} @> '["admin"]'::jsonb`;

export function createAccounts(parts: { database: Database; clock: Clock }): StaffAccounts {
  const { database, clock } = parts;

  async function record(
    tx: Queries,
    actor: string,
    action: string,
    before: StaffRow | undefined,
    after: StaffRow,
  ) {
    await appendAudit(tx, {
      at: clock.now(),
      actor,
      action,
      ...(before && { before: { staff: before.id, ...auditable(before) } }),
      after: { staff: after.id, ...auditable(after) },
    });
  }

  async function write(
    tx: Queries,
    row: StaffRow,
    change: Partial<StaffRow>,
    actor: string,
    action: string,
  ): Promise<StaffRow> {
    const [changed] = await tx
      .update(staff)
      .set({ ...change, updatedAt: clock.now(), version: row.version + 1 })
      .where(eq(staff.id, row.id))
      .returning();
    if (!changed) throw new Error('a locked account is gone');
    await record(tx, actor, action, row, changed);
    return changed;
  }

  /** All administrators are locked first: two that switch each other off would leave none. */
  async function isLastAdmin(tx: Queries, row: StaffRow): Promise<boolean> {
    const admins = await tx
      .select({ id: staff.id })
      .from(staff)
      .where(and(isAdmin, eq(staff.active, true)))
      .orderBy(asc(staff.id))
      .for('no key update');
    return admins.length === 1 && admins[0]?.id === row.id;
  }

  const onAccount = (id: string, work: (tx: Queries, row: StaffRow) => Promise<StaffOutcome>) =>
    UUID.test(id)
      ? database.transaction(async (tx): Promise<StaffOutcome> => {
          const row = await lockStaff(tx, id);
          return row ? work(tx, row) : { kind: 'unknown' };
        })
      : Promise.resolve<StaffOutcome>({ kind: 'unknown' });

  return {
    async create(account, actor, options = {}) {
      const login = account.login.trim().toLowerCase();
      const needsOne = account.oidcSubject === undefined && options.password === undefined;
      const temporary = needsOne ? temporaryPassword() : undefined;
      const password = temporary ?? options.password;
      const passwordHash = password === undefined ? null : await hashPassword(password);
      const now = clock.now();
      return database.transaction(async (tx): Promise<StaffOutcome> => {
        const taken = await takenIn(tx, { ...account, login });
        if (taken) return { kind: 'taken', what: taken };
        const [row] = await tx
          .insert(staff)
          .values({
            id: randomUUID(),
            login,
            number: account.number,
            name: account.name,
            roles: account.roles,
            groups: account.groups ?? ['default'],
            skills: account.skills ?? [],
            capacity: account.capacity ?? 5,
            locale: account.locale ?? 'zh-CN',
            passwordHash,
            passwordTemporary: needsOne,
            oidcSubject: account.oidcSubject ?? null,
            customerId: account.customerId ?? null,
            recoveryHashes: [],
            createdAt: now,
            updatedAt: now,
            version: 1,
          })
          .onConflictDoNothing()
          .returning();
        // Somebody else has just taken it.
        if (!row) return { kind: 'taken', what: 'login' };
        await record(tx, actor, 'staff.created', undefined, row);
        return { kind: 'created', member: memberOf(row), temporaryPassword: temporary };
      });
    },

    change: (id, change, actor, expectedVersion) =>
      onAccount(id, async (tx, row) => {
        if (expectedVersion !== undefined && row.version !== expectedVersion)
          return { kind: 'changed-meanwhile', version: row.version };
        const taken = await takenIn(tx, change, id);
        if (taken) return { kind: 'taken', what: taken };
        const staysAdmin = (change.active ?? row.active) && (change.roles ?? row.roles).includes('admin');
        if (!staysAdmin && row.roles.includes('admin') && (await isLastAdmin(tx, row)))
          return { kind: 'last-admin' };
        const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
        const changed = await write(tx, row, given, actor, 'staff.changed');
        // Fewer rights hold from now on, not from the next login.
        if (change.active === false || change.roles) await endSessionsOf(tx, clock, id);
        return { kind: 'done', member: memberOf(changed) };
      }),

    async resetPassword(id, actor) {
      const password = temporaryPassword();
      const passwordHash = await hashPassword(password);
      return onAccount(id, async (tx, row) => {
        const change = { passwordHash, passwordTemporary: true, failedAttempts: 0, lockedUntil: null };
        await endSessionsOf(tx, clock, id);
        const changed = await write(tx, row, change, actor, 'staff.password-reset');
        return { kind: 'created', member: memberOf(changed), temporaryPassword: password };
      });
    },

    resetSecondFactor: (id, actor) =>
      onAccount(id, async (tx, row) => {
        await endSessionsOf(tx, clock, id);
        const change = { totpSecret: null, totpLastStep: 0, recoveryHashes: [] };
        const changed = await write(tx, row, change, actor, 'staff.second-factor-reset');
        return { kind: 'done', member: memberOf(changed) };
      }),

    async find(id) {
      if (!UUID.test(id)) return undefined;
      const [row] = await database.run((db) => db.select().from(staff).where(eq(staff.id, id)));
      return row && memberOf(row);
    },

    async list() {
      const rows = await database.run((db) => db.select().from(staff).orderBy(asc(staff.number)));
      return rows.map(memberOf);
    },

    async hasAdmin() {
      const [row] = await database.run((db) =>
        db
          .select({ id: staff.id })
          .from(staff)
          .where(and(isAdmin, eq(staff.active, true)))
          .limit(1),
      );
      return row !== undefined;
    },
  };
}
