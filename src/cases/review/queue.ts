import { and, asc, desc, eq, gt, inArray, isNotNull, like, lt, ne, or, type SQL, sql } from 'drizzle-orm';
import { cases, documentDuplicates, documents, reviewProposals, staff } from '../../database/schema/index.ts';
import { type CaseKind, type CaseState, triesAreOver } from '../../domain/case.ts';
import type { FourEyesCause } from '../../domain/review.ts';
import type { StaffActor } from '../../domain/staff.ts';
import { cursorOf, positionOf } from './cursor.ts';
import { isHeld, type ReviewParts } from './step.ts';

export interface QueueFilter {
  kinds?: CaseKind[] | undefined;
  /** Default: all undecided ones. */
  states?: CaseState[] | undefined;
  /** Held by whoever asks. */
  mine?: boolean | undefined;
  /** Past their time and waiting for the desk. */
  overdue?: boolean | undefined;
  /** Waiting for a second person, who may be the one who asks. */
  toConfirm?: boolean | undefined;
  /** A case number, its beginning, or the last four digits of a card. */
  search?: string | undefined;
  limit: number;
  /** `next` of the page before. */
  after?: string | undefined;
}

/** A line of the queue. */
export interface QueueItem {
  number: string;
  kind: CaseKind;
  state: CaseState;
  version: number;
  cardLast4: string | null;
  submittedAt: string;
  breachAt: string;
  overdue: boolean;
  /** Who works on it now. */
  holder: { number: string; until: string; me: boolean } | null;
  proposal: { decision: 'approved' | 'rejected'; cause: FourEyesCause; by: string; mine: boolean } | null;
  /** Pictures that another customer's resemble. */
  duplicates: boolean;
  triesOver: boolean;
}

export interface QueueSummary {
  waiting: number;
  mine: number;
  overdue: number;
  toConfirm: number;
  kinds: { kind: CaseKind; waiting: number }[];
}

const UNDECIDED: CaseState[] = ['submitted', 'in-review', 'needs-more'];
const AT_DESK: CaseState[] = ['submitted', 'in-review'];

const waiting = inArray(cases.state, UNDECIDED);

function found(search: string | undefined): SQL | undefined {
  const wanted = search?.trim().toUpperCase();
  if (!wanted) return undefined;
  if (/^\d{4}$/.test(wanted)) return eq(cases.cardLast4, wanted);
  if (/^JB\d{14}$/.test(wanted)) return eq(cases.number, wanted);
  return like(cases.number, `${wanted.replaceAll(/[\\%_]/g, '\\$&')}%`);
}

const hasDuplicates = sql<boolean>`exists (
  select 1 from ${documentDuplicates} d join ${documents} own on own.id in (d.document_id, d.other_id)
  where own.case_id = ${cases.id})`;

