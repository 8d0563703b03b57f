import { and, eq, inArray, isNull, notInArray, or } from 'drizzle-orm';
import { appendAudit } from '../database/audit.ts';
import type { Database, Queries } from '../database/database.ts';
import { destroyChatKeys, destroyKeys } from '../database/document-keys.ts';
import {
  caseNotes,
  cases,
  chatFiles,
  deliveries,
  documents,
  handoffNotes,
  handoffs,
  legalHolds,
  misunderstandings,
  reminders,
  transcripts,
  turns,
  uploadAttempts,
} from '../database/schema/index.ts';
import type { CaseState } from '../domain/case.ts';
import type { Clock } from '../domain/clock.ts';
import { auditName, type StaffActor } from '../domain/staff.ts';
import { conversationsOf, remindersOf } from './records.ts';

/** What stays after a deletion, and why. */
export interface Kept {
  what: 'everything' | 'case' | 'consents' | 'audit' | 'conversations';
  /**
   * `legal-hold`; `undecided`: the case goes on, withdraw it first; `proof`: what was agreed to and when;
   * `accountability`: who did what, by ids only; `masked-log`: what was said, masked, under no name.
   */
  why: 'legal-hold' | 'undecided' | 'proof' | 'accountability' | 'masked-log';
  /** Of the case. */
  number?: string | undefined;
}

export interface Deletion {
  deleted: {
    cases: number;
    documents: number;
    files: number;
    notes: number;
    reminders: number;
    turns: number;
  };
  kept: Kept[];
}

type CaseRow = typeof cases.$inferSelect;

const UNDECIDED: readonly CaseState[] = ['submitted', 'in-review', 'needs-more'];

async function heldCases(tx: Queries, customerId: string, ids: string[]): Promise<Set<string> | 'all'> {
  const standing = await tx
    .select({ caseId: legalHolds.caseId })
    .from(legalHolds)
    .where(
      and(
        isNull(legalHolds.liftedAt),
        or(eq(legalHolds.customerId, customerId), inArray(legalHolds.caseId, ids)),
      ),
    );
  if (standing.some(({ caseId }) => caseId === null)) return 'all';
  return new Set(standing.flatMap(({ caseId }) => (caseId === null ? [] : [caseId])));
}

/** What a case says of its customer goes; that there was one, and how it ended, stays. */
async function emptyCases(tx: Queries, rows: CaseRow[], at: Date): Promise<number> {
  const ids = rows.map(({ id }) => id);
  const notes = await tx
    .delete(caseNotes)
    .where(inArray(caseNotes.caseId, ids))
    .returning({ id: caseNotes.id });
  for (const { id, state, version } of rows)
    await tx
      .update(cases)
      .set({
        ...{ customerId: null, cardLast4: null, note: null, reviewNote: null, updatedAt: at },
        ...(state === 'draft' && { state: 'withdrawn' as const }),
        version: version + 1,
      })
      .where(eq(cases.id, id));
  return notes.length;
}

async function forgetTalks(tx: Queries, customerId: string, conversations: string[]) {
  const wanted = await remindersOf(tx, customerId, conversations);
  await tx.delete(reminders).where(
    inArray(
      reminders.id,
      wanted.map(({ id }) => id),
    ),
  );
  const gone = await tx
    .delete(turns)
    .where(inArray(turns.conversationId, conversations))
    .returning({ seq: turns.seq });
  await tx.delete(misunderstandings).where(inArray(misunderstandings.conversationId, conversations));
  await tx.delete(uploadAttempts).where(inArray(uploadAttempts.conversationId, conversations));
  return { reminders: wanted.length, turns: gone.length };
}

/** Talks with people that are over: what the desk has kept of them besides the log, which names nobody. */
async function forgetHandoffs(tx: Queries, conversations: string[], at: Date): Promise<void> {
  const over = and(
    inArray(handoffs.conversationId, conversations),
    inArray(handoffs.state, ['closed', 'left']),
  );
  const gone = await tx
    .update(handoffs)
    // Those that are not in the archive yet do not come into it.
    .set({ customerId: null, words: null, about: null, summary: null, archivedAt: at })
    .where(over)
    .returning({ id: handoffs.id });
  const ids = gone.map(({ id }) => id);
  await tx.delete(handoffNotes).where(inArray(handoffNotes.handoffId, ids));
  await tx.delete(transcripts).where(inArray(transcripts.handoffId, ids));
}

