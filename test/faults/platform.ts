import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { startSandbox } from '../../src/platform/sandbox/server.ts';

/** The account API for a crowd: a sandbox whose customers have doubles and whose answers take their time. */
export interface Platform {
  url: string;
  token: string;
  close(): Promise<void>;
}

/** Long enough that turns are under way whenever a process dies. */
const ANSWER_MS = 150;

/** `lost-card~17` is a customer like `lost-card`, with cases of their own. */
const sandboxPath = (path: string) => path.replace(/~\d+/, '');

/** Starts it for all processes of a test. */
export async function startPlatform(): Promise<Platform> {
  const token = randomBytes(24).toString('hex');
  const sandbox = await startSandbox({ token });
  const server = createServer(async (request, response) => {
    await pause(ANSWER_MS);
    const { authorization = '' } = request.headers;
    const url = `${sandbox.url}${sandboxPath(request.url ?? '')}`;
    const answer = await fetch(url, { headers: { authorization } });
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(await answer.text());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');

  return {
    url: `http://127.0.0.1:${address.port}`,
    token,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      await sandbox.close();
    },
  };
}
