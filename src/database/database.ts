import { setTimeout } from 'node:timers/promises';
import type { PGlite } from '@electric-sql/pglite';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { isAbsent, isTransient, withoutValues } from './fault.ts';
import type * as schema from './schema/index.ts';

/** What queries are written on: the database itself, or the transaction that is open on it. */
export type Queries = PgDatabase<PgQueryResultHKT, typeof schema>;

/** One database for all services: PostgreSQL, or PGlite when embedded. */
export interface Database {
  /**
   * For single statements inside `run`. While a transaction is open use only what it was given:
   * PGlite has one connection, so waiting for another query inside a transaction never ends.
   */
  readonly db: Queries;
  /**
   * Reads, or writes in one statement. Errors come as `DatabaseFault`; one that takes no connections is
   * waited for up to four seconds.
   */
  run<T>(work: (db: Queries) => Promise<T>): Promise<T>;
  /**
   * All or nothing. After a deadlock the work runs again, so it must touch nothing but the database;
   * it waits for one that takes no connections like `run`.
   * Errors of the database come as `DatabaseFault`; others as they were thrown.
   */
  transaction<T>(work: (tx: Queries) => Promise<T>): Promise<T>;
  /** Throws `DatabaseFault` when the database cannot be reached. */
  ping(): Promise<void>;
  /** Waits for what is under way. */
  close(): Promise<void>;
  /** The embedded database, which the embedded conversation store shares. */
  readonly pglite?: PGlite;
}

const TRIES = 5;
const PAUSE_MS = 90;
/** Together the few seconds in which a database restarts; customers see "typing" as long. */
const ABSENT_PAUSES_MS = [250, 500, 1000, 2000];

/** `run` and `transaction` on either driver; `begin` replaces the ORM's own transactions. */
export function queriesOn(
  db: Queries,
  begin: Database['transaction'] = (work) => db.transaction(work),
): Pick<Database, 'db' | 'run' | 'transaction'> {
  const patiently = async <T>(work: () => Promise<T>, pauses: readonly number[]): Promise<T> => {
    const [pauseMs, ...further] = pauses;
    try {
      return await work();
    } catch (error) {
      if (pauseMs === undefined || !isAbsent(error)) throw error;
    }
    await setTimeout(pauseMs);
    return patiently(work, further);
  };
  const safely = async <T>(operation: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await patiently(work, ABSENT_PAUSES_MS);
    } catch (error) {
      throw withoutValues(operation, error);
    }
  };
  const attempt = async <T>(work: (tx: Queries) => Promise<T>, triesLeft: number): Promise<T> => {
    try {
      return await begin(work);
    } catch (error) {
      if (triesLeft <= 1 || !isTransient(error)) throw error;
      // At once, it could take the same lock before the other transaction got it.
      await setTimeout(10 + Math.random() * PAUSE_MS);
      return attempt(work, triesLeft - 1);
    }
  };
  return {
    db,
    run: (work) => safely('query', () => work(db)),
    transaction: (work) => safely('transaction', () => attempt(work, TRIES)),
  };
}
