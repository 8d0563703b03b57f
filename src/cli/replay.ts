/** `npm run replay`: a conversation as a transcript, with the decisions that were taken in it. */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { AdminAnswer } from '../cases/admin-commands.ts';
import { readConfig } from '../config.ts';
import type { RedisSettings } from '../conversation/redis/settings.ts';
import { createRedisStore } from '../conversation/redis/store.ts';
import { connect } from '../database/connect.ts';
import { systemClock } from '../domain/clock.ts';
import { silent } from '../domain/log.ts';
import { createInsights, createReplay, type ReplayCommand } from '../insight/index.ts';
import { askServer, print, socketIn } from './admin-call.ts';

const USAGE = `Usage:
  npm run replay -- CONVERSATION [--json]

  CONVERSATION   its id, as in the logs and on the console
  --json         everything that is known, for programs: npm run -s replay -- CONVERSATION --json`;

/** On the stores themselves, beside whatever servers work on them. */
async function onStores(redis: RedisSettings, databaseUrl: string, command: ReplayCommand) {
  const store = await createRedisStore({ redis, log: silent });
  try {
    const database = await connect({ databaseUrl, dataDir: '' });
    try {
      const insights = createInsights({ database, clock: systemClock });
      return await createReplay({ store, insights })(command);
    } finally {
      await database.close();
    }
  } finally {
    await store.close();
  }
}

async function replay(command: ReplayCommand, env: NodeJS.ProcessEnv): Promise<AdminAnswer> {
  const { redis, databaseUrl, dataDir } = readConfig(env);
  // An embedded store belongs to the server that has it open.
  if (redis && databaseUrl) return onStores(redis, databaseUrl, command);
  return askServer(socketIn(dataDir), command);
}

function commandIn(typed: string[]): ReplayCommand | undefined {
  try {
    const options = { json: { type: 'boolean', default: false } } as const;
    const { values, positionals } = parseArgs({ args: typed, options, allowPositionals: true });
    const [conversation, ...more] = positionals;
    return conversation && more.length === 0 ? { do: 'replay', conversation, ...values } : undefined;
  } catch {
    return undefined;
  }
}

if (existsSync('.env')) process.loadEnvFile('.env');
const command = commandIn(process.argv.slice(2));
if (!command) console.error(USAGE);
process.exitCode = command ? await print(replay(command, process.env)) : 1;
