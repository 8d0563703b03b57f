/** A process of the desk with agents who have chats, for `desk.ts`. */
import { openConnection } from '../../src/conversation/redis/connection.ts';
import { redisAt } from '../../src/conversation/redis/settings.ts';
import { createRedisMemory } from '../../src/conversation/redis/shared-memory.ts';
import { createRedisStore } from '../../src/conversation/redis/store.ts';
import { connect } from '../../src/database/connect.ts';
import { silent } from '../../src/domain/log.ts';
import { customerAt, type Page, type Process, staffAt, startProcess } from '../console/chats/world.ts';

export interface DeskJob {
  redisUrl: string;
  databaseUrl: string;
  agents: number;
  chats: number;
}

/** Where it is, who sits there, and whose messages come. */
export interface OpenDesk {
  url: string;
  pages: { cookie: string; ticket: string; after: number; chats: string[] }[];
  customers: { id: string; token: string; user: { id: string } }[];
}

async function open({ redisUrl, databaseUrl }: DeskJob): Promise<Process> {
  const settings = redisAt(redisUrl);
  const database = await connect({ databaseUrl, dataDir: 'memory://' });
  const store = await createRedisStore({ redis: settings, log: silent });
  const connection = await openConnection({ settings, log: silent, purpose: 'shared memory' });
  // Fifty people log in from one address, which the limit for guessers would stop.
  const memory = { ...createRedisMemory({ connection }), hit: async () => ({ count: 1, resetMs: 1000 }) };
  return startProcess({ database, store, memory });
}

async function agentAt(desk: Process): Promise<Page> {
  const page = await staffAt(desk, ['agent'], { capacity: 20 });
  await page.ask('PUT', '/presence', { presence: 'online' });
  return page;
}

async function serve(job: DeskJob): Promise<OpenDesk> {
  const desk = await open(job);
  const agents: Page[] = [];
  for (let n = 0; n < job.agents; n++) agents.push(await agentAt(desk));
  const chatsOf = new Map<Page, string[]>();
  const customers: OpenDesk['customers'] = [];
  for (let n = 0; n < job.chats; n++) {
    const agent = agents[n % agents.length];
    if (!agent) throw new Error('there are no agents');
    const { conversationId, token, user, askForPerson } = await customerAt(desk);
    const chat = await askForPerson();
    const { status } = await agent.ask('POST', `/chats/${chat}/claim`);
    if (status !== 200) throw new Error(`claim: ${status}`);
    chatsOf.set(agent, [...(chatsOf.get(agent) ?? []), chat]);
    customers.push({ id: conversationId, token, user });
  }
  const after = await desk.chats.desk.lastSeq();
  const pages = await Promise.all(
    agents.map(async (agent) => {
      const { ticket } = (await agent.ask('POST', '/live-ticket')).body as { ticket: string };
      return { cookie: agent.cookie, ticket, after, chats: chatsOf.get(agent) ?? [] };
    }),
  );
  return { url: desk.url, pages, customers };
}

process.on('message', (job: DeskJob) => {
  serve(job).then(
    (result) => process.send?.({ result }),
    (error: unknown) =>
      process.send?.({ fault: error instanceof Error ? String(error.stack) : String(error) }),
  );
});
// Ends with the bench.
process.on('disconnect', () => process.exit());
