import { eq, sql } from 'drizzle-orm';
import { appendAudit } from '../database/audit.ts';
import type { Database, Queries } from '../database/database.ts';
import { type LoginStage, staff, staffSessions } from '../database/schema/index.ts';
import type { Clock } from '../domain/clock.ts';
import { auditName } from '../domain/staff.ts';
import { hashPassword, type PasswordFault, passwordFault, verifyPassword } from './passwords.ts';
import { findByLogin, lockStaff, type StaffRow } from './rows.ts';
import type { Sealer } from './sealer.ts';
import {
  type Client,
  endSession,
  endSessionsOf,
  type FoundSession,
  findSession,
  openSession,
  type StaffSession,
  sessionOf,
  touch,
} from './sessions.ts';
import { acceptedStep, hashCode, newRecoveryCodes, newTotp } from './totp.ts';

/** What is asked for next; the token replaces the one before it. */
export type LoginStep = { kind: 'next'; stage: LoginStage; token: string };
/** Wrong login, password or code, a locked or inactive account: nobody is told which. */
export type Refused = { kind: 'refused' };
/** The session is over, or not at the step that was tried. */
export type NotNow = { kind: 'no-session' };

export interface StaffLogin {
  begin(credentials: { login: string; password: string }, client: Client): Promise<LoginStep | Refused>;
  /** A code of the second factor, or a recovery code. */
  giveCode(token: string, code: string, client: Client): Promise<LoginStep | Refused | NotNow>;
  /** A new second factor, to be confirmed with its first code. */
  enrol(token: string): Promise<{ kind: 'enrolling'; secret: string; uri: string } | NotNow>;
  /** Keeps the second factor. The recovery codes are told this once. */
  confirmEnrolment(
    token: string,
    code: string,
    client: Client,
  ): Promise<(LoginStep & { recoveryCodes: string[] }) | Refused | NotNow>;
  /** Replaces a temporary password, or one's own: with `current` in a whole session. */
  changePassword(
    token: string,
    change: { current?: string | undefined; next: string },
    client: Client,
  ): Promise<LoginStep | Refused | NotNow | { kind: 'unsuitable'; fault: PasswordFault }>;
  /** Shows a code again, for what needs a fresh one; who has no second factor, the password. */
  stepUp(token: string, code: string): Promise<{ kind: 'done' } | Refused | NotNow>;
  /** The live session, whatever its stage; counts as activity. */
  session(token: string): Promise<StaffSession | undefined>;
  /** The same, without that counting as activity: an open page alone keeps nobody logged in. */
  peek(token: string): Promise<StaffSession | undefined>;
  logout(token: string): Promise<void>;
  /** Opens a whole session for somebody whom the identity provider has named. */
  admit(oidcSubject: string, client: Client): Promise<LoginStep | Refused>;
  /** Counts as a fresh code: the provider has just asked the same person again. */
  readmit(token: string, oidcSubject: string): Promise<{ kind: 'done' } | Refused | NotNow>;
}

/** After this many failures in a row the account is locked, longer each time. */
const FREE_ATTEMPTS = 5;
const FIRST_LOCK_MS = 60_000;
const LONGEST_LOCK_MS = 60 * 60_000;

const REFUSED: Refused = { kind: 'refused' };
const NO_SESSION: NotNow = { kind: 'no-session' };

function lockMs(failures: number): number {
  return Math.min(FIRST_LOCK_MS * 2 ** (failures - FREE_ATTEMPTS), LONGEST_LOCK_MS);
}

