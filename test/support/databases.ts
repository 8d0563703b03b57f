import { connect } from '../../src/database/connect.ts';
import type { Database } from '../../src/database/database.ts';
import { type PostgresServer, startPostgres } from './postgres.ts';

let server: Promise<PostgresServer> | undefined;

/** An empty database of one PostgreSQL server that all tests of this run share. */
export async function freshPostgres(): Promise<string> {
  server ??= startPostgres();
  return (await server).createDatabase();
}

after(async function stopSharedPostgres() {
  this.timeout(30_000);
  await (await server)?.stop();
});

/** Runs the same tests on both databases, each on a fresh, migrated one that `current()` returns. */
export function onBothDatabases(tests: (current: () => Database) => void): void {
  const engines = {
    PGlite: () => connect({ dataDir: 'memory://' }),
    PostgreSQL: async () => connect({ databaseUrl: await freshPostgres(), dataDir: 'memory://' }),
  };
  for (const [engine, open] of Object.entries(engines)) {
    describe(`on ${engine}`, () => {
      let database: Database | undefined;
      before(async function openDatabase() {
        this.timeout(90_000);
        database = await open();
      });
      after(async () => database?.close());
      tests(() => {
        if (!database) throw new Error('the database is not open yet');
        return database;
      });
    });
  }
}