/** The desk's list, the one that is due first on top. */
export function queue({ database, clock }: ReviewParts) {
  const conditions = (filter: QueueFilter, actor: StaffActor, now: Date) => ({
    mine: filter.mine ? and(eq(cases.assignee, actor.id), gt(cases.leaseUntil, now)) : undefined,
    overdue: filter.overdue ? and(inArray(cases.state, AT_DESK), lt(cases.breachAt, now)) : undefined,
    toConfirm: filter.toConfirm
      ? and(isNotNull(reviewProposals.id), ne(reviewProposals.proposedBy, actor.id))
      : undefined,
  });
  const proposer = sql<
    string | null
  >`(select p.number from ${staff} p where p.id = ${reviewProposals.proposedBy})`;

  async function list(
    filter: QueueFilter,
    actor: StaffActor,
  ): Promise<{ cases: QueueItem[]; next?: string }> {
    const now = clock.now();
    const { limit, states = UNDECIDED } = filter;
    // Of those that are done, the latest are looked for.
    const backwards = states.every((state) => !UNDECIDED.includes(state));
    const [order, beyond] = backwards ? [desc, lt] : [asc, gt];
    const after = positionOf(filter.after);
    const rest =
      after &&
      or(
        beyond(cases.breachAt, after.breachAt),
        and(eq(cases.breachAt, after.breachAt), beyond(cases.id, after.id)),
      );
    const rows = await database.run((db) =>
      db
        .select({ row: cases, holder: staff.number, proposal: reviewProposals, proposer, hasDuplicates })
        .from(cases)
        .leftJoin(staff, eq(staff.id, cases.assignee))
        .leftJoin(
          reviewProposals,
          and(eq(reviewProposals.caseId, cases.id), eq(reviewProposals.state, 'open')),
        )
        .where(
          and(
            isNotNull(cases.number),
            // Spelled out for the index that covers only these.
            backwards ? undefined : states.every((state) => UNDECIDED.includes(state)) ? waiting : undefined,
            inArray(cases.state, states),
            filter.kinds && inArray(cases.kind, filter.kinds),
            found(filter.search),
            rest,
            ...Object.values(conditions(filter, actor, now)),
          ),
        )
        .orderBy(order(cases.breachAt), order(cases.id))
        .limit(limit + 1),
    );
    const page = rows.slice(0, limit).map((one) => itemOf(one, actor, now));
    const last = rows.length > limit ? rows[limit - 1]?.row : undefined;
    return { cases: page, ...(last && { next: cursorOf(last) }) };
  }

  async function summary(actor: StaffActor): Promise<QueueSummary> {
    const now = clock.now();
    const is = conditions({ mine: true, overdue: true, toConfirm: true, limit: 0 }, actor, now);
    const counted = (condition: SQL | undefined) =>
      sql<number>`(count(*) filter (where ${condition ?? sql`true`}))::int`;
    const rows = await database.run((db) =>
      db
        .select({
          kind: cases.kind,
          waiting: counted(undefined),
          mine: counted(is.mine),
          overdue: counted(is.overdue),
          toConfirm: counted(is.toConfirm),
        })
        .from(cases)
        .leftJoin(
          reviewProposals,
          and(eq(reviewProposals.caseId, cases.id), eq(reviewProposals.state, 'open')),
        )
        .where(waiting)
        .groupBy(cases.kind)
        .orderBy(cases.kind),
    );
    const sum = (of: 'waiting' | 'mine' | 'overdue' | 'toConfirm') =>
      rows.reduce((total, row) => total + row[of], 0);
    const kinds = rows.map(({ kind, waiting: count }) => ({ kind, waiting: count }));
    return {
      ...{ waiting: sum('waiting'), mine: sum('mine'), overdue: sum('overdue'), toConfirm: sum('toConfirm') },
      kinds,
    };
  }

  return { list, summary };
}

interface Found {
  row: typeof cases.$inferSelect;
  holder: string | null;
  proposal: typeof reviewProposals.$inferSelect | null;
  proposer: string | null;
  hasDuplicates: boolean;
}

function itemOf({ row, holder, proposal, proposer, hasDuplicates }: Found, actor: StaffActor, now: Date) {
  const { number, kind, state, version, cardLast4, submittedAt, breachAt, leaseUntil } = row;
  if (number === null || submittedAt === null) throw new Error('only submitted cases are in the queue');
  const due = breachAt ?? submittedAt;
  const held = isHeld(row, now) && holder !== null && leaseUntil !== null;
  const item: QueueItem = {
    ...{ number, kind, state, version, cardLast4, duplicates: hasDuplicates },
    submittedAt: submittedAt.toISOString(),
    breachAt: due.toISOString(),
    overdue: AT_DESK.includes(state) && due < now,
    holder: held ? { number: holder, until: leaseUntil.toISOString(), me: row.assignee === actor.id } : null,
    proposal: proposal && {
      decision: proposal.decision,
      cause: proposal.cause,
      by: proposer ?? 'unknown',
      mine: proposal.proposedBy === actor.id,
    },
    triesOver: triesAreOver(row.returnedSlots),
  };
  return item;
}
