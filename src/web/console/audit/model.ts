import type { AuditLine } from '../../../domain/audit.ts';

export interface AuditPage {
  lines: AuditLine[];
  next?: number;
}

/** Which lines are listed; times are ISO-8601. */
export interface AuditFilter {
  caseNumber?: string;
  staffNumber?: string;
  /** An action, or the beginning of some: `case.`. */
  action?: string;
  from?: string;
  to?: string;
}

const PAGE = 50;

export function queryOf(filter: AuditFilter, before: number | undefined): string {
  const given = Object.entries({ ...filter, before }).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, String(value)]],
  );
  return new URLSearchParams([['limit', String(PAGE)], ...given]).toString();
}
