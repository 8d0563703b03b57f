import { randomUUID } from 'node:crypto';
import { and, desc, eq, isNotNull, or } from 'drizzle-orm';
import { appendAudit } from '../database/audit.ts';
import type { Database, Queries } from '../database/database.ts';
import { cases, consents } from '../database/schema/index.ts';
import type { CaseKind, CaseOwner, Cases, NewCase } from '../domain/case.ts';
import { CaseRefused } from '../domain/case-refused.ts';
import type { Clock } from '../domain/clock.ts';
import { auditDraft, change, closeTickets, customerOf, destroyDocuments, mayBecome } from './change.ts';
import { type CaseRow, caseFrom, casesOf, findById, lockById, storable } from './rows.ts';
import { submitCase } from './submit.ts';

const UNDECIDED = ['draft', 'submitted', 'in-review', 'needs-more'];

function ownedBy(owner: CaseOwner) {
  const inConversation = eq(cases.conversationId, owner.conversationId);
  return owner.customerId === undefined
    ? inConversation
    : or(inConversation, eq(cases.customerId, owner.customerId));
}

async function locked(tx: Queries, caseId: string, operation: string): Promise<CaseRow> {
  const row = await lockById(tx, caseId);
  if (!row) throw new CaseRefused(operation, { code: 'unknown-case' });
  return row;
}

function newRow(draft: NewCase, idempotencyKey: string, at: Date): typeof cases.$inferInsert {
  return {
    id: randomUUID(),
    kind: draft.kind,
    state: 'draft',
    conversationId: draft.conversationId,
    customerId: draft.customerId ?? null,
    cardLast4: draft.cardLast4 ?? null,
    note: draft.note === undefined ? null : storable(draft.note),
    requiredSlots: draft.requiredSlots,
    returnedSlots: [],
    idempotencyKey,
    createdAt: at,
    updatedAt: at,
    version: 1,
  };
}

async function withdrawCase(tx: Queries, clock: Clock, row: CaseRow): Promise<CaseRow> {
  if (row.state === 'withdrawn') return row;
  if (!mayBecome(row, 'withdrawn'))
    throw new CaseRefused('withdraw', { code: 'wrong-state', state: row.state });
  await closeTickets(tx, clock, row.id);
  if (row.state === 'draft') await destroyDocuments(tx, clock, row);
  return change(tx, clock, row, {
    change: { state: 'withdrawn', returnedSlots: [] },
    actor: customerOf(row),
    action: 'case.withdrawn',
  });
}

/** The port for dialogs, on the database. Calls that the case does not allow throw `CaseRefused`. */
export function customerSide(parts: {
  database: Database;
  clock: Clock;
  number: (at: Date) => string;
  /** When a case of this kind that is handed in now should be decided. */
  breach: (tx: Queries, kind: CaseKind, at: Date) => Promise<Date>;
}): Cases {
  const { database, clock, number, breach } = parts;
  return {
    draft: (draft, idempotencyKey) =>
      database.transaction(async (tx) => {
        const [made] = await tx
          .insert(cases)
          .values(newRow(draft, idempotencyKey, clock.now()))
          .onConflictDoNothing({ target: cases.idempotencyKey })
          .returning();
        if (made) await auditDraft(tx, made);
        const [row] = made
          ? [made]
          : await tx.select().from(cases).where(eq(cases.idempotencyKey, idempotencyKey));
        if (!row) throw new Error('the draft vanished while it was made');
        return caseFrom(tx, row);
      }),

    describe: (caseId, note) =>
      database.transaction(async (tx) => {
        const row = await locked(tx, caseId, 'describe');
        const text = storable(note);
        if (row.note === text) return caseFrom(tx, row);
        if (!UNDECIDED.includes(row.state))
          throw new CaseRefused('describe', { code: 'wrong-state', state: row.state });
        const to = { change: { note: text }, actor: customerOf(row), action: 'case.described' };
        return caseFrom(tx, await change(tx, clock, row, to));
      }),

    recordConsent: (caseId, { purpose, version }) =>
      database.transaction(async (tx) => {
        const row = await locked(tx, caseId, 'recordConsent');
        const at = clock.now();
        const made = await tx
          .insert(consents)
          .values({ id: randomUUID(), caseId: row.id, purpose, version, givenAt: at })
          .onConflictDoNothing()
          .returning({ id: consents.id });
        if (made.length === 0) return;
        const entry = { at, actor: customerOf(row), action: 'consent.given', caseId: row.id };
        await appendAudit(tx, { ...entry, after: { purpose, version } });
      }),

    submit: (caseId) =>
      database.transaction(async (tx) => {
        const row = await locked(tx, caseId, 'submit');
        return caseFrom(tx, await submitCase({ tx, clock, number, breach, row }));
      }),

    withdraw: (caseId) =>
      database.transaction(async (tx) =>
        caseFrom(tx, await withdrawCase(tx, clock, await locked(tx, caseId, 'withdraw'))),
      ),

    withdrawDrafts: async (conversationId) => {
      const open = and(eq(cases.conversationId, conversationId), eq(cases.state, 'draft'));
      const select = (on: Queries) => on.select().from(cases).where(open);
      // Every 「算了」 comes here, and most have nothing to withdraw.
      if ((await database.run((db) => select(db))).length === 0) return;
      await database.transaction(async (tx) => {
        const drafts = await select(tx).orderBy(cases.id).for('no key update');
        for (const row of drafts) await withdrawCase(tx, clock, row);
      });
    },

    find: (caseId) =>
      database.run(async (db) => {
        const row = await findById(db, caseId);
        return row && caseFrom(db, row);
      }),

    findByNumber: (wanted, owner) =>
      database.run(async (db) => {
        const [row] = await db
          .select()
          .from(cases)
          .where(and(eq(cases.number, storable(wanted)), ownedBy(owner)));
        return row && caseFrom(db, row);
      }),

    list: (owner) =>
      database.run(async (db) => {
        const rows = await db
          .select()
          .from(cases)
          .where(and(isNotNull(cases.number), ownedBy(owner)))
          .orderBy(desc(cases.submittedAt), desc(cases.id));
        return casesOf(db, rows);
      }),
  };
}
