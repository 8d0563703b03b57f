import { and, desc, eq, gte, like, lt, type SQL } from 'drizzle-orm';
import type { AuditFilter, AuditLine, AuditReader } from '../domain/audit.ts';
import type { Clock } from '../domain/clock.ts';
import { appendAudit, verifyAudit } from './audit.ts';
import type { Database } from './database.ts';
import { audit } from './schema/index.ts';

type AuditRow = typeof audit.$inferSelect;

const lineOf = ({ seq, at, actor, action, caseId, before, after, hash }: AuditRow): AuditLine => ({
  ...{ seq, at: at.toISOString(), actor, action, hash },
  ...(caseId !== null && { caseId }),
  ...(before !== null && { before }),
  ...(after !== null && { after }),
});

function actionIs(action: string): SQL {
  return action.endsWith('.')
    ? like(audit.action, `${action.replaceAll(/[\\%_]/g, '\\$&')}%`)
    : eq(audit.action, action);
}

/** The audit for those who read it. */
export function createAuditReader({ database, clock }: { database: Database; clock: Clock }): AuditReader {
  return {
    async list(filter: AuditFilter) {
      const { actor, action, caseId, from, to, beforeSeq, limit } = filter;
      const wanted = and(
        actor === undefined ? undefined : eq(audit.actor, actor),
        action === undefined ? undefined : actionIs(action),
        caseId === undefined ? undefined : eq(audit.caseId, caseId),
        from && gte(audit.at, from),
        to && lt(audit.at, to),
        beforeSeq === undefined ? undefined : lt(audit.seq, beforeSeq),
      );
      const rows = await database.run((db) =>
        db.select().from(audit).where(wanted).orderBy(desc(audit.seq)).limit(limit),
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
