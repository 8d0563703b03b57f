import { randomBytes } from 'node:crypto';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type AccessOptions, memberOf, requireOwnOrigin, tokenOf } from '../access.ts';
import { Refusal } from '../refusal.ts';
import { runLive } from './live.ts';
import { chatsOfEvents } from './news.ts';
import type { ChatParts } from './parts.ts';

const TICKET_SECONDS = 60;

/** How often a socket looks after itself. */
export interface LiveTimes {
  /** Between two looks at the session: a logout ends the sockets this much later. */
  sessionMs: number;
  /** Between two signs of life, which also keep the agent present. */
  heartbeatMs: number;
}

export interface LiveOptions extends ChatParts, AccessOptions {
  times?: Partial<LiveTimes> | undefined;
}

const TIMES: LiveTimes = { sessionMs: 5_000, heartbeatMs: 20_000 };

/** The live socket of the desk; a ticket from a request with the page's token opens it once. */
export const liveRoutes: FastifyPluginAsyncZod<LiveOptions> = async (app, options) => {
  const { memory, login } = options;
  const chatOf = chatsOfEvents(options.desk);
  const times = { ...TIMES, ...options.times };

  app.post(
    '/live-ticket',
    {
      config: { access: 'chat' },
      schema: {
        summary: 'A ticket that opens the live socket once, within a minute',
        response: { 200: z.object({ ticket: z.string() }) },
      },
    },
    async (request) => {
      const ticket = randomBytes(24).toString('base64url');
      await memory.put(`console-live:${ticket}`, request.staffSession?.id ?? '', TICKET_SECONDS);
      return { ticket };
    },
  );

  app.get(
    '/live',
    {
      websocket: true,
      config: { access: 'chat' },
      schema: {
        summary: 'WebSocket: events of the desk after a number, and the chats that are watched',
        querystring: z.object({
          ticket: z.string().max(64).default(''),
          after: z.coerce.number().int().min(0).optional(),
        }),
      },
      // Before the upgrade, so that a refusal is an HTTP status and no socket is opened.
      preHandler: async (request) => {
        requireOwnOrigin(request, options);
        const session = await memory.take(`console-live:${request.query.ticket}`);
        if (session === undefined || session !== request.staffSession?.id)
          throw new Refusal(403, 'BadTicket', 'The ticket is used up or too old.');
      },
    },
    (socket, request) => {
      const token = tokenOf(request) ?? '';
      const peek = () => login.peek(token);
      const { after } = request.query;
      runLive({
        ...options,
        socket,
        times,
        chatOf,
        peek,
        after,
        member: memberOf(request),
        log: request.log,
      });
    },
  );
};
