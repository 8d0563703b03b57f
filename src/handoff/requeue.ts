import type { Queries } from '../database/database.ts';
import type { Clock } from '../domain/clock.ts';
import type { RequeueCause } from '../domain/handoff.ts';
import { advance, eventOf, type NewDeskEvent } from './change.ts';
import type { HandoffRow } from './rows.ts';
import { standingOf } from './standing.ts';

/** Takes back an offer that was not accepted; the chat is where it was in the queue. */
export async function withdrawOffer(
  tx: Queries,
  clock: Clock,
  row: HandoffRow,
  actor: string,
): Promise<NewDeskEvent> {
  const changed = await advance(tx, clock, row, { set: { offeredTo: null, offeredAt: null } });
  const staffId = row.offeredTo ?? undefined;
  return eventOf(changed, { set: {}, type: 'offer-missed', actor, staffId });
}

/** An active chat whose person cannot go on: the first of its priority to be called next. The customer is told. */
export async function putBack(
  tx: Queries,
  clock: Clock,
  row: HandoffRow,
  { cause, actor, set = {} }: { cause: RequeueCause; actor: string; set?: Partial<HandoffRow> },
): Promise<NewDeskEvent> {
  const now = clock.now();
  const back: HandoffRow = { ...row, state: 'queued', returned: true, ...set };
  const standing = await standingOf(tx, back, now);
  const changed = await advance(tx, clock, row, {
    set: {
      state: 'queued',
      // Stays by its old ticket before all who came after; `returned` puts it before those who came earlier, too.
      returned: true,
      queuedAt: now,
      offeredTo: null,
      offeredAt: null,
      apologisedAt: null,
      messageOfferedAt: null,
      messageOfferedAs: null,
      waitingSince: null,
      toldStanding: JSON.stringify([standing.position, standing.etaMinutes]),
      toldAt: now,
      ...set,
    },
    tell: { kind: 'requeued', cause, standing },
  });
  return eventOf(changed, {
    set: {},
    type: 'requeued',
    actor,
    staffId: row.assignedTo ?? undefined,
    data: { cause },
  });
}
