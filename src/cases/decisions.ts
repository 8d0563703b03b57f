import { and, asc, eq, inArray, isNotNull } from 'drizzle-orm';
import { verifyAudit } from '../database/audit.ts';
import type { Database, Queries } from '../database/database.ts';
import { cases } from '../database/schema/index.ts';
import type { AuditCheck } from '../domain/audit.ts';
import type { Case, CaseKind, CaseState, ReturnedSlot } from '../domain/case.ts';
import type { Clock } from '../domain/clock.ts';
import type { Slot } from '../domain/document.ts';
import { announce, type CaseChange, change, mayBecome, reportDecision } from './change.ts';
import { reopenSlots } from './reopen.ts';
import { type CaseRow, caseFrom, casesOf, lockByNumber, storable } from './rows.ts';

/** What became of a reviewer's step. Everything but `done` changed nothing. */
export type DecisionOutcome =
  | { kind: 'done'; case: Case }
  | { kind: 'unknown-case' }
  | { kind: 'wrong-state'; state: CaseState }
  /** Somebody else was quicker: look at the case again. */
  | { kind: 'changed-meanwhile'; version: number }
  /** Returning needs at least one slot, each once. */
  | { kind: 'nothing-returned' }
  /** The case never asked for these. */
  | { kind: 'slots-not-asked'; slots: Slot[] };

/** A case as the desk sees it. */
export type ReviewCase = Case & { reviewNote?: string | undefined };

/**
 * The operator's way round the desk, from the command line of the server: no claim, no second person. It ends
 * whoever's claim and proposal, and the audit marks every step of it as `override`. `actor` is written to the audit as given: `agent:<id>`. With
 * `expectedVersion` a step is refused when the case is not what the reviewer looked at.
 */
export interface CaseDecisions {
  startReview(number: string, actor: string, expectedVersion?: number): Promise<DecisionOutcome>;
  /** Tells the customer, and the platform if it knows the customer. */
  approve(number: string, actor: string, expectedVersion?: number): Promise<DecisionOutcome>;
  /** Like `approve`. The note is for colleagues and never sent. */
  reject(number: string, actor: string, note?: string, expectedVersion?: number): Promise<DecisionOutcome>;
  /** Opens these slots again and tells the customer why; what filled them is `replaced`. */
  needsMore(
    number: string,
    actor: string,
    returnedSlots: ReturnedSlot[],
    expectedVersion?: number,
  ): Promise<DecisionOutcome>;
  close(number: string, actor: string, expectedVersion?: number): Promise<DecisionOutcome>;
  /** Submitted cases, longest waiting first; at most `limit` (100). */
  queue(filter?: { states?: CaseState[]; kinds?: CaseKind[]; limit?: number }): Promise<ReviewCase[]>;
  get(number: string): Promise<ReviewCase | undefined>;
  verifyAudit(): Promise<AuditCheck>;
}

interface Step {
  number: string;
  actor: string;
  expectedVersion: number | undefined;
  to: CaseState;
  action: string;
  change?: CaseChange;
  /** Refuses the step, looking at the locked case. */
  check?: (row: CaseRow) => DecisionOutcome | undefined;
  /** What goes with the step, in the same transaction: before the audit's line, which all others wait for. */
  prepare?: (tx: Queries, row: CaseRow) => Promise<void>;
  /** After it, knowing the new version. */
  announce?: (tx: Queries, changed: CaseRow) => Promise<void>;
}

const WAITING: CaseState[] = ['submitted', 'in-review', 'needs-more'];

async function reviewCases(db: Queries, rows: CaseRow[]): Promise<ReviewCase[]> {
  const notes = new Map(rows.map((row) => [row.id, row.reviewNote ?? undefined]));
  return (await casesOf(db, rows)).map((one) => ({ ...one, reviewNote: notes.get(one.id) }));
}

function returnable(returned: ReturnedSlot[]): (row: CaseRow) => DecisionOutcome | undefined {
  const slots = returned.map((one) => one.slot);
  return (row) => {
    if (slots.length === 0 || new Set(slots).size < slots.length) return { kind: 'nothing-returned' };
    const notAsked = slots.filter((slot) => !row.requiredSlots.includes(slot));
    return notAsked.length > 0 ? { kind: 'slots-not-asked', slots: notAsked } : undefined;
  };
}

/** The desk's side of cases, on the database. */
export function deskSide(parts: { database: Database; clock: Clock; kick: () => void }): CaseDecisions {
  const { database, clock, kick } = parts;

  async function take(step: Step): Promise<DecisionOutcome> {
    const outcome = await database.transaction(async (tx): Promise<DecisionOutcome> => {
      const row = await lockByNumber(tx, step.number);
      if (!row) return { kind: 'unknown-case' };
      if (step.expectedVersion !== undefined && step.expectedVersion !== row.version)
        return { kind: 'changed-meanwhile', version: row.version };
      if (!mayBecome(row, step.to)) return { kind: 'wrong-state', state: row.state };
      const refused = step.check?.(row);
      if (refused) return refused;
      const to = {
        change: { state: step.to, ...step.change },
        actor: step.actor,
        action: step.action,
        more: { override: true },
      };
      await step.prepare?.(tx, row);
      const changed = await change(tx, clock, row, to);
      await step.announce?.(tx, changed);
      return { kind: 'done', case: await caseFrom(tx, changed) };
    });
    if (outcome.kind === 'done') kick();
    return outcome;
  }

  const decide = (to: 'approved' | 'rejected', step: Omit<Step, 'to' | 'action'>) =>
    take({
      ...step,
      to,
      action: `case.${to}`,
      change: { ...step.change, decision: to, decidedAt: clock.now(), returnedSlots: [] },
      announce: async (tx, changed) => {
        await reportDecision(tx, clock, changed, to);
        await announce(tx, clock, changed);
      },
    });

  return {
    startReview: (number, actor, expectedVersion) =>
      take({ number, actor, expectedVersion, to: 'in-review', action: 'case.review-started' }),
    approve: (number, actor, expectedVersion) => decide('approved', { number, actor, expectedVersion }),
    reject: (number, actor, note, expectedVersion) =>
      decide('rejected', {
        number,
        actor,
        expectedVersion,
        ...(note !== undefined && { change: { reviewNote: storable(note) } }),
      }),
    needsMore: (number, actor, returnedSlots, expectedVersion) =>
      take({
        number,
        actor,
        expectedVersion,
        to: 'needs-more',
        action: 'case.returned',
        change: { returnedSlots },
        check: returnable(returnedSlots),
        prepare: (tx, row) => reopenSlots(tx, clock, { row, returned: returnedSlots, actor }),
        announce: (tx, changed) => announce(tx, clock, changed),
      }),
    close: (number, actor, expectedVersion) =>
      take({ number, actor, expectedVersion, to: 'closed', action: 'case.closed' }),

    queue: (filter = {}) =>
      database.run(async (db) => {
        const rows = await db
          .select()
          .from(cases)
          .where(
            and(
              isNotNull(cases.number),
              inArray(cases.state, filter.states ?? WAITING),
              filter.kinds && inArray(cases.kind, filter.kinds),
            ),
          )
          .orderBy(asc(cases.submittedAt), asc(cases.id))
          .limit(filter.limit ?? 100);
        return reviewCases(db, rows);
      }),
    get: (number) =>
      database.run(async (db) => {
        const rows = await db.select().from(cases).where(eq(cases.number, number));
        return (await reviewCases(db, rows))[0];
      }),
    verifyAudit: () => verifyAudit(database),
  };
}
