import { and, asc, desc, eq, isNull, or, sql } from 'drizzle-orm';
import type { Queries } from '../../database/database.ts';
import { audit, caseNotes, cases, consents, legalHolds, staff, turns } from '../../database/schema/index.ts';
import type { CaseKind, CaseState, FinalReason, ReturnedSlot } from '../../domain/case.ts';
import type { ConsentPurpose, Slot } from '../../domain/document.ts';
import { type Locale, localeFor } from '../../domain/locale.ts';
import type { FourEyesCause } from '../../domain/review.ts';
import type { StaffActor } from '../../domain/staff.ts';
import type { CaseRow } from '../rows.ts';
import { documentsOf, type ReviewDocument } from './documents-of.ts';
import type { LastChange } from './outcome.ts';
import { isHeld, isOwnAccount, numberOf, openProposal, type ReviewParts } from './step.ts';

/** Everything the desk shows of a case, but the account. */
export interface ReviewDetail {
  number: string;
  kind: CaseKind;
  state: CaseState;
  version: number;
  conversationId: string;
  /** In which the customer was last answered. */
  customerLocale: Locale;
  hasAccount: boolean;
  cardLast4: string | null;
  /** Masked words of the customer. */
  note: string | null;
  submittedAt: string;
  breachAt: string;
  decidedAt: string | null;
  /** Pictures that a customer is asked for per document before a person takes over. */
  maxTries: number;
  requiredSlots: Slot[];
  returnedSlots: ReturnedSlot[];
  holder: { number: string; until: string; me: boolean } | null;
  proposal: {
    decision: 'approved' | 'rejected';
    reason: FinalReason | null;
    cause: FourEyesCause;
    by: string;
    mine: boolean;
    at: string;
  } | null;
  /** The reviewer is the customer: nothing may be done. */
  ownAccount: boolean;
  legalHold: boolean;
  documents: ReviewDocument[];
  notes: { by: string; text: string; at: string }[];
  consents: { purpose: ConsentPurpose; version: string; givenAt: string }[];
  /** Newest first. */
  history: (LastChange & { seq: number })[];
}

const HISTORY = 50;

async function historyOf(db: Queries, caseId: string): Promise<ReviewDetail['history']> {
  const rows = await db
    .select({ seq: audit.seq, action: audit.action, actor: audit.actor, at: audit.at, number: staff.number })
    .from(audit)
    .leftJoin(staff, eq(audit.actor, sql`'staff:' || ${staff.id}::text`))
    .where(eq(audit.caseId, caseId))
    .orderBy(desc(audit.seq))
    .limit(HISTORY);
  return rows.map(({ seq, action, actor, at, number }) => {
    const [kind = ''] = actor.split(':');
    return { seq, action, by: number ?? (kind === 'conversation' ? 'customer' : kind), at: at.toISOString() };
  });
}

async function isUnderHold(db: Queries, { id, customerId }: CaseRow): Promise<boolean> {
  const ofCustomer = customerId === null ? undefined : eq(legalHolds.customerId, customerId);
  const [hold] = await db
    .select({ id: legalHolds.id })
    .from(legalHolds)
    .where(and(isNull(legalHolds.liftedAt), or(eq(legalHolds.caseId, id), ofCustomer)))
    .limit(1);
  return hold !== undefined;
}

async function localeOf(db: Queries, { conversationId }: CaseRow): Promise<Locale> {
  const [last] = await db
    .select({ locale: turns.locale })
    .from(turns)
    .where(eq(turns.conversationId, conversationId))
    .orderBy(desc(turns.seq))
    .limit(1);
  return localeFor(last?.locale);
}

async function aroundOf(db: Queries, row: CaseRow) {
  const notes = await db
    .select({ by: staff.number, text: caseNotes.text, at: caseNotes.createdAt })
    .from(caseNotes)
    .innerJoin(staff, eq(staff.id, caseNotes.staffId))
    .where(eq(caseNotes.caseId, row.id))
    .orderBy(asc(caseNotes.createdAt));
  const given = await db.select().from(consents).where(eq(consents.caseId, row.id)).orderBy(consents.givenAt);
  const operators =
    row.reviewNote === null ? [] : [{ by: 'operator', text: row.reviewNote, at: row.updatedAt }];
  return {
    notes: [...notes, ...operators].map(({ at, ...note }) => ({ ...note, at: at.toISOString() })),
    consents: given.map(({ purpose, version, givenAt }) => ({
      ...{ purpose, version, givenAt: givenAt.toISOString() },
    })),
  };
}

async function proposalOf(db: Queries, row: CaseRow, actor: StaffActor): Promise<ReviewDetail['proposal']> {
  const proposal = await openProposal(db, row.id);
  if (!proposal) return null;
  const { decision, reason, cause, proposedBy, proposedAt } = proposal;
  const by = await numberOf(db, proposedBy);
  return { decision, reason, cause, by, mine: proposedBy === actor.id, at: proposedAt.toISOString() };
}

/** What a reviewer sees of a case; undefined when there is none. */
export function detail({ database, clock, rules }: ReviewParts) {
  return (number: string, actor: StaffActor): Promise<ReviewDetail | undefined> =>
    database.run(async (db) => {
      const [row] = await db.select().from(cases).where(eq(cases.number, number));
      if (!row || row.number === null || row.submittedAt === null) return undefined;
      const held = isHeld(row, clock.now());
      return {
        ...{ number: row.number, kind: row.kind, state: row.state, version: row.version, note: row.note },
        ...{ conversationId: row.conversationId, hasAccount: row.customerId !== null },
        ...{ cardLast4: row.cardLast4, requiredSlots: row.requiredSlots, returnedSlots: row.returnedSlots },
        customerLocale: await localeOf(db, row),
        maxTries: rules.maxTries,
        submittedAt: row.submittedAt.toISOString(),
        breachAt: (row.breachAt ?? row.submittedAt).toISOString(),
        decidedAt: row.decidedAt?.toISOString() ?? null,
        holder:
          held && row.assignee && row.leaseUntil
            ? {
                number: await numberOf(db, row.assignee),
                until: row.leaseUntil.toISOString(),
                me: row.assignee === actor.id,
              }
            : null,
        proposal: await proposalOf(db, row, actor),
        ownAccount: await isOwnAccount(db, row, actor),
        legalHold: await isUnderHold(db, row),
        documents: await documentsOf(db, row.id),
        ...(await aroundOf(db, row)),
        history: await historyOf(db, row.id),
      };
    });
}
