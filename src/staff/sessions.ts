import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { and, eq, isNull, lt } from 'drizzle-orm';
import type { Database, Queries } from '../database/database.ts';
import { type LoginStage, staff, staffSessions } from '../database/schema/index.ts';
import type { Clock } from '../domain/clock.ts';
import type { StaffMember } from '../domain/staff.ts';
import { memberOf, type StaffRow } from './rows.ts';

/** Where a login comes from, for the list of one's sessions and the audit. */
export interface Client {
  ip: string;
  userAgent: string;
}

/** A live session and whose it is. */
export interface StaffSession {
  id: string;
  stage: LoginStage;
  member: StaffMember;
  /** Whether a code was given in the last minutes, for what needs a fresh one. */
  steppedUp: boolean;
  /** ISO-8601 UTC; it ends earlier when nothing is done. */
  expiresAt: string;
}

const MINUTE_MS = 60_000;
/** NIST SP 800-63B AAL2: at most 12 hours, at most 30 minutes without activity. */
const ABSOLUTE_MS = 12 * 60 * MINUTE_MS;
const IDLE_MS = 30 * MINUTE_MS;
/** Between password and second factor. */
const UNFINISHED_MS = 10 * MINUTE_MS;
const STEP_UP_MS = 5 * MINUTE_MS;
/** Activity is written down at most this often. */
const TOUCH_MS = MINUTE_MS;
const KEEP_ENDED_MS = 90 * 24 * 60 * MINUTE_MS;

const idOf = (token: string) => createHash('sha256').update(token).digest('hex');

/** Opens a session; the token is told once and only its hash is kept. */
export async function openSession(
  tx: Queries,
  clock: Clock,
  session: { staffId: string; stage: LoginStage; client: Client },
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const now = clock.now();
  const lasts = session.stage === 'full' ? ABSOLUTE_MS : UNFINISHED_MS;
  await tx.insert(staffSessions).values({
    id: idOf(token),
    staffId: session.staffId,
    stage: session.stage,
    createdAt: now,
    lastSeenAt: now,
    expiresAt: new Date(now.getTime() + lasts),
    // A whole login has just shown a code.
    steppedUpAt: session.stage === 'full' ? now : null,
    ip: session.client.ip.slice(0, 64),
    userAgent: session.client.userAgent.slice(0, 200),
  });
  return token;
}

type SessionRow = typeof staffSessions.$inferSelect;

export interface FoundSession {
  session: SessionRow;
  account: StaffRow;
}

/** The live session of a token with its account; undefined when it has ended in whatever way. */
export async function findSession(
  database: Database,
  clock: Clock,
  token: string,
): Promise<FoundSession | undefined> {
  const [found] = await database.run((db) =>
    db
      .select({ session: staffSessions, account: staff })
      .from(staffSessions)
      .innerJoin(staff, eq(staff.id, staffSessions.staffId))
      .where(and(eq(staffSessions.id, idOf(token)), isNull(staffSessions.endedAt))),
  );
  if (!found?.account.active) return undefined;
  const now = clock.now().getTime();
  const { expiresAt, lastSeenAt } = found.session;
  if (expiresAt.getTime() <= now || lastSeenAt.getTime() + IDLE_MS <= now) return undefined;
  return found;
}

export async function touch(database: Database, clock: Clock, { session }: FoundSession): Promise<void> {
  const now = clock.now();
  if (now.getTime() - session.lastSeenAt.getTime() < TOUCH_MS) return;
  await database.run((db) =>
    db.update(staffSessions).set({ lastSeenAt: now }).where(eq(staffSessions.id, session.id)),
  );
}

export function sessionOf({ session, account }: FoundSession, clock: Clock): StaffSession {
  const { id, stage, steppedUpAt, expiresAt } = session;
  const steppedUp = steppedUpAt !== null && clock.now().getTime() - steppedUpAt.getTime() < STEP_UP_MS;
  return { id, stage, member: memberOf(account), steppedUp, expiresAt: expiresAt.toISOString() };
}

export async function endSession(tx: Queries, clock: Clock, id: string): Promise<void> {
  await tx
    .update(staffSessions)
    .set({ endedAt: clock.now(), pendingTotp: null })
    .where(and(eq(staffSessions.id, id), isNull(staffSessions.endedAt)));
}

/** Ends all sessions of somebody: password changed, account switched off, phone lost. */
export async function endSessionsOf(tx: Queries, clock: Clock, staffId: string): Promise<void> {
  await tx
    .update(staffSessions)
    .set({ endedAt: clock.now(), pendingTotp: null })
    .where(and(eq(staffSessions.staffId, staffId), isNull(staffSessions.endedAt)));
}

/** Forgets sessions that ended long ago. */
export async function purgeSessions(database: Database, clock: Clock): Promise<void> {
  const before = new Date(clock.now().getTime() - KEEP_ENDED_MS);
  await database.run((db) => db.delete(staffSessions).where(lt(staffSessions.expiresAt, before)));
}

/** What a page has to send beside the cookie with everything that changes something. */
export function csrfToken(key: Buffer, sessionId: string): string {
  return createHmac('sha256', key).update(`csrf:${sessionId}`).digest('base64url');
}

export function isCsrfToken(key: Buffer, sessionId: string, given: string): boolean {
  const [expected, actual] = [Buffer.from(csrfToken(key, sessionId)), Buffer.from(given)];
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}
