import { request } from 'node:http';
import { resolve } from 'node:path';
import { json } from 'node:stream/consumers';
import { AdminAnswer, type AdminCommand, COMMANDS_PATH, runAdminCommand } from '../cases/admin-commands.ts';
import { createCases } from '../cases/index.ts';
import { connect } from '../database/connect.ts';
import { systemClock } from '../domain/clock.ts';
import { parseArguments, USAGE } from './admin-arguments.ts';

/** On the database itself; the servers' outboxes find what has to be told within a second. */
async function onDatabase(databaseUrl: string, command: AdminCommand): Promise<AdminAnswer> {
  const database = await connect({ databaseUrl, dataDir: '' });
  try {
    return await runAdminCommand(createCases({ database, clock: systemClock }), command);
  } finally {
    await database.close();
  }
}

/** By way of the running server, which holds the embedded database. */
function onServer(socketPath: string, command: AdminCommand): Promise<AdminAnswer> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const call = request({ socketPath, path: COMMANDS_PATH, method: 'POST', headers, timeout: 30_000 });
    call.once('response', (response) => {
      json(response)
        .then((body) => resolve(AdminAnswer.parse(body)))
        .catch(reject);
    });
    call.once('timeout', () => call.destroy(new Error('The server does not answer.')));
    call.once('error', (error) => reject(explained(error, socketPath)));
    call.end(JSON.stringify(command));
  });
}

function explained(error: Error, socketPath: string): Error {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ECONNREFUSED')
    return new Error(
      `The server is not running (nothing answers on ${socketPath}); start it with npm start.`,
    );
  if (code === 'EACCES')
    return new Error(`Only the user who runs the server may give commands (${socketPath}).`);
  return error;
}

async function main(typed: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const parsed = parseArguments(typed);
  if (parsed.kind === 'wrong') {
    console.error(parsed.why ? `${parsed.why}\n\n${USAGE}` : USAGE);
    return 1;
  }
  try {
    const answer = env.DATABASE_URL
      ? await onDatabase(env.DATABASE_URL, parsed.command)
      : await onServer(resolve(env.DATA_DIR || 'data', 'admin.sock'), parsed.command);
    if (answer.ok) console.log(answer.text);
    else console.error(answer.text);
    return answer.ok ? 0 : 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

process.exitCode = await main(process.argv.slice(2), process.env);
