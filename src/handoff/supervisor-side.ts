import { appendAudit } from '../database/audit.ts';
import { auditName, type StaffActor } from '../domain/staff.ts';
import { move, refusalOf } from './assign.ts';
import type { DeskParts } from './index.ts';
import { carryOut, type DeskOutcome, done, type TransferTarget } from './outcome.ts';
import { lockHandoff } from './rows.ts';

/** What supervisors do with anybody's chats. Their rights are checked by whoever calls. */
export interface SupervisorSide {
  /** To somebody who is there, even beyond their capacity, or into a group's queue. */
  reassign(handoffId: string, actor: StaffActor, to: TransferTarget): Promise<DeskOutcome>;
  /** 接管: the supervisor has it from now on. */
  takeOver(handoffId: string, actor: StaffActor): Promise<DeskOutcome>;
}

export function supervisorSide(parts: Pick<DeskParts, 'database' | 'clock' | 'kick'>): SupervisorSide {
  const { clock } = parts;
  const give = (
    handoffId: string,
    actor: StaffActor,
    to: TransferTarget,
    action: 'handoff.reassigned' | 'handoff.taken-over',
  ): Promise<DeskOutcome> =>
    carryOut(parts, async (tx) => {
      const refusal = await refusalOf(tx, to, { any: true });
      if (refusal) return refusal;
      const row = await lockHandoff(tx, handoffId);
      if (!row) return { kind: 'unknown' };
      if (row.state === 'closed' || row.state === 'left') return { kind: 'wrong-state', state: row.state };
      if ('staffId' in to && row.state === 'active' && row.assignedTo === to.staffId) return done(row);
      const moved = await move(tx, clock, row, to, { actor, cause: 'reassigned' });
      const after = { handoff: row.id, ...to };
      const before = { state: row.state, assignedTo: row.assignedTo, group: row.group };
      await appendAudit(tx, { at: clock.now(), actor: auditName(actor), action, before, after });
      return done(moved);
    });

  return {
    reassign: (handoffId, actor, to) => give(handoffId, actor, to, 'handoff.reassigned'),
    takeOver: (handoffId, actor) => give(handoffId, actor, { staffId: actor.id }, 'handoff.taken-over'),
  };
}
