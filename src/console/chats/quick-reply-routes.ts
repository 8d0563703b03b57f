import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { QuickReplyOutcome } from '../../handoff/quick-replies.ts';
import { actorOf } from '../access.ts';
import { Refusal } from '../refusal.ts';
import { toCustomer } from './outgoing.ts';
import type { ChatParts } from './parts.ts';
import { one } from './shapes.ts';

const words = z.object({
  shortcut: z.string().regex(/^[\p{L}\p{N}_-]{1,32}$/u, 'letters, digits, _ and - only'),
  title: z.string().trim().min(1).max(60),
  text: z.string().trim().min(1).max(1000),
  locale: z.enum(['zh-CN', 'zh-TW', 'en']).default('zh-CN'),
});
const reply = words.extend({ id: z.uuid(), shared: z.boolean(), locale: z.string(), version: z.int() });
const VARIABLE = /\{\{([^{}]*)\}\}/g;
const VARIABLES = ['customer', 'agent', 'case'];

function done(outcome: QuickReplyOutcome) {
  switch (outcome.kind) {
    case 'done':
      return { reply: outcome.reply };
    case 'unknown':
      throw new Refusal(404, 'NotFound', 'There is no such quick reply that you may change.');
    case 'changed-meanwhile':
      throw new Refusal(409, 'ChangedMeanwhile', 'Somebody else has just changed it.', undefined, {
        version: outcome.now.version,
        now: outcome.now,
      });
  }
}

/** Ready-made words: everybody's, and each agent's own. */
export const quickReplyRoutes: FastifyPluginAsyncZod<ChatParts> = async (app, { quickReplies, mask }) => {
  /** As whatever an agent writes, and with no variable that nobody fills in. */
  function checked(text: string): string {
    const unknown = [...text.matchAll(VARIABLE)].map(([, name = '']) => name);
    const foreign = unknown.find((name) => !VARIABLES.includes(name));
    if (foreign !== undefined)
      throw new Refusal(422, 'UnknownVariable', 'There are {{customer}}, {{agent}} and {{case}}.');
    return toCustomer(text, mask);
  }

  app.get(
    '/quick-replies',
    {
      config: { access: 'quick-replies' },
      schema: {
        summary: 'Quick replies whose shortcut or title fits',
        querystring: z.object({ q: z.string().max(60).optional() }),
        response: { 200: z.object({ replies: z.array(reply) }) },
      },
    },
    async (request) => ({ replies: await quickReplies.list(actorOf(request), request.query.q) }),
  );

  app.post(
    '/quick-replies',
    {
      config: { access: 'quick-replies' },
      schema: {
        summary: 'Keep a quick reply; `shared` needs the right to change settings',
        body: words.extend({ shared: z.boolean().default(false) }),
        response: { 201: z.object({ reply }) },
      },
    },
    async (request, response) => {
      const given = { ...request.body, text: checked(request.body.text) };
      return response.code(201).send(done(await quickReplies.create(actorOf(request), given)));
    },
  );

  app.patch(
    '/quick-replies/:id',
    {
      config: { access: 'quick-replies' },
      schema: {
        summary: 'Change a quick reply',
        params: one,
        body: words.partial().extend({ locale: words.shape.locale.unwrap().optional(), version: z.int() }),
        response: { 200: z.object({ reply }) },
      },
    },
    async (request) => {
      const { version, text, ...rest } = request.body;
      const change = Object.fromEntries(
        Object.entries({ ...rest, text: text && checked(text) }).filter(([, value]) => value !== undefined),
      );
      return done(await quickReplies.change(actorOf(request), request.params.id, change, version));
    },
  );

  app.delete(
    '/quick-replies/:id',
    {
      config: { access: 'quick-replies' },
      schema: { summary: 'Forget a quick reply', params: one, response: { 204: z.undefined() } },
    },
    async (request, response) => {
      done(await quickReplies.remove(actorOf(request), request.params.id));
      return response.code(204).send();
    },
  );
};
