import { and, eq } from 'drizzle-orm';
import { appendAudit } from '../../database/audit.ts';
import { documents } from '../../database/schema/index.ts';
import type { Verdict } from '../../domain/review.ts';
import { auditName } from '../../domain/staff.ts';
import { change } from '../change.ts';
import { keepNote } from './conclusion.ts';
import { DONE, type ReviewOutcome } from './outcome.ts';
import { type Asked, onCase, onClaimed, openProposal, type ReviewParts } from './step.ts';

export interface VerdictAsked extends Asked {
  version: number;
  documentId: string;
  /** Null takes it back. */
  verdict: Verdict | null;
  /** Ids of the checklist that were ticked; kept in the audit. */
  checked: string[];
}

/** Verdicts on single documents; nobody is told before the conclusion. */
export function giveVerdict(parts: ReviewParts): (asked: VerdictAsked) => Promise<ReviewOutcome> {
  const { clock } = parts;
  return (asked) =>
    onClaimed(parts, asked, async (tx, row) => {
      const { actor, documentId, verdict, checked } = asked;
      if (await openProposal(tx, row.id)) return { kind: 'proposal-open' };
      const [judged] = await tx
        .update(documents)
        .set({
          verdict: verdict?.verdict ?? null,
          verdictReason: verdict && verdict.verdict !== 'accepted' ? verdict.reason : null,
          verdictBy: verdict && actor.id,
          verdictAt: verdict && clock.now(),
        })
        .where(
          and(
            eq(documents.id, documentId),
            eq(documents.caseId, row.id),
            // What was replaced or destroyed is not judged any more.
            eq(documents.state, 'stored'),
          ),
        )
        .returning();
      if (!judged) return { kind: 'unknown-document' };
      await change(tx, clock, row, {
        change: {},
        actor: auditName(actor),
        action: verdict ? `document.${verdict.verdict}` : 'document.verdict-taken-back',
        more: { documentId, slot: judged.slot, checked, ...(verdict && 'reason' in verdict && verdict) },
      });
      return DONE;
    });
}

/** 内部备注: anybody who may review leaves notes, whoever holds the case. */
export function addNote(parts: ReviewParts): (asked: Asked & { text: string }) => Promise<ReviewOutcome> {
  const { clock } = parts;
  return (asked) =>
    onCase(parts, asked, async (tx, row) => {
      const at = clock.now();
      await keepNote(tx, row, asked.actor, asked.text, at);
      // Its text stays out of the audit, which outlives it.
      await appendAudit(tx, { at, actor: auditName(asked.actor), action: 'case.noted', caseId: row.id });
      return DONE;
    });
}
