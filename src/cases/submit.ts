import { and, eq } from 'drizzle-orm';
import type { Queries } from '../database/database.ts';
import { violates } from '../database/fault.ts';
import { documents } from '../database/schema/index.ts';
import type { CaseKind } from '../domain/case.ts';
import { CaseRefused } from '../domain/case-refused.ts';
import type { Clock } from '../domain/clock.ts';
import { change, closeTickets, customerOf, mayBecome } from './change.ts';
import type { CaseRow } from './rows.ts';

/** With a million numbers a day, so many misses in a row mean that something else is wrong. */
const NUMBER_TRIES = 20;

interface Submission {
  tx: Queries;
  clock: Clock;
  number: (at: Date) => string;
  breach: (tx: Queries, kind: CaseKind, at: Date) => Promise<Date>;
  /** Locked. */
  row: CaseRow;
}

/** Submits a locked case; one that has been submitted before is returned as it is. */
export async function submitCase(submission: Submission): Promise<CaseRow> {
  const { tx, clock, row } = submission;
  if (!mayBecome(row, 'submitted')) {
    if (row.number !== null && row.state !== 'withdrawn') return row;
    throw new CaseRefused('submit', { code: 'wrong-state', state: row.state });
  }
  await refuseWithoutDocuments(tx, row);
  await closeTickets(tx, clock, row.id);
  return numbered(submission, NUMBER_TRIES);
}

async function refuseWithoutDocuments(tx: Queries, row: CaseRow): Promise<void> {
  const stored = await tx
    .select({ slot: documents.slot })
    .from(documents)
    .where(and(eq(documents.caseId, row.id), eq(documents.state, 'stored')));
  const slots = row.requiredSlots.filter((slot) => !stored.some((one) => one.slot === slot));
  if (slots.length > 0) throw new CaseRefused('submit', { code: 'documents-missing', slots });
}

/** Each try is a savepoint: a number that is taken must not undo the whole submission. */
async function numbered(submission: Submission, triesLeft: number): Promise<CaseRow> {
  const { tx, clock, number, breach, row } = submission;
  const now = clock.now();
  const to = {
    change: {
      state: 'submitted' as const,
      number: row.number ?? number(now),
      // A re-submission keeps its place in the queue.
      submittedAt: row.submittedAt ?? now,
      breachAt: row.breachAt ?? (await breach(tx, row.kind, now)),
      returnedSlots: [],
    },
    actor: customerOf(row),
    action: row.number === null ? 'case.submitted' : 'case.resubmitted',
  };
  try {
    return await tx.transaction((savepoint) => change(savepoint, clock, row, to));
  } catch (error) {
    if (triesLeft <= 1 || !violates(error, 'cases_number_unique')) throw error;
  }
  return numbered(submission, triesLeft - 1);
}
