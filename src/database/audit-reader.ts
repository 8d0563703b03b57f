import { and, desc, eq, gte, inArray, like, lt, type SQL, sql } from 'drizzle-orm';
import type { AuditFilter, AuditLine, AuditReader } from '../domain/audit.ts';
import type { Clock } from '../domain/clock.ts';
import { appendAudit, verifyAudit } from './audit.ts';
import type { Database } from './database.ts';
import { audit, cases, staff } from './schema/index.ts';

interface Found {
  line: typeof audit.$inferSelect;
  staffNumber: string | null;
  caseNumber: string | null;
}

const lineOf = ({ line, staffNumber, caseNumber }: Found): AuditLine => {
  const { seq, at, actor, action, caseId, before, after, hash } = line;
  return {
    ...{ seq, at: at.toISOString(), actor, action, hash },
    ...(staffNumber !== null && { staffNumber }),
    ...(caseId !== null && { caseId }),
    ...(caseNumber !== null && { caseNumber }),
    ...(before !== null && { before }),
    ...(after !== null && { after }),
  };
};

/** How the audit names somebody of the desk. */
const actorOfStaff = sql<string>`'staff:' || ${staff.id}::text`;

function actionIs(action: string): SQL {
  return action.endsWith('.')
    ? like(audit.action, `${action.replaceAll(/[\\%_]/g, '\\$&')}%`)
    : eq(audit.action, action);
}

/** The audit for those who read it. */
export function createAuditReader({ database, clock }: { database: Database; clock: Clock }): AuditReader {
  return {
    async list(filter: AuditFilter) {
      const { actor, staffNumber, action, caseId, from, to, beforeSeq, limit } = filter;
      const wanted = and(
        actor === undefined ? undefined : eq(audit.actor, actor),
        staffNumber === undefined
          ? undefined
          : inArray(
              audit.actor,
              sql`(select ${actorOfStaff} from ${staff} where ${staff.number} = ${staffNumber})`,
            ),
        action === undefined ? undefined : actionIs(action),
        caseId === undefined ? undefined : eq(audit.caseId, caseId),
        from && gte(audit.at, from),
        to && lt(audit.at, to),
        beforeSeq === undefined ? undefined : lt(audit.seq, beforeSeq),
      );
      const rows = await database.run((db) =>
        db
          .select({ line: audit, staffNumber: staff.number, caseNumber: cases.number })
          .from(audit)
          .leftJoin(staff, eq(audit.actor, actorOfStaff))
          .leftJoin(cases, eq(cases.id, audit.caseId))
          .where(wanted)
          .orderBy(desc(audit.seq))
          .limit(limit),
      );
      return rows.map(lineOf);
    },
    verify: () => verifyAudit(database),
    noteReading: (actor, what) =>
      database.transaction((tx) =>
        appendAudit(tx, { at: clock.now(), actor, action: 'audit.read', after: what }),
      ),
  };
}
