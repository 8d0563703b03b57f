import { createHash } from 'node:crypto';
import { asc, eq, gt } from 'drizzle-orm';
import type { AuditCheck } from '../domain/audit.ts';
import type { Database, Queries } from './database.ts';
import { audit, auditHead } from './schema/index.ts';

/** Who did what to which case. Holds ids, states and counts only: the audit outlives personal data. */
export interface AuditEntry {
  at: Date;
  /** `agent:<id>`, `customer:<id>`, `conversation:<id>` or `system`. */
  actor: string;
  action: string;
  caseId?: string | undefined;
  before?: Record<string, unknown> | undefined;
  after?: Record<string, unknown> | undefined;
}

const BATCH = 1000;

type AuditRow = typeof audit.$inferSelect;

/** JSON with sorted keys, so that it is the same after a round trip through jsonb. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`);
  return `{${members.join(',')}}`;
}

function hashOf(row: Omit<AuditRow, 'hash'>): string {
  const { seq, at, actor, action, caseId, before, after, previousHash } = row;
  const content = canonical({ seq, at: at.toISOString(), actor, action, caseId, before, after });
  return createHash('sha256').update(previousHash).update('\n').update(content).digest('hex');
}

/**
 * Writes one row at the end of the chain. Call it last in a transaction: from here until its end all
 * others wait for the chain.
 */
export async function appendAudit(tx: Queries, entry: AuditEntry): Promise<void> {
  const [head] = await tx.select().from(auditHead).where(eq(auditHead.id, 1)).for('update');
  if (!head) throw new Error('the end of the audit is missing');
  const row = {
    seq: head.seq + 1,
    at: entry.at,
    actor: entry.actor,
    action: entry.action,
    caseId: entry.caseId ?? null,
    before: entry.before ?? null,
    after: entry.after ?? null,
    previousHash: head.hash,
  };
  const hash = hashOf(row);
  await tx.insert(audit).values({ ...row, hash });
  await tx.update(auditHead).set({ seq: row.seq, hash }).where(eq(auditHead.id, 1));
}

/** Checks every row against its hash, its predecessor and the end of the chain. */
export async function verifyAudit(database: Database): Promise<AuditCheck> {
  // Read before the rows: whatever is appended meanwhile lies beyond it.
  const [head] = await database.run((db) => db.select().from(auditHead).where(eq(auditHead.id, 1)));
  let last = { seq: 0, hash: '' };
  for (;;) {
    const after = last.seq;
    const rows = await database.run((db) =>
      db.select().from(audit).where(gt(audit.seq, after)).orderBy(asc(audit.seq)).limit(BATCH),
    );
    for (const row of rows) {
      if (row.seq !== last.seq + 1) return { kind: 'tampered', seq: last.seq + 1, reason: 'missing' };
      if (row.hash !== hashOf(row)) return { kind: 'tampered', seq: row.seq, reason: 'changed' };
      if (row.previousHash !== last.hash) return { kind: 'tampered', seq: row.seq, reason: 'unlinked' };
      if (row.seq === head?.seq && row.hash !== head.hash)
        return { kind: 'tampered', seq: row.seq, reason: 'unlinked' };
      last = { seq: row.seq, hash: row.hash };
    }
    if (rows.length < BATCH) break;
  }
  if (!head || last.seq < head.seq) return { kind: 'tampered', seq: last.seq + 1, reason: 'missing' };
  return { kind: 'intact', rows: last.seq, hash: last.hash };
}
