import { randomUUID } from 'node:crypto';
import { and, desc, eq, isNull } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { appendAudit } from '../database/audit.ts';
import type { Database } from '../database/database.ts';
import { cases, legalHolds, staff } from '../database/schema/index.ts';
import type { Clock } from '../domain/clock.ts';
import { auditName, type StaffActor } from '../domain/staff.ts';

/** 法律保全, as the desk sees it. */
export interface LegalHold {
  id: string;
  caseNumber: string | null;
  customerId: string | null;
  reason: string;
  setBy: string;
  setAt: string;
  liftedBy: string | null;
  liftedAt: string | null;
}

export interface Holds {
  /** Keeps everything of a case, or of a customer, until it is lifted. */
  set(hold: { caseId: string } | { customerId: string }, reason: string, actor: StaffActor): Promise<string>;
  lift(id: string, reason: string, actor: StaffActor): Promise<{ kind: 'lifted' } | { kind: 'unknown-hold' }>;
  /** Newest first; at most 200. */
  list(standing: boolean): Promise<LegalHold[]>;
}

export function createHolds({ database, clock }: { database: Database; clock: Clock }): Holds {
  return {
    set: (hold, reason, actor) =>
      database.transaction(async (tx) => {
        const at = clock.now();
        const id = randomUUID();
        await tx.insert(legalHolds).values({ id, ...hold, reason, setBy: actor.id, setAt: at });
        await appendAudit(tx, {
          ...{ at, actor: auditName(actor), action: 'hold.set' },
          ...('caseId' in hold && { caseId: hold.caseId }),
          // The reason is written by hand and stays out of what outlives it.
          after: { hold: id, ...('customerId' in hold && hold) },
        });
        return id;
      }),

    lift: (id, reason, actor) =>
      database.transaction(async (tx) => {
        const at = clock.now();
        const [lifted] = await tx
          .update(legalHolds)
          .set({ liftedBy: actor.id, liftedAt: at, liftReason: reason })
          .where(and(eq(legalHolds.id, id), isNull(legalHolds.liftedAt)))
          .returning();
        if (!lifted) return { kind: 'unknown-hold' };
        await appendAudit(tx, {
          ...{ at, actor: auditName(actor), action: 'hold.lifted' },
          ...(lifted.caseId !== null && { caseId: lifted.caseId }),
          after: { hold: id },
        });
        return { kind: 'lifted' };
      }),

    async list(standing) {
      const lifter = alias(staff, 'lifter');
      const rows = await database.run((db) =>
        db
          .select({
            hold: legalHolds,
            caseNumber: cases.number,
            setBy: staff.number,
            liftedBy: lifter.number,
          })
          .from(legalHolds)
          .leftJoin(cases, eq(cases.id, legalHolds.caseId))
          .innerJoin(staff, eq(staff.id, legalHolds.setBy))
          .leftJoin(lifter, eq(lifter.id, legalHolds.liftedBy))
          .where(standing ? isNull(legalHolds.liftedAt) : undefined)
          .orderBy(desc(legalHolds.setAt))
          .limit(200),
      );
      return rows.map(({ hold, caseNumber, setBy, liftedBy }) => ({
        ...{ id: hold.id, customerId: hold.customerId, reason: hold.reason, caseNumber, setBy, liftedBy },
        setAt: hold.setAt.toISOString(),
        liftedAt: hold.liftedAt?.toISOString() ?? null,
      }));
    },
  };
}
