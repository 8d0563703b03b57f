import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { WRAP_UP_CODES } from '../../domain/handoff.ts';
import type { DeskOutcome } from '../../handoff/index.ts';
import { actorOf, memberOf } from '../access.ts';
import { deliveryOf, deliveryShape } from './delivery.ts';
import { factsOf, factsShape, factsWhenOver } from './facts.ts';
import { toCustomer } from './outgoing.ts';
import { type ChatParts, handoffOf, mayLookAtAccount, seenChat } from './parts.ts';
import { chat, chatOf, done, note, one } from './shapes.ts';

const words = z.string().trim().min(1).max(2000);
const target = z.union([
  z.strictObject({ staffId: z.uuid(), note: words.optional() }),
  z.strictObject({ group: z.string().min(1).max(32), note: words.optional() }),
]);

/** What is done with a chat, and what is known about it. */
export const chatRoutes: FastifyPluginAsyncZod<ChatParts> = async (app, parts) => {
  const { desk, mask } = parts;
  const masked = (text: string | undefined) => (text === undefined ? undefined : mask(text).text);

  async function told(outcome: DeskOutcome) {
    const targets = await desk.targets();
    return { chat: chatOf(handoffOf(outcome), targets) };
  }

  app.post(
    '/chats/next/claim',
    {
      config: { access: 'chat' },
      schema: { summary: 'Take whoever has waited longest in my groups', response: { 200: done } },
    },
    async (request) => told(await desk.claimNext(actorOf(request))),
  );

  for (const [step, summary] of [
    ['claim', 'Take a waiting chat, an offer or a message'],
    ['reopen', 'Go on with a closed chat'],
  ] as const) {
    app.post(
      `/chats/:id/${step}`,
      { config: { access: 'chat' }, schema: { summary, params: one, response: { 200: done } } },
      async (request) => {
        // Taken by a colleague meanwhile, it is not theirs to see any more, but they are told by whom.
        if (step === 'reopen') await seenChat(desk, request.params.id, memberOf(request));
        return told(await desk[step](request.params.id, actorOf(request)));
      },
    );
  }

  app.get(
    '/chats/:id',
    {
      config: { access: 'chat' },
      schema: {
        summary: 'A chat with all that is known about its customer, masked',
        params: one,
        response: {
          200: factsShape.extend({
            chat,
            past: z.array(chat),
            notes: z.array(note),
            delivery: deliveryShape.optional(),
          }),
        },
      },
    },
    async (request) => {
      const member = memberOf(request);
      const handoff = await seenChat(desk, request.params.id, member);
      const targets = await desk.targets();
      const { reopenHours } = targets(handoff.group);
      const mayLook = mayLookAtAccount(handoff, member, { reopenHours, now: parts.clock.now() });
      const [facts, past, notes, delivery] = await Promise.all([
        mayLook ? factsOf(parts, handoff) : factsWhenOver,
        mayLook ? desk.past(handoff) : [],
        desk.notes(handoff.conversationId),
        deliveryOf(parts, handoff.conversationId),
      ]);
      const others = past.filter(({ id }) => id !== handoff.id).map((it) => chatOf(it, targets));
      return { ...facts, chat: chatOf(handoff, targets), past: others, notes, ...(delivery && { delivery }) };
    },
  );

  app.post(
    '/chats/:id/notes',
    {
      config: { access: 'chat' },
      schema: {
        summary: 'Write a note for colleagues; it never reaches the customer',
        params: one,
        body: z.object({ text: words, mentions: z.array(z.uuid()).max(20).default([]) }),
        response: { 200: done },
      },
    },
    async (request) => {
      const { id } = request.params;
      await seenChat(desk, id, memberOf(request));
      const { text, mentions } = request.body;
      return told(await desk.note(id, actorOf(request), mask(text).text, mentions));
    },
  );

  app.post(
    '/chats/:id/transfer',
    {
      config: { access: 'chat' },
      schema: {
        summary: 'Give my chat to a colleague or a group',
        params: one,
        body: target,
        response: { 200: done },
      },
    },
    async (request) => {
      const { id } = request.params;
      await seenChat(desk, id, memberOf(request));
      const { note: text, ...to } = request.body;
      return told(await desk.transfer(id, actorOf(request), to, masked(text)));
    },
  );

  app.post(
    '/chats/:id/return',
    {
      config: { access: 'chat' },
      schema: {
        summary: 'Give my chat back to the bot, which goes on where it stopped',
        params: one,
        body: z.object({ note: words.optional() }),
        response: { 200: done },
      },
    },
    async (request) => {
      const { id } = request.params;
      await seenChat(desk, id, memberOf(request));
      return told(await desk.returnToBot(id, actorOf(request), masked(request.body.note)));
    },
  );

  app.post(
    '/chats/:id/close',
    {
      config: { access: 'chat' },
      schema: {
        summary: 'Close my chat; the customer is told the summary, colleagues read the note',
        params: one,
        body: z.object({
          code: z.enum(WRAP_UP_CODES),
          summary: z.string().trim().max(1000).optional(),
          note: words.optional(),
        }),
        response: { 200: done },
      },
    },
    async (request) => {
      const { id } = request.params;
      await seenChat(desk, id, memberOf(request));
      const { code, summary, note: text } = request.body;
      const wrapUp = { code, summary: summary && toCustomer(summary, mask), note: masked(text) };
      return told(await desk.close(id, actorOf(request), wrapUp));
    },
  );
};
