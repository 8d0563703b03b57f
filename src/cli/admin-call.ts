import { request } from 'node:http';
import { resolve } from 'node:path';
import { json } from 'node:stream/consumers';
import { AdminAnswer, COMMANDS_PATH } from '../cases/admin-commands.ts';

/** Where the server that works on this data directory takes commands. */
export function socketIn(dataDir: string): string {
  return resolve(dataDir, 'admin.sock');
}

/** Gives a command to the running server, which holds the embedded stores. Throws one readable sentence. */
export function askServer(socketPath: string, command: object): Promise<AdminAnswer> {
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

/** Prints an answer, or why there is none. Returns the exit code. */
export async function print(asking: Promise<AdminAnswer>): Promise<number> {
  try {
    const answer = await asking;
    if (answer.ok) console.log(answer.text);
    else console.error(answer.text);
    return answer.ok ? 0 : 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return 1;
  }
}
