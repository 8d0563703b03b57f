import { randomUUID } from 'node:crypto';
import type { Queries } from '../database/database.ts';
import { handoffNotes } from '../database/schema/index.ts';
import type { WrapUpCode } from '../domain/handoff.ts';
import { auditName, type StaffActor } from '../domain/staff.ts';
import { holderOf, move, refusalOf } from './assign.ts';
import { eventOf, take, writeEvents } from './change.ts';
import type { DeskParts } from './index.ts';
import { carryOut, type DeskOutcome, done, type RowOutcome, type TransferTarget } from './outcome.ts';
import { type HandoffRow, lockHandoff, storable } from './rows.ts';

/** What agents do with the chats they have. */
export interface AgentSide {
  /** Whether the actor may write in it. Ask before a message is appended to the conversation's log. */
  holds(handoffId: string, actor: StaffActor): Promise<DeskOutcome>;
  /** Stops the reply clocks, after a message was appended. */
  replied(handoffId: string, actor: StaffActor): Promise<DeskOutcome>;
  /** To a colleague who is there and has room, or into a group's queue with its priority and rank. */
  transfer(handoffId: string, actor: StaffActor, to: TransferTarget, note?: string): Promise<DeskOutcome>;
  /** The bot goes on where the customer left it. */
  returnToBot(handoffId: string, actor: StaffActor, note?: string): Promise<DeskOutcome>;
  /** `summary` is told to the customer; `note` is for colleagues. */
  close(
    handoffId: string,
    actor: StaffActor,
    wrapUp: { code: WrapUpCode; summary?: string | undefined; note?: string | undefined },
  ): Promise<DeskOutcome>;
  /** 内部备注. `mentions`: staff ids. */
  note(handoffId: string, actor: StaffActor, text: string, mentions?: string[]): Promise<DeskOutcome>;
}

export function agentSide(parts: Pick<DeskParts, 'database' | 'clock' | 'kick'>): AgentSide {
  const { clock } = parts;

  const work = (step: (tx: Queries) => Promise<RowOutcome>) => carryOut(parts, step);
  /** A step of the one who has it. */
  const held = (
    handoffId: string,
    actor: StaffActor,
    step: (tx: Queries, row: HandoffRow) => Promise<RowOutcome>,
  ) =>
    work(async (tx) => {
      const row = await lockHandoff(tx, handoffId);
      if (!row) return { kind: 'unknown' };
      if (row.state !== 'active') return { kind: 'wrong-state', state: row.state };
      if (row.assignedTo === actor.id) return step(tx, row);
      const by = await holderOf(tx, row);
      return by ? { kind: 'taken', by } : { kind: 'unknown' };
    });

  async function addNote(
    tx: Queries,
    row: HandoffRow,
    actor: StaffActor,
    text = '',
    mentions: string[] = [],
  ) {
    if (!text.trim()) return;
    const { id: handoffId, conversationId } = row;
    const note = {
      id: randomUUID(),
      handoffId,
      conversationId,
      staffId: actor.id,
      mentions,
      at: clock.now(),
    };
    await tx.insert(handoffNotes).values({ ...note, text: storable(text.trim()) });
  }

  async function end(
    tx: Queries,
    row: HandoffRow,
    actor: StaffActor,
    how: Pick<HandoffRow, 'endedAs'> & Partial<Pick<HandoffRow, 'wrapUpCode' | 'summary'>>,
  ): Promise<HandoffRow> {
    const isClosed = how.endedAs === 'closed';
    const summary = how.summary ?? undefined;
    return take(tx, clock, row, {
      set: { ...how, state: 'closed', endedAt: clock.now(), waitingSince: null },
      type: isClosed ? 'closed' : 'returned',
      actor: auditName(actor),
      ...(how.wrapUpCode && { data: { code: how.wrapUpCode } }),
      tell: isClosed ? { kind: 'closed', ...(summary && { summary }) } : { kind: 'returned' },
    });
  }

  return {
    holds: (handoffId, actor) => held(handoffId, actor, async (_, row) => done(row)),
    replied: (handoffId, actor) =>
      held(handoffId, actor, async (tx, row) => {
        const now = clock.now();
        const set = { firstReplyAt: row.firstReplyAt ?? now, lastReplyAt: now, waitingSince: null };
        return done(await take(tx, clock, row, { set, type: 'replied', actor: auditName(actor) }));
      }),
    transfer: (handoffId, actor, to, note) =>
      work(async (tx) => {
        const refusal = await refusalOf(tx, to);
        if (refusal) return refusal;
        const row = await lockHandoff(tx, handoffId);
        if (!row) return { kind: 'unknown' };
        if (row.state !== 'active') return { kind: 'wrong-state', state: row.state };
        const by = await holderOf(tx, row);
        if (by && by.id !== actor.id) return { kind: 'taken', by };
        // The customer would be told of somebody new.
        if ('staffId' in to && to.staffId === actor.id) return done(row);
        await addNote(tx, row, actor, note);
        return done(await move(tx, clock, row, to, { actor, cause: 'transferred' }));
      }),
    returnToBot: (handoffId, actor, note) =>
      held(handoffId, actor, async (tx, row) => {
        await addNote(tx, row, actor, note);
        return done(await end(tx, row, actor, { endedAs: 'returned' }));
      }),
    close: (handoffId, actor, { code, summary, note }) =>
      held(handoffId, actor, async (tx, row) => {
        await addNote(tx, row, actor, note);
        const told = summary?.trim() ? storable(summary.trim()) : null;
        const how = { endedAs: 'closed' as const, wrapUpCode: code, summary: told };
        return done(await end(tx, row, actor, how));
      }),
    note: (handoffId, actor, text, mentions) =>
      work(async (tx) => {
        const row = await lockHandoff(tx, handoffId);
        if (!row) return { kind: 'unknown' };
        await addNote(tx, row, actor, text, mentions);
        await writeEvents(tx, clock, [eventOf(row, { set: {}, type: 'noted', actor: auditName(actor) })]);
        return done(row);
      }),
  };
}
