import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
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

/** One process with one connection needs little; PostgreSQL's defaults cost 150 MB more. */
const MODEST = ['shared_buffers=8MB', 'wal_buffers=1MB', 'maintenance_work_mem=16MB', 'max_connections=5'];

/**
 * Lays out a new database in a thread of its own. Doing it takes some 500 MB, which a process never
 * gives back and a finished thread does.
 */
async function layOut(location: string): Promise<void> {
  const unfinished = `${location}.new`;
  await rm(unfinished, { recursive: true, force: true });
  const script = `
    const { workerData } = require('node:worker_threads');
    const { PGlite } = require(workerData.module);
    PGlite.create(workerData.location).then((database) => database.close());`;
  // An evaluated script resolves packages from where the process was started, which may be anywhere.
  const module = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const workerData = { module, location: unfinished };
  const worker = new Worker(script, { eval: true, workerData, execArgv: [] });
  const [code] = await once(worker, 'exit');
  if (code !== 0) throw new Error(`laying out the database ended with code ${code}`);
  // Only a whole database gets the name: a process killed before this begins anew.
  await rename(unfinished, location);
}

async function open(location: string): Promise<PGlite> {
  try {
    if (location !== IN_MEMORY && !existsSync(location)) await layOut(location);
    return await PGlite.create(location, { postgresqlconf: MODEST });
  } catch (error) {
    throw new DatabaseFault('opening', error, `cannot open the embedded database in ${location}`);
  }
}

/**
 * PGlite in `<dataDir>/<name>`, held by this process alone; `memory://` keeps nothing.
 * Throws one readable sentence when another process holds it.
 */
export async function openEmbedded(
  dataDir: string,
  name: string,
): Promise<{ pglite: PGlite; close(): Promise<void> }> {
  const inMemory = dataDir === IN_MEMORY;
  if (!inMemory) await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const unlock = inMemory ? async () => {} : await lockDirectory(join(dataDir, `${name}.lock`));
  try {
    const pglite = await open(inMemory ? IN_MEMORY : join(dataDir, name));
    return {
      pglite,
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

/** The embedded database in `<dataDir>/db`, migrated. Throws as `openEmbedded`. */
export async function connectEmbedded(dataDir: string): Promise<Database> {
  const { pglite, close } = await openEmbedded(dataDir, 'db');
  const db = drizzle(pglite, { schema });
  try {
    await migrate(db, { migrationsFolder: fromRoot('src', 'database', 'migrations') });
  } catch (error) {
    await close();
    throw withoutValues('migration', error);
  }
  const queries = queriesOn(db);
  return {
    ...queries,
    pglite,
    ping: async () => {
      await queries.run(async (on) => on.execute(sql`select 1`));
    },
    close,
  };
}
