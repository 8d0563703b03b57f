import { type Log, silent } from '../domain/log.ts';
import type { Database } from './database.ts';
import { connectEmbedded } from './embedded.ts';
import { connectPostgres } from './postgres.ts';

/**
 * Opens the database and brings it to the newest schema: PostgreSQL at `databaseUrl`, else the embedded
 * one in `dataDir`. Throws a sentence for the operator when it cannot; it holds no password.
 */
export function connect(options: {
  databaseUrl?: string | undefined;
  /** Folder, or `memory://`. */
  dataDir: string;
  log?: Log;
}): Promise<Database> {
  if (options.databaseUrl) return connectPostgres(options.databaseUrl, options.log ?? silent);
  return connectEmbedded(options.dataDir);
}
