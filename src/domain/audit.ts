/** 审计记录: one line of the chain. It holds ids, states and counts, nothing that a customer wrote. */
export interface AuditLine {
  seq: number;
  /** ISO-8601 UTC. */
  at: string;
  actor: string;
  /** 工号 of whoever of the desk it was. */
  staffNumber?: string | undefined;
  action: string;
  caseId?: string | undefined;
  caseNumber?: string | undefined;
  before?: Record<string, unknown> | undefined;
  after?: Record<string, unknown> | undefined;
  hash: string;
}

export interface AuditFilter {
  actor?: string | undefined;
  /** 工号 */
  staffNumber?: string | undefined;
  /** An action, or the beginning of some: `case.`. */
  action?: string | undefined;
  caseId?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
  /** Only lines before this one, for the next page. */
  beforeSeq?: number | undefined;
  limit: number;
}

/** What checking the chain found. `seq` is the first row that is not as it was written. */
export type AuditCheck =
  | { kind: 'intact'; rows: number; hash: string }
  | { kind: 'tampered'; seq: number; reason: 'changed' | 'missing' | 'unlinked' };

/** Port of the audit for those who read it; reading it is audited, too. */
export interface AuditReader {
  /** Newest first. */
  list(filter: AuditFilter): Promise<AuditLine[]>;
  verify(): Promise<AuditCheck>;
  /** Notes that somebody looked. */
  noteReading(actor: string, what: Record<string, unknown>): Promise<void>;
}
