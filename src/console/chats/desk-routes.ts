import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { PRESENCES } from '../../domain/staff.ts';
import { actorOf, memberOf } from '../access.ts';
import type { ChatParts } from './parts.ts';
import { agent, chat, chatOf, group, queuedChat } from './shapes.ts';

const snapshot = z.object({
  /** Number of the desk's last event that this holds; the live socket goes on after it. */
  seq: z.int(),
  /** The server's clock, which the page's clocks go by. */
  now: z.iso.datetime(),
  me: agent,
  chats: z.array(chat),
  queue: z.array(queuedChat),
  messages: z.array(chat),
  colleagues: z.array(agent),
  groups: z.array(group),
});

/** The desk as one member and as a supervisor sees it. */
export const deskRoutes: FastifyPluginAsyncZod<ChatParts> = async (app, { desk, clock }) => {
  /** The number is read first: what happens meanwhile is told twice, not never. */
  async function common() {
    const seq = await desk.lastSeq();
    const now = clock.now().toISOString();
    const [agents, groups, targets] = await Promise.all([desk.agents(), desk.groups(), desk.targets()]);
    const named = groups.map(({ id, name, active }) => ({ id, name, active }));
    return { seq, now, agents, groups: named, targets };
  }

  app.get(
    '/desk',
    {
      config: { access: 'chat' },
      schema: { summary: 'What I have, what waits, who is there', response: { 200: snapshot } },
    },
    async (request) => {
      const member = memberOf(request);
      const { groups: of } = member;
      const { seq, now, agents, groups, targets } = await common();
      const [chats, queue, messages] = await Promise.all([
        desk.chatsOf(member.id),
        desk.queue({ groups: of }),
        desk.messages({ groups: of }),
      ]);
      const { id, number, name, roles, skills, capacity } = member;
      const absent = { presence: 'offline' as const, active: 0, offered: 0 };
      const me = agents.find((one) => one.id === id) ?? {
        ...{ id, number, name, roles, groups: of, skills, capacity },
        ...absent,
      };
      return {
        ...{ seq, now, me, groups },
        chats: chats.map((it) => chatOf(it, targets)),
        queue: queue.map((it) => chatOf(it, targets)),
        messages: messages.map((it) => chatOf(it, targets)),
        colleagues: agents.filter((one) => one.id !== id),
      };
    },
  );

  app.put(
    '/presence',
    {
      config: { access: 'chat' },
      schema: {
        summary: 'Say whether I am there; offline gives my chats back',
        body: z.object({ presence: z.enum(PRESENCES) }),
        response: { 200: z.object({ presence: z.enum(PRESENCES) }) },
      },
    },
    async (request) => {
      await desk.setPresence(actorOf(request), request.body.presence);
      return request.body;
    },
  );

  app.get(
    '/supervise',
    {
      config: { access: 'supervise' },
      schema: {
        summary: 'All queues, all chats, all agents with their load',
        response: {
          200: snapshot.omit({ me: true, colleagues: true }).extend({
            agents: z.array(agent),
            sizes: z.array(z.object({ group: z.string(), waiting: z.int(), oldestAt: z.iso.datetime() })),
          }),
        },
      },
    },
    async () => {
      const { seq, now, agents, groups, targets } = await common();
      const [chats, queue, messages, sizes] = await Promise.all([
        desk.active(),
        desk.queue(),
        desk.messages(),
        desk.queueSizes(),
      ]);
      return {
        ...{ seq, now, agents, groups, sizes },
        chats: chats.map((it) => chatOf(it, targets)),
        queue: queue.map((it) => chatOf(it, targets)),
        messages: messages.map((it) => chatOf(it, targets)),
      };
    },
  );
};
