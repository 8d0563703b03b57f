import { randomUUID } from 'node:crypto';
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Queries } from '../../database/database.ts';
import { caseNotes, documents, reviewProposals } from '../../database/schema/index.ts';
import type { FinalReason, ReturnedSlot, ReturnReason } from '../../domain/case.ts';
import type { FourEyesCause } from '../../domain/review.ts';
import { auditName, type StaffActor } from '../../domain/staff.ts';
import { announce, change, reportDecision } from '../change.ts';
import { reopenSlots } from '../reopen.ts';
import { type CaseRow, storable } from '../rows.ts';
import { DONE, type ReviewOutcome, type ReviewRefusal } from './outcome.ts';
import { type Asked, onClaimed, openProposal, type ReviewParts } from './step.ts';

export type Decision = 'approved' | 'rejected';

export interface ConclusionAsked extends Asked {
  version: number;
  /** Needed where there are no documents; `rejected` is possible in spite of good ones, with a note. */
  decision?: Decision | undefined;
  /** For colleagues. */
  note?: string | undefined;
}

/** What the documents' verdicts come to. */
type Conclusion =
  | { kind: 'return'; returned: ReturnedSlot[] }
  | { kind: 'decide'; decision: Decision; reason?: FinalReason | undefined }
  | ReviewRefusal;

type DocumentRow = typeof documents.$inferSelect;

function concludes(stored: DocumentRow[], { decision, note }: ConclusionAsked): Conclusion {
  const verdicts = (verdict: DocumentRow['verdict']) => stored.filter((one) => one.verdict === verdict);
  const slotsOf = (rows: DocumentRow[]) => rows.map(({ slot }) => slot);
  const [final] = verdicts('final');
  const retries = verdicts('retry');
  if (decision === 'approved' && (final || retries.length > 0))
    return { kind: 'documents-say-otherwise', slots: slotsOf(final ? [final, ...retries] : retries) };
  if (final) return { kind: 'decide', decision: 'rejected', reason: final.verdictReason as FinalReason };
  if (decision === 'rejected') return note ? { kind: 'decide', decision } : { kind: 'note-missing' };
  const undecided = verdicts(null);
  if (undecided.length > 0) return { kind: 'undecided', slots: slotsOf(undecided) };
  if (retries.length > 0) {
    const returned = retries.map(({ slot, verdictReason }) => ({
      slot,
      reason: verdictReason as ReturnReason,
    }));
    return { kind: 'return', returned };
  }
  if (stored.length === 0 && decision === undefined) return { kind: 'decision-missing' };
  return { kind: 'decide', decision: 'approved' };
}

/** Decides, tells the customer, and the platform if it knows the customer. */
export async function settle(
  tx: Queries,
  { clock }: ReviewParts,
  row: CaseRow,
  settled: { decision: Decision; actor: StaffActor; more?: Record<string, unknown> },
): Promise<void> {
  const { decision, actor, more } = settled;
  const changed = await change(tx, clock, row, {
    change: { state: decision, decision, decidedAt: clock.now(), returnedSlots: [] },
    actor: auditName(actor),
    action: `case.${decision}`,
    more,
  });
  await reportDecision(tx, clock, changed, decision);
  await announce(tx, clock, changed);
}

/** Keeps a note for colleagues. */
export async function keepNote(tx: Queries, row: CaseRow, actor: StaffActor, text: string, at: Date) {
  const values = { id: randomUUID(), caseId: row.id, staffId: actor.id, text: storable(text), createdAt: at };
  await tx.insert(caseNotes).values(values);
}

/** 提交结论: what follows from the verdicts on the documents, or from the decision where there are none. */
export function conclude(parts: ReviewParts): (asked: ConclusionAsked) => Promise<ReviewOutcome> {
  const { clock, rules, random } = parts;

  function fourEyes(row: CaseRow, decision: Decision): FourEyesCause | undefined {
    if (decision === 'rejected') return 'final';
    if (row.kind === 'risk-lock') return 'risk-lock';
    return random() < rules.sampleShare ? 'sample' : undefined;
  }

  async function propose(
    tx: Queries,
    row: CaseRow,
    actor: StaffActor,
    wanted: { decision: Decision; reason?: FinalReason | undefined; cause: FourEyesCause },
  ): Promise<void> {
    const { decision, reason = null, cause } = wanted;
    await tx.insert(reviewProposals).values({
      ...{ id: randomUUID(), caseId: row.id, decision, reason, cause, state: 'open' as const },
      ...{ proposedBy: actor.id, proposedAt: clock.now() },
    });
    await change(tx, clock, row, {
      change: { assignee: null, leaseUntil: null },
      actor: auditName(actor),
      action: 'case.proposed',
      more: { decision, cause, ...(reason && { reason }) },
    });
  }

  /** Slots whose document has been returned as often as a customer is asked; the picture at hand counts. */
  async function triedOut(tx: Queries, row: CaseRow, returned: ReturnedSlot[]): Promise<Set<string>> {
    const counted = await tx
      .select({ slot: documents.slot, tries: sql<number>`count(*)::int` })
      .from(documents)
      .where(
        and(
          eq(documents.caseId, row.id),
          eq(documents.verdict, 'retry'),
          inArray(
            documents.slot,
            returned.map(({ slot }) => slot),
          ),
        ),
      )
      .groupBy(documents.slot);
    return new Set(counted.filter(({ tries }) => tries >= rules.maxTries).map(({ slot }) => slot));
  }

  async function giveBack(tx: Queries, row: CaseRow, actor: StaffActor, wanted: ReturnedSlot[]) {
    // A supervisor who has talked it over with the customer may ask once more.
    const over = actor.roles.includes('supervisor') ? new Set() : await triedOut(tx, row, wanted);
    const returned = wanted.map((one) => (over.has(one.slot) ? { ...one, triesOver: true as const } : one));
    if (over.size === 0) await reopenSlots(tx, clock, { row, returned, actor: auditName(actor) });
    const changed = await change(tx, clock, row, {
      change: { state: 'needs-more', returnedSlots: returned },
      actor: auditName(actor),
      action: over.size === 0 ? 'case.returned' : 'case.tries-over',
    });
    await announce(tx, clock, changed);
  }

  return (asked) =>
    onClaimed(parts, asked, async (tx, row) => {
      const { actor, note } = asked;
      if (await openProposal(tx, row.id)) return { kind: 'proposal-open' };
      const stored = await tx
        .select()
        .from(documents)
        .where(and(eq(documents.caseId, row.id), eq(documents.state, 'stored')));
      const conclusion = concludes(stored, asked);
      if (conclusion.kind !== 'decide' && conclusion.kind !== 'return') return conclusion;
      if (note) await keepNote(tx, row, actor, note, clock.now());
      if (conclusion.kind === 'return') {
        await giveBack(tx, row, actor, conclusion.returned);
        return DONE;
      }
      const { decision, reason } = conclusion;
      const cause = fourEyes(row, decision);
      if (cause) await propose(tx, row, actor, { decision, reason, cause });
      else await settle(tx, parts, row, { decision, actor });
      return DONE;
    });
}
