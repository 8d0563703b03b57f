import { and, eq, sql } from 'drizzle-orm';
import type { Queries } from '../database/database.ts';
import { enqueue } from '../database/outbox.ts';
import { deskEvents, deskHead, handoffs } from '../database/schema/index.ts';
import type { Clock } from '../domain/clock.ts';
import type { DeskEvent, DeskEventType } from '../domain/desk.ts';
import { HANDOFF_CHANGED, type HandoffChange } from '../domain/handoff.ts';
import type { HandoffRow } from './rows.ts';

/** An event that has no number yet. */
export type NewDeskEvent = Omit<DeskEvent, 'seq' | 'at' | 'data'> & { data?: DeskEvent['data'] };

/**
 * Numbers and writes events. Call it last in a transaction, before nothing but the audit: from here until its end
 * all others wait for their numbers, so that nobody who reads on from a number misses one.
 */
export async function writeEvents(tx: Queries, clock: Clock, events: readonly NewDeskEvent[]): Promise<void> {
  if (events.length === 0) return;
  const [head] = await tx
    .update(deskHead)
    .set({ seq: sql`${deskHead.seq} + ${events.length}` })
    .where(eq(deskHead.id, 1))
    .returning({ seq: deskHead.seq });
  if (!head) throw new Error('the end of the desk events is missing');
  const first = head.seq - events.length + 1;
  const at = clock.now();
  await tx
    .insert(deskEvents)
    .values(events.map((event, index) => ({ ...event, data: event.data ?? {}, seq: first + index, at })));
}

/** What goes on with a hand-off in one step. */
export interface Step {
  set: Partial<HandoffRow>;
  type: DeskEventType;
  actor: string;
  /** Whom it concerns; absent = whoever has it after the step. */
  staffId?: string | undefined;
  data?: DeskEvent['data'];
  /** What the conversation has to hear of it. */
  tell?: HandoffChange;
}

/** Tells the conversation, by way of the outbox, in the order in which things happened to it. */
export async function tell(
  tx: Queries,
  clock: Clock,
  { id: handoffId, conversationId }: Pick<HandoffRow, 'id' | 'conversationId'>,
  change: HandoffChange,
  dedupeKey: string,
): Promise<void> {
  await enqueue(tx, clock, {
    kind: 'conversation-event',
    orderingKey: conversationId,
    idempotencyKey: dedupeKey,
    payload: { conversationId, name: HANDOFF_CHANGED, value: { handoffId, change }, dedupeKey },
  });
}

/** The event of a step, for whoever writes several together. */
export function eventOf(row: HandoffRow, { type, actor, staffId, data }: Step): NewDeskEvent {
  const { id: handoffId, conversationId, group } = row;
  const concerned = staffId ?? row.assignedTo ?? row.offeredTo ?? undefined;
  return { type, actor, handoffId, conversationId, group, staffId: concerned, ...(data && { data }) };
}

/** A locked hand-off's next version, and what its conversation hears; the event is left to the caller. */
export async function advance(
  tx: Queries,
  clock: Clock,
  row: HandoffRow,
  step: Pick<Step, 'set' | 'tell'>,
): Promise<HandoffRow> {
  const version = row.version + 1;
  const [changed] = await tx
    .update(handoffs)
    .set({ ...step.set, version })
    .where(and(eq(handoffs.id, row.id), eq(handoffs.version, row.version)))
    .returning();
  if (!changed) throw new Error('a locked hand-off was changed by somebody else');
  if (step.tell) await tell(tx, clock, changed, step.tell, `handoff:${row.id}:${version}`);
  return changed;
}

/** A locked hand-off's step: its next version, what its conversation hears, and the desk's event. */
export async function take(tx: Queries, clock: Clock, row: HandoffRow, step: Step): Promise<HandoffRow> {
  const changed = await advance(tx, clock, row, step);
  await writeEvents(tx, clock, [eventOf(changed, step)]);
  return changed;
}
