import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { DeskOutcome } from '../../handoff/index.ts';
import { actorOf, memberOf } from '../access.ts';
import { Refusal } from '../refusal.ts';
import { deliveryShape, settle } from './delivery.ts';
import { type ChatParts, handoffOf } from './parts.ts';
import { chatOf, done, one } from './shapes.ts';

/** What supervisors do with anybody's chats. */
export const superviseRoutes: FastifyPluginAsyncZod<ChatParts> = async (app, parts) => {
  const { desk, mask } = parts;
  async function told(outcome: DeskOutcome) {
    const targets = await desk.targets();
    return { chat: chatOf(handoffOf(outcome), targets) };
  }

  app.post(
    '/chats/:id/take-over',
    {
      config: { access: 'supervise' },
      schema: { summary: 'Have a chat myself from now on', params: one, response: { 200: done } },
    },
    async (request) => told(await desk.takeOver(request.params.id, actorOf(request))),
  );

  app.post(
    '/chats/:id/reassign',
    {
      config: { access: 'supervise' },
      schema: {
        summary: 'Give a chat to somebody, or back into a queue',
        params: one,
        body: z.union([
          z.strictObject({ staffId: z.uuid() }),
          z.strictObject({ group: z.string().min(1).max(32) }),
        ]),
        response: { 200: done },
      },
    },
    async (request) => told(await desk.reassign(request.params.id, actorOf(request), request.body)),
  );

  for (const [step, how, summary] of [
    ['retry', 'retried', 'Try once more what has not reached the customer in their messaging app'],
    ['drop', 'dropped', 'Leave it at what has not reached the customer in their messaging app'],
  ] as const) {
    app.post(
      `/chats/:id/delivery/${step}`,
      {
        config: { access: 'supervise' },
        schema: { summary, params: one, response: { 200: z.object({ delivery: deliveryShape }) } },
      },
      async (request) => {
        const handoff = await desk.get(request.params.id);
        const { number } = memberOf(request);
        const delivery = handoff && (await settle(parts, handoff.conversationId, how, number));
        if (!delivery) throw new Refusal(404, 'NotFound', 'There is nothing to be delivered here.');
        return { delivery };
      },
    );
  }

  app.post(
    '/chats/:id/whisper',
    {
      config: { access: 'supervise' },
      schema: {
        summary: 'Say something to the agent of a chat; the customer does not see it',
        params: one,
        body: z.object({ text: z.string().trim().min(1).max(2000) }),
        response: { 200: done },
      },
    },
    async (request) => {
      const { id } = request.params;
      const agent = (await desk.get(id))?.agent;
      if (!agent) throw new Refusal(404, 'NotFound', 'There is nobody in this chat.');
      const text = mask(request.body.text).text;
      return told(await desk.note(id, actorOf(request), text, [agent.id]));
    },
  );
};