/** Logging in: password, then second factor; whole sessions only after both. */
export function createLogin(parts: {
  database: Database;
  clock: Clock;
  sealer: Sealer;
  /** Name that authenticator apps show. */
  issuer: string;
  /** `optional` is for trying the product out: who has set up none logs in without. */
  secondFactor: 'required' | 'optional';
}): StaffLogin {
  const { database, clock, sealer, issuer, secondFactor } = parts;

  const isLocked = ({ lockedUntil }: StaffRow) => lockedUntil !== null && lockedUntil > clock.now();

  async function fail(tx: Queries, account: StaffRow, action: string): Promise<Refused> {
    const failures = account.failedAttempts + 1;
    const locks = failures >= FREE_ATTEMPTS;
    const now = clock.now();
    await tx
      .update(staff)
      .set({
        failedAttempts: failures,
        ...(locks && { lockedUntil: new Date(now.getTime() + lockMs(failures)) }),
      })
      .where(eq(staff.id, account.id));
    await appendAudit(tx, { at: now, actor: auditName(account), action, after: { failures, locked: locks } });
    return REFUSED;
  }

  async function succeed(tx: Queries, account: StaffRow, change: Partial<StaffRow> = {}): Promise<void> {
    await tx
      .update(staff)
      .set({ failedAttempts: 0, lockedUntil: null, ...change })
      .where(eq(staff.id, account.id));
  }

  function stageAfterCode(account: StaffRow): LoginStage {
    return account.passwordTemporary ? 'new-password' : 'full';
  }

  function stageAfterPassword(account: StaffRow): LoginStage {
    if (account.totpSecret !== null) return 'totp';
    return secondFactor === 'required' ? 'enrol' : stageAfterCode(account);
  }

  /** Every step has a token of its own: one that was seen before the last step is worth nothing after it. */
  async function proceed(
    tx: Queries,
    account: StaffRow,
    stage: LoginStage,
    client: Client,
    before?: FoundSession,
  ): Promise<LoginStep> {
    if (before) await endSession(tx, clock, before.session.id);
    const token = await openSession(tx, clock, { staffId: account.id, stage, client });
    if (stage === 'full')
      await appendAudit(tx, { at: clock.now(), actor: auditName(account), action: 'staff.logged-in' });
    return { kind: 'next', stage, token };
  }

  async function at(token: string, ...stages: LoginStage[]): Promise<FoundSession | undefined> {
    const found = await findSession(database, clock, token);
    return found && stages.includes(found.session.stage) ? found : undefined;
  }

  /** What the use of a code changes in the account; undefined when the code is not right. */
  function useCode(account: StaffRow, code: string): Partial<StaffRow> | undefined {
    if (account.totpSecret === null) return undefined;
    const secret = sealer.open(account.totpSecret, account.id);
    const step = acceptedStep(secret, code.trim(), clock.now(), account.totpLastStep);
    if (step !== undefined) return { totpLastStep: step };
    const hash = hashCode(code.trim());
    if (!account.recoveryHashes.includes(hash)) return undefined;
    return { recoveryHashes: account.recoveryHashes.filter((kept) => kept !== hash) };
  }

  /** Checks a code on the locked account: two requests with the same code cannot both pass. */
  function withCode<T>(
    found: FoundSession,
    code: string,
    then: (tx: Queries, account: StaffRow) => Promise<T>,
  ): Promise<T | Refused> {
    return database.transaction(async (tx) => {
      const account = await lockStaff(tx, found.account.id);
      if (!account || isLocked(account)) return REFUSED;
      const change = useCode(account, code);
      if (!change) return fail(tx, account, 'staff.code-refused');
      await succeed(tx, account, change);
      return then(tx, { ...account, ...change });
    });
  }

  async function stepUpIn(tx: Queries, { session, account }: FoundSession): Promise<{ kind: 'done' }> {
    const now = clock.now();
    await tx.update(staffSessions).set({ steppedUpAt: now }).where(eq(staffSessions.id, session.id));
    await appendAudit(tx, { at: now, actor: auditName(account), action: 'staff.stepped-up' });
    return { kind: 'done' };
  }

  return {
    async begin({ login, password }, client) {
      const known = await database.run((db) => findByLogin(db, login));
      // Before the lock is taken, as it takes long; as long for a login that does not exist.
      const right = await verifyPassword(known?.passwordHash ?? null, password);
      if (!known) return REFUSED;
      return database.transaction(async (tx) => {
        const account = await lockStaff(tx, known.id);
        if (!account?.active || isLocked(account)) return REFUSED;
        // The password may have been changed since it was read.
        if (!right || account.passwordHash !== known.passwordHash)
          return fail(tx, account, 'staff.password-refused');
        if (account.totpSecret === null) await succeed(tx, account);
        return proceed(tx, account, stageAfterPassword(account), client);
      });
    },

    async giveCode(token, code, client) {
      const found = await at(token, 'totp');
      if (!found) return NO_SESSION;
      return withCode(found, code, (tx, account) =>
        proceed(tx, account, stageAfterCode(account), client, found),
      );
    },

    async enrol(token) {
      const found = await at(token, 'enrol');
      if (!found) return NO_SESSION;
      const { secret, uri } = newTotp(issuer, found.account.login);
      const pendingTotp = sealer.seal(secret, found.account.id);
      await database.run((db) =>
        db.update(staffSessions).set({ pendingTotp }).where(eq(staffSessions.id, found.session.id)),
      );
      return { kind: 'enrolling', secret, uri };
    },

    async confirmEnrolment(token, code, client) {
      const found = await at(token, 'enrol');
      const pending = found?.session.pendingTotp;
      if (!found || !pending) return NO_SESSION;
      const recoveryCodes = newRecoveryCodes();
      return database.transaction(async (tx) => {
        const account = await lockStaff(tx, found.account.id);
        if (!account || account.totpSecret !== null) return NO_SESSION;
        const step = acceptedStep(sealer.open(pending, account.id), code.trim(), clock.now(), 0);
        if (step === undefined) return REFUSED;
        const change = {
          totpSecret: pending,
          totpLastStep: step,
          recoveryHashes: recoveryCodes.map(hashCode),
        };
        await succeed(tx, account, change);
        const next = await proceed(tx, account, stageAfterCode(account), client, found);
        await appendAudit(tx, {
          at: clock.now(),
          actor: auditName(account),
          action: 'staff.second-factor-set',
        });
        return { ...next, recoveryCodes };
      });
    },

    async changePassword(token, { current, next }, client) {
      const found = await at(token, 'new-password', 'full');
      if (!found) return NO_SESSION;
      const { account, session } = found;
      if (isLocked(account)) return REFUSED;
      if (session.stage === 'full' && !(await verifyPassword(account.passwordHash, current ?? '')))
        return database.transaction(async (tx) => {
          const locked = await lockStaff(tx, account.id);
          return locked ? fail(tx, locked, 'staff.password-refused') : REFUSED;
        });
      const fault = passwordFault(next, account.login);
      if (fault) return { kind: 'unsuitable', fault };
      const passwordHash = await hashPassword(next);
      return database.transaction(async (tx) => {
        const locked = await lockStaff(tx, account.id);
        if (!locked || locked.passwordHash !== account.passwordHash) return REFUSED;
        const change = { passwordHash, passwordTemporary: false, version: sql`${staff.version} + 1` };
        await tx.update(staff).set(change).where(eq(staff.id, account.id));
        await endSessionsOf(tx, clock, account.id);
        const step = await proceed(tx, locked, 'full', client);
        await appendAudit(tx, {
          at: clock.now(),
          actor: auditName(locked),
          action: 'staff.password-changed',
        });
        return step;
      });
    },

    async stepUp(token, code) {
      const found = await at(token, 'full');
      if (!found) return NO_SESSION;
      const done = (tx: Queries) => stepUpIn(tx, found);
      if (found.account.totpSecret !== null) return withCode(found, code, done);
      const right = await verifyPassword(found.account.passwordHash, code);
      return database.transaction(async (tx) => {
        const account = await lockStaff(tx, found.account.id);
        if (!account || isLocked(account) || account.totpSecret !== null) return REFUSED;
        return right ? done(tx) : fail(tx, account, 'staff.password-refused');
      });
    },

    async session(token) {
      const found = await findSession(database, clock, token);
      if (!found) return undefined;
      await touch(database, clock, found);
      return sessionOf(found, clock);
    },

    async peek(token) {
      const found = await findSession(database, clock, token);
      return found && sessionOf(found, clock);
    },

    async logout(token) {
      const found = await findSession(database, clock, token);
      if (!found) return;
      await database.transaction(async (tx) => {
        await endSession(tx, clock, found.session.id);
        await appendAudit(tx, {
          at: clock.now(),
          actor: auditName(found.account),
          action: 'staff.logged-out',
        });
      });
    },

    async admit(oidcSubject, client) {
      return database.transaction(async (tx) => {
        const [account] = await tx.select().from(staff).where(eq(staff.oidcSubject, oidcSubject));
        // The provider has seen to the second factor.
        return account?.active ? proceed(tx, account, 'full', client) : REFUSED;
      });
    },

    async readmit(token, oidcSubject) {
      const found = await at(token, 'full');
      if (!found) return NO_SESSION;
      if (found.account.oidcSubject !== oidcSubject) return REFUSED;
      return database.transaction((tx) => stepUpIn(tx, found));
    },
  };
}