/** Whom they are in a messaging app. An agent who talks with them at this moment can go on. */
async function forgetApps(tx: Queries, conversations: string[]): Promise<void> {
  const open = tx
    .select({ id: handoffs.conversationId })
    .from(handoffs)
    .where(notInArray(handoffs.state, ['closed', 'left']));
  await tx
    .delete(deliveries)
    .where(
      and(inArray(deliveries.conversationId, conversations), notInArray(deliveries.conversationId, open)),
    );
}

/** Files of these talks: nobody can read them again, and nothing tells what they were called or whose they were. */
async function destroyFiles(
  tx: Queries,
  conversations: string[],
  destruction: { at: Date; actor: string; why: string },
): Promise<number> {
  const which = inArray(chatFiles.conversationId, conversations);
  const destroyed = await destroyChatKeys(tx, which, destruction);
  await tx
    .update(chatFiles)
    .set({ customerId: null, name: '' })
    .where(and(which, isNull(chatFiles.wrappedKey)));
  return destroyed.length;
}

/** 删除个人信息 (个人信息保护法 第47条): on the customer's request, except what has to stay. */
export function deleteCustomer(parts: {
  database: Database;
  clock: Clock;
}): (customerId: string, actor: StaffActor) => Promise<Deletion> {
  const { database, clock } = parts;

  async function deleteIn(tx: Queries, customerId: string, actor: StaffActor): Promise<Deletion> {
    const at = clock.now();
    const rows = await tx
      .select()
      .from(cases)
      .where(eq(cases.customerId, customerId))
      .orderBy(cases.id)
      .for('no key update');
    const held = await heldCases(
      tx,
      customerId,
      rows.map(({ id }) => id),
    );
    const nothing = { cases: 0, documents: 0, files: 0, notes: 0, reminders: 0, turns: 0 };
    if (held === 'all') return { deleted: nothing, kept: [{ what: 'everything', why: 'legal-hold' }] };

    const kept = rows.flatMap((row): Kept[] => {
      const why = held.has(row.id) ? 'legal-hold' : UNDECIDED.includes(row.state) ? 'undecided' : undefined;
      return why ? [{ what: 'case', why, ...(row.number !== null && { number: row.number }) }] : [];
    });
    const going = rows.filter(({ id, state }) => !held.has(id) && !UNDECIDED.includes(state));
    const goingIds = going.map(({ id }) => id);
    const staying = new Set(rows.filter((row) => !going.includes(row)).map((row) => row.conversationId));
    // What was said about a case that stays, stays with it.
    const talks = (await conversationsOf(tx, customerId)).filter((id) => !staying.has(id));
    const notes = await emptyCases(tx, going, at);
    const forgotten = await forgetTalks(tx, customerId, talks);
    await forgetHandoffs(tx, talks, at);
    await forgetApps(tx, talks);
    const destruction = { at, actor: auditName(actor), why: 'customer-request' };
    const destroyed = await destroyKeys(tx, inArray(documents.caseId, goingIds), destruction);
    const files = await destroyFiles(tx, talks, destruction);
    kept.push(
      { what: 'consents', why: 'proof' },
      { what: 'audit', why: 'accountability' },
      { what: 'conversations', why: 'masked-log' },
    );
    return {
      deleted: { cases: going.length, documents: destroyed.length, files, notes, ...forgotten },
      kept,
    };
  }

  return (customerId, actor) =>
    database.transaction(async (tx) => {
      const deletion = await deleteIn(tx, customerId, actor);
      await appendAudit(tx, {
        at: clock.now(),
        actor: auditName(actor),
        action: 'customer.deleted',
        after: {
          customerId,
          ...deletion.deleted,
          kept: deletion.kept.map(({ what, why }) => `${what}: ${why}`),
        },
      });
      return deletion;
    });
}
