import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import WebSocket from 'ws';
import { z } from 'zod';
import { fromRoot } from '../../src/root.ts';
import { eventually } from './eventually.ts';

/** Microsoft's own client for bots, without its browser: what a person would see and say in it. */
export interface Playground {
  /** What the bot's messages look like there, in order. */
  shown: z.infer<typeof shown>['message'][];
  say(text: string): Promise<void>;
  close(): Promise<void>;
}

const config = z.object({ config: z.object({ personalChat: z.object({ id: z.string() }) }) });
const shown = z.object({
  action: z.literal('createMessage'),
  message: z.looseObject({ text: z.string().default(''), from: z.object({ id: z.string() }) }),
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

/** `deliveryMode`: `expectReplies` has the bot answer in line. */
export async function startPlayground(
  botUrl: string,
  channelId: string,
  deliveryMode?: string,
): Promise<Playground> {
  const port = await freePort();
  const cli = fromRoot('node_modules', '@microsoft', 'm365agentsplayground', 'cli.js');
  const mode = deliveryMode ? ['--dm', deliveryMode] : [];
  const child = spawn(
    process.execPath,
    [cli, 'start', '-e', `${botUrl}/api/messages`, '-c', channelId, '-p', String(port), '--dt', ...mode],
    // It ends at once where it finds no browser to open.
    { stdio: 'ignore', env: { ...process.env, TEAMSAPPTESTER_BROWSER: 'none' } },
  );
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const end = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  const base = `127.0.0.1:${port}`;
  try {
    let chat = '';
    await eventually(async () => {
      const answer = await fetch(`http://${base}/_internal/v1/config`);
      chat = config.parse(await answer.json()).config.personalChat.id;
    }, 30_000);
    const messages: Playground['shown'] = [];
    const socket = new WebSocket(`ws://${base}/_ws_conversation/v1/conversations/stream`);
    socket.on('message', (data) => {
      const parsed = shown.safeParse(JSON.parse(String(data)));
      if (parsed.success && !parsed.data.message.from.id.startsWith('user-'))
        messages.push(parsed.data.message);
    });
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    return {
      shown: messages,
      async say(text) {
        const body = JSON.stringify({ from: { id: 'user-id-0' }, text, textFormat: 'plain' });
        const headers = { 'content-type': 'application/json' };
        const answer = await fetch(`http://${base}/_conversation/v1/conversations/${chat}/messages`, {
          method: 'POST',
          ...{ headers, body },
        });
        if (!answer.ok) throw new Error(`the playground answered ${answer.status}`);
      },
      async close() {
        socket.terminate();
        await end();
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}
