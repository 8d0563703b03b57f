/** `npm run nlu:unclear`: what customers said that was not understood, grouped, also as phrases to label. */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { AdminAnswer } from '../cases/admin-commands.ts';
import { readConfig } from '../config.ts';
import { connect } from '../database/connect.ts';
import { systemClock } from '../domain/clock.ts';
import { createInsights, createUnclear, createUnclearGroups, UnclearCommand } from '../insight/index.ts';
import { askServer, print, socketIn } from './admin-call.ts';

const USAGE = `Usage:
  npm run nlu:unclear [-- --days 30] [--yaml]

  --days N   how far to look back
  --yaml     as phrases to label: npm run -s nlu:unclear -- --yaml > phrases.yml`;

async function onDatabase(databaseUrl: string, command: UnclearCommand): Promise<AdminAnswer> {
  const database = await connect({ databaseUrl, dataDir: '' });
  try {
    const insights = createInsights({ database, clock: systemClock });
    return await createUnclear(createUnclearGroups({ insights }))(command);
  } finally {
    await database.close();
  }
}

async function unclear(command: UnclearCommand, env: NodeJS.ProcessEnv): Promise<AdminAnswer> {
  const { databaseUrl, dataDir } = readConfig(env);
  // An embedded database belongs to the server that has it open.
  return databaseUrl ? onDatabase(databaseUrl, command) : askServer(socketIn(dataDir), command);
}

function commandIn(typed: string[]): UnclearCommand | undefined {
  try {
    const options = { days: { type: 'string' }, yaml: { type: 'boolean' } } as const;
    const { days, yaml } = parseArgs({ args: typed, options }).values;
    const command = { do: 'unclear', ...(days && { days: Number(days) }), ...(yaml && { yaml }) };
    return UnclearCommand.safeParse(command).data;
  } catch {
    return undefined;
  }
}

if (existsSync('.env')) process.loadEnvFile('.env');
const command = commandIn(process.argv.slice(2));
if (!command) console.error(USAGE);
process.exitCode = command ? await print(unclear(command, process.env)) : 1;
