import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { fromRoot } from '../root.ts';
import { type Database, queriesOn } from './database.ts';
import { DatabaseFault, withoutValues } from './fault.ts';
import { lockDirectory } from './pid-lock.ts';
import * as schema from './schema/index.ts';

const IN_MEMORY = 'memory://';

async function open(location: string): Promise<PGlite> {
  try {
    return await PGlite.create(location);
  } catch (error) {
    throw new DatabaseFault('opening', error, `cannot open the embedded database in ${location}`);
  }
}

/**
 * PGlite in `<dataDir>/db`, migrated and held by this process alone; `memory://` keeps nothing.
 * Throws one readable sentence when another process holds the directory.
 */
export async function connectEmbedded(dataDir: string): Promise<Database> {
  const inMemory = dataDir === IN_MEMORY;
  if (!inMemory) await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const unlock = inMemory ? async () => {} : await lockDirectory(join(dataDir, 'db.lock'));
  try {
    const pglite = await open(inMemory ? IN_MEMORY : join(dataDir, 'db'));
    const db = drizzle(pglite, { schema });
    try {
      await migrate(db, { migrationsFolder: fromRoot('src', 'database', 'migrations') });
    } catch (error) {
      await pglite.close();
      throw withoutValues('migration', error);
    }
    const queries = queriesOn(db);
    return {
      ...queries,
      pglite,
      ping: async () => {
        await queries.run(async (on) => on.execute(sql`select 1`));
      },
      close: async () => {
        await pglite.close();
        await unlock();
      },
    };
  } catch (error) {
    await unlock();
    throw error;
  }
}
