import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import type { Log } from '../domain/log.ts';
import { fromRoot } from '../root.ts';
import { type Database, type Queries, queriesOn } from './database.ts';
import { DatabaseFault, withoutValues } from './fault.ts';
import * as schema from './schema/index.ts';

const CONNECT_TIMEOUT_MS = 5_000;
const STATEMENT_TIMEOUT_MS = 10_000;
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 30_000;
const MAX_CONNECTIONS = 10;
/** Any number that nothing else locks. */
const MIGRATION_LOCK = 7_215_908_213;

/** Host, port and database of the URL: never its user or password. */
function describe(databaseUrl: string): string {
  try {
    const { hostname, port, pathname } = new URL(databaseUrl);
    return `${hostname}:${port || 5432}${pathname}`;
  } catch {
    return 'the address in DATABASE_URL';
  }
}

/** Several processes may start at once: one migrates, the others wait and find it done. */
async function migrateUnderLock(databaseUrl: string): Promise<void> {
  // Its own connection: waiting for another process must not run into the statement timeout.
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'unbind-assistant migration',
  });
  client.on('error', () => {
    // Also rejects the statement under way, which is where it is handled.
  });
  try {
    await client.connect();
  } catch (error) {
    await client.end().catch(() => undefined);
    throw cannotConnect(databaseUrl, error);
  }
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await migrate(drizzle(client), { migrationsFolder: fromRoot('src', 'database', 'migrations') });
  } catch (error) {
    throw withoutValues('migration', error);
  } finally {
    // Ends the session and with it the lock.
    await client.end();
  }
}

const codeOf = (error: Error) => ('code' in error ? error.code : 'unknown');

function cannotConnect(databaseUrl: string, error: unknown): DatabaseFault {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'no answer in time';
  return new DatabaseFault('connecting', error, `cannot connect to ${describe(databaseUrl)} (${code})`);
}

/** The ORM's own way never gives a connection back that breaks at `begin`, until the pool is empty. */
async function transactionOn<T>(pool: pg.Pool, work: (tx: Queries) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch((error: unknown) => {
    throw new DatabaseFault('connecting', error);
  });
  let failed = true;
  try {
    const result = await drizzle(client, { schema }).transaction(work);
    failed = false;
    return result;
  } finally {
    // In what state a failed one is nobody knows, so it is not used again.
    client.release(failed);
  }
}

/** A pool on PostgreSQL, migrated. Throws `DatabaseFault` when it cannot be reached. */
export async function connectPostgres(databaseUrl: string, log: Log): Promise<Database> {
  await migrateUnderLock(databaseUrl);
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    // The server's timeout does not help when the server is gone.
    query_timeout: STATEMENT_TIMEOUT_MS + CONNECT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    application_name: 'unbind-assistant',
  });
  // The pool replaces an idle connection that breaks; without a listener it ends the process.
  pool.on('error', () => undefined);
  // So does one in use between two statements; this hears both.
  pool.on('connect', (client) =>
    client.on('error', (error: Error) => log.warn({ code: codeOf(error) }, 'database connection lost')),
  );
  const db = drizzle(pool, { schema });
  return {
    ...queriesOn(db, (work) => transactionOn(pool, work)),
    // Without the patience of `run`: asked is how things are now.
    ping: async () => {
      await db.execute(sql`select 1`).catch((error: unknown) => {
        throw withoutValues('ping', error);
      });
    },
    close: () => pool.end(),
  };
}
