import { eq } from 'drizzle-orm';
import type { Queries } from '../../database/database.ts';
import { reviewProposals } from '../../database/schema/index.ts';
import { auditName } from '../../domain/staff.ts';
import { change } from '../change.ts';
import type { CaseRow } from '../rows.ts';
import { keepNote, settle } from './conclusion.ts';
import { DONE, type ReviewOutcome } from './outcome.ts';
import { type Asked, onClaimed, openProposal, type ReviewParts } from './step.ts';

/** 双人复核: a second person, who has claimed the case, agrees or does not. */
export interface FourEyes {
  /** Only now customer and platform are told. */
  confirm(asked: Asked & { version: number }): Promise<ReviewOutcome>;
  /** The case goes back to the desk; the note says why. */
  refuse(asked: Asked & { version: number; note: string }): Promise<ReviewOutcome>;
}

type Proposal = typeof reviewProposals.$inferSelect;

export function fourEyes(parts: ReviewParts): FourEyes {
  const { clock } = parts;

  const onProposal = (
    asked: Asked & { version: number },
    work: (tx: Queries, row: CaseRow, proposal: Proposal) => Promise<void>,
  ) =>
    onClaimed(parts, asked, async (tx, row) => {
      const proposal = await openProposal(tx, row.id);
      if (!proposal) return { kind: 'no-proposal' };
      if (proposal.proposedBy === asked.actor.id) return { kind: 'same-person' };
      await work(tx, row, proposal);
      return DONE;
    });

  const close = (tx: Queries, id: string, state: 'confirmed' | 'refused', staffId: string) =>
    tx
      .update(reviewProposals)
      .set({ state, settledBy: staffId, settledAt: clock.now() })
      .where(eq(reviewProposals.id, id));

  return {
    confirm: (asked) =>
      onProposal(asked, async (tx, row, { id, decision, cause, reason, proposedBy }) => {
        const { actor } = asked;
        await close(tx, id, 'confirmed', actor.id);
        const more = { cause, proposedBy: `staff:${proposedBy}`, ...(reason && { reason }) };
        await settle(tx, parts, row, { decision, actor, more });
      }),

    refuse: (asked) =>
      onProposal(asked, async (tx, row, { id, decision, cause, proposedBy }) => {
        const { actor, note } = asked;
        await close(tx, id, 'refused', actor.id);
        await keepNote(tx, row, actor, note, clock.now());
        await change(tx, clock, row, {
          change: { assignee: null, leaseUntil: null },
          actor: auditName(actor),
          action: 'case.proposal-refused',
          more: { decision, cause, proposedBy: `staff:${proposedBy}` },
        });
      }),
  };
}
