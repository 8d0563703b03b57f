import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { startPostgres } from '../support/postgres.ts';
import { startRedis } from '../support/redis.ts';
import type { DeskJob, OpenDesk } from './desk-server.ts';
import { type Figure, percentile } from './figure.ts';
import { startHelper } from './processes.ts';

const AGENTS = 50;
const CHATS = 200;
const PER_SECOND = 50;
const SECONDS = 20;

/** An agent's page: says when each message came. */
async function openPage(
  page: OpenDesk['pages'][number],
  url: string,
  came: (text: string, at: number) => void,
) {
  const headers = { cookie: page.cookie, origin: url };
  const address = `${url.replace('http', 'ws')}/api/console/live?ticket=${page.ticket}&after=${page.after}`;
  const socket = new WebSocket(address, { headers });
  socket.on('message', (data) => {
    const at = performance.now();
    const frame = JSON.parse(String(data)) as { type: string; messages?: { text?: string }[] };
    for (const { text } of frame.messages ?? []) if (text) came(text, at);
  });
  await new Promise((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('error', reject);
  });
  for (const chatId of page.chats) socket.send(JSON.stringify({ type: 'watch', chatId, after: 0 }));
  return socket;
}

/** From a customer's request to the agent's screen, at one process on Redis and PostgreSQL. */
export async function bench(): Promise<Figure[]> {
  const redis = await startRedis({ appendfsync: 'everysec' });
  const postgres = await startPostgres();
  const server = startHelper('desk-server.ts');
  try {
    const databaseUrl = await postgres.createDatabase();
    const job: DeskJob = { redisUrl: redis.url, databaseUrl, agents: AGENTS, chats: CHATS };
    const { url, pages, customers } = await server.ask<OpenDesk>(job);
    const sent = new Map<string, number>();
    const took: number[] = [];
    const came = (text: string, at: number) => {
      const began = sent.get(text);
      if (began !== undefined) took.push(at - began);
    };
    const sockets = await Promise.all(pages.map((page) => openPage(page, url, came)));
    await pause(1_000);
    const total = PER_SECOND * SECONDS;
    const posts: Promise<unknown>[] = [];
    for (let n = 0; n < total; n++) {
      const customer = customers[n % customers.length];
      if (!customer) throw new Error('there are no customers');
      const text = `第 ${n} 句，还没有解绑成功`;
      const body = JSON.stringify({ type: 'message', from: customer.user, text });
      const headers = { authorization: `Bearer ${customer.token}`, 'content-type': 'application/json' };
      sent.set(text, performance.now());
      posts.push(
        fetch(`${url}/v3/directline/conversations/${customer.id}/activities`, {
          method: 'POST',
          headers,
          body,
        }),
      );
      await pause(1000 / PER_SECOND);
    }
    await Promise.all(posts);
    await pause(2_000);
    for (const socket of sockets) socket.terminate();
    if (took.length !== total) throw new Error(`${took.length} of ${total} messages came`);
    const name = `customer's message to the agent's socket, ${CHATS} chats, ${AGENTS} agents`;
    return [
      { name: `${name}, p50`, figure: percentile(took, 0.5), unit: 'ms' },
      { name: `${name}, p99`, figure: percentile(took, 0.99), unit: 'ms', goal: 200 },
    ];
  } finally {
    await server.stop();
    await postgres.stop();
    await redis.stop();
  }
}
