import { DrizzleQueryError } from 'drizzle-orm';
import type { PassingFault } from '../domain/fault.ts';

/**
 * Connection lost or refused (08), restarting (57P), out of connections, memory or disk (53), lost to another
 * transaction (40), the system's own codes; `unknown` is a connection that broke in the middle of an answer.
 */
const PASSING = /^(?:08|57P|53|40)|^E[A-Z]{4,}|^unknown$/;

/**
 * The database could not be reached or refused a statement. Safe to log: drivers put the values of the
 * failed statement into their errors, so nothing of those is kept but codes and names.
 */
export class DatabaseFault extends Error implements PassingFault {
  override name = 'DatabaseFault';
  readonly operation: string;
  /** SQLSTATE (`23505`), the system's code (`ECONNREFUSED`), or `unknown`. */
  readonly code: string;
  /** Name of the violated constraint, where one was. */
  readonly constraint: string | undefined;

  readonly passes: boolean;

  constructor(operation: string, cause: unknown, explanation?: string) {
    const code = textOf(cause, 'code') ?? 'unknown';
    super(`database: ${operation} failed: ${explanation ?? code}`);
    this.operation = operation;
    this.code = code;
    this.constraint = textOf(cause, 'constraint');
    this.passes = PASSING.test(code);
  }
}

function textOf(value: unknown, key: 'code' | 'constraint'): string | undefined {
  if (typeof value !== 'object' || value === null || !(key in value)) return undefined;
  const found: unknown = Reflect.get(value, key);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** What the driver said, under whatever the ORM wrapped around it. */
function driverError(error: unknown): unknown {
  return error instanceof DrizzleQueryError ? (error.cause ?? error) : error;
}

/** Errors of the database as `DatabaseFault`; any other error as it is. */
export function withoutValues(operation: string, error: unknown): unknown {
  if (error instanceof DatabaseFault) return error;
  const said = driverError(error);
  if (error instanceof DrizzleQueryError || isDriverError(said)) return new DatabaseFault(operation, said);
  return error;
}

/** node-postgres and PGlite both name severity or a system code on what they throw. */
function isDriverError(error: unknown): boolean {
  return error instanceof Error && ('severity' in error || 'syscall' in error);
}

/** Whether a statement broke this unique constraint; takes raw and wrapped errors. */
export function violates(error: unknown, constraint: string): boolean {
  const said = driverError(error);
  return textOf(said, 'code') === '23505' && textOf(said, 'constraint') === constraint;
}

/** Whether the database took no connection, so that nothing of the work can have happened: it restarts. */
export function isAbsent(error: unknown): boolean {
  const code = textOf(driverError(error), 'code');
  return code === 'ECONNREFUSED' || code === '57P03';
}

/** Whether running the transaction again may succeed: deadlock or serialization failure. */
export function isTransient(error: unknown): boolean {
  const code = textOf(driverError(error), 'code');
  return code === '40P01' || code === '40001';
}
