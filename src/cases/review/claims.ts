import { and, eq, gt } from 'drizzle-orm';
import { cases } from '../../database/schema/index.ts';
import { auditName } from '../../domain/staff.ts';
import { change } from '../change.ts';
import { keepNote } from './conclusion.ts';
import { DONE, type ReviewOutcome } from './outcome.ts';
import { type Asked, heldBy, isHeld, isOpen, onCase, openProposal, type ReviewParts } from './step.ts';

/** 认领: one reviewer works on a case at a time, as long as their lease lasts. */
export interface Claims {
  /** Takes the case, or renews one's own lease. The refusal names the holder. */
  claim(asked: Asked): Promise<ReviewOutcome>;
  /** Prolongs one's own lease; refused once it was over. */
  heartbeat(asked: Asked): Promise<ReviewOutcome>;
  release(asked: Asked): Promise<ReviewOutcome>;
  /** Takes it from whoever holds it, for supervisors; colleagues read why. */
  breakClaim(asked: Asked & { reason: string }): Promise<ReviewOutcome>;
}

export function claims(parts: ReviewParts): Claims {
  const { database, clock, rules } = parts;
  const leaseFrom = (now: Date) => new Date(now.getTime() + rules.leaseMs);

  return {
    claim: (asked) =>
      // The case is locked first: of many who claim at once each sees what the one before has done.
      onCase(parts, asked, async (tx, row) => {
        const now = clock.now();
        const { actor } = asked;
        if (!isOpen(row)) return { kind: 'wrong-state', state: row.state };
        if (isHeld(row, now)) return row.assignee === actor.id ? DONE : heldBy(tx, row);
        const proposal = await openProposal(tx, row.id);
        if (proposal?.proposedBy === actor.id) return { kind: 'same-person' };
        await change(tx, clock, row, {
          change: { state: 'in-review', returnedSlots: [], assignee: actor.id, leaseUntil: leaseFrom(now) },
          actor: auditName(actor),
          action: 'case.claimed',
        });
        return DONE;
      }),

    async heartbeat({ number, actor }) {
      const now = clock.now();
      const renewed = await database.run((db) =>
        db
          .update(cases)
          .set({ leaseUntil: leaseFrom(now) })
          .where(
            and(
              eq(cases.number, number),
              eq(cases.state, 'in-review'),
              eq(cases.assignee, actor.id),
              gt(cases.leaseUntil, now),
            ),
          )
          .returning({ id: cases.id }),
      );
      if (renewed.length > 0) return DONE;
      const [row] = await database.run((db) => db.select().from(cases).where(eq(cases.number, number)));
      if (!row) return { kind: 'unknown-case' };
      const other = isHeld(row, now) && row.assignee !== actor.id;
      return other ? database.run((db) => heldBy(db, row)) : { kind: 'not-claimed' };
    },

    release: (asked) =>
      onCase(parts, asked, async (tx, row) => {
        if (row.assignee === null) return DONE;
        if (row.assignee !== asked.actor.id) return heldBy(tx, row);
        await change(tx, clock, row, {
          change: { assignee: null, leaseUntil: null },
          actor: auditName(asked.actor),
          action: 'case.released',
        });
        return DONE;
      }),

    breakClaim: (asked) =>
      onCase(parts, asked, async (tx, row) => {
        const now = clock.now();
        if (!isHeld(row, now)) return { kind: 'not-claimed' };
        await keepNote(tx, row, asked.actor, asked.reason, now);
        await change(tx, clock, row, {
          change: { assignee: null, leaseUntil: null },
          actor: auditName(asked.actor),
          action: 'case.claim-broken',
          more: { holder: row.assignee },
        });
        return DONE;
      }),
  };
}
