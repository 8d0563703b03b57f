import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { RECALL } from '../../conversation/say-again.ts';
import type { NewActivity } from '../../conversation/store.ts';
import type { Handoff } from '../../domain/desk.ts';
import { READ_EVENT } from '../../domain/handoff.ts';
import type { StaffMember } from '../../domain/staff.ts';
import { memberOf } from '../access.ts';
import { Refusal } from '../refusal.ts';
import { messageOf, readPage } from './messages.ts';
import { toCustomer } from './outgoing.ts';
import { type ChatParts, handoffOf, seenChat } from './parts.ts';
import { type ChatMessage, clientId as clientIdShape, message, one } from './shapes.ts';

/** Kinds of messages that can be taken back. */
const RECALLABLE: readonly ChatMessage['kind'][] = ['text', 'files'];
const RECALL_MS = 2 * 60_000;
/** More entries than a log ever has. */
const MOST_SEQ = 1e9;
const seq = z.coerce.number().int().min(0).max(MOST_SEQ);

const fromOf = ({ number }: StaffMember) => ({ id: number, name: number, role: 'bot' });
/** What is said: words, or a file that is stored already. */
type Said = ({ text: string } | { attachments: { name: string; contentType: string }[]; file: object }) & {
  clientId: string;
  /** The same key again is the same message. */
  key: string;
};

/** Appends what an agent says to the log and stops the reply clocks. Ask before whether they have the chat. */
export async function sayToCustomer(
  { store, desk }: Pick<ChatParts, 'store' | 'desk'>,
  { id, conversationId, lastReplyAt }: Handoff,
  member: StaffMember,
  { key, clientId, ...said }: Said,
): Promise<ChatMessage> {
  const { file, ...shown } = 'file' in said ? said : { ...said, file: undefined, textFormat: 'plain' };
  const channelData = { clientId, ...(file && { file }) };
  const activity = { type: 'message', ...shown, from: fromOf(member), channelData };
  const [entry] = await store.append(conversationId, 'agent', [activity as NewActivity], key);
  const sent = entry && messageOf(entry);
  if (!sent) throw new Refusal(410, 'Gone', 'This conversation is not kept any more.');
  // A repeat of one that was told of already must not stop the clock of what the customer wrote since.
  if (lastReplyAt === undefined || lastReplyAt < sent.at) await desk.replied(id, member);
  return sent;
}

/** Lines of the log that are looked at for what the desk has said last. */
const LATELY = 12;

/** Words of the desk among the last lines, but for the one that is sent again. */
async function saidLately(
  store: ChatParts['store'],
  conversationId: string,
  again: string,
): Promise<string[]> {
  const last = (await store.find(conversationId))?.lastSeq ?? 0;
  const entries = await store.read(conversationId, Math.max(0, last - LATELY), LATELY);
  const said = entries.map(messageOf).filter((it) => it?.origin === 'agent' && it.clientId !== again);
  return said.flatMap((it) => it?.text ?? []);
}

const hasIt = ({ state, agent }: Handoff, { id }: StaffMember) => state === 'active' && agent?.id === id;

/** The words of a chat: reading, writing, taking back, typing. */
export const messageRoutes: FastifyPluginAsyncZod<ChatParts> = async (app, parts) => {
  const { desk, store, mask, clock, files } = parts;

  app.get(
    '/chats/:id/messages',
    {
      config: { access: 'chat' },
      schema: {
        summary: 'The conversation’s log, the bot’s part included, masked as it is stored',
        params: one,
        querystring: z.object({
          after: seq.optional(),
          before: seq.optional(),
          limit: z.coerce.number().int().min(1).max(200).default(100),
        }),
        response: {
          200: z.object({ messages: z.array(message), from: z.int(), to: z.int(), more: z.boolean() }),
        },
      },
    },
    async (request) => {
      const { conversationId, endSeq } = await seenChat(desk, request.params.id, memberOf(request));
      return readPage(store, conversationId, { ...request.query, until: endSeq });
    },
  );

  app.post(
    '/chats/:id/messages',
    {
      config: { access: 'chat' },
      schema: {
        summary: 'Write to the customer; the same clientId again is the same message',
        params: one,
        body: z.object({
          text: z.string().trim().min(1).max(4000),
          clientId: clientIdShape,
        }),
        response: { 200: z.object({ message }) },
      },
    },
    async (request) => {
      const member = memberOf(request);
      const { clientId } = request.body;
      const { id, conversationId } = await seenChat(desk, request.params.id, member);
      const text = toCustomer(request.body.text, mask, await saidLately(store, conversationId, clientId));
      const handoff = handoffOf(await desk.holds(id, member));
      const key = `agent:${id}:${member.id}:${clientId}`;
      return { message: await sayToCustomer(parts, handoff, member, { text, clientId, key }) };
    },
  );

  app.post(
    '/chats/:id/recall',
    {
      config: { access: 'chat' },
      schema: {
        summary: 'Take back a message of mine within two minutes',
        params: one,
        body: z.object({ seq: z.int().min(1).max(MOST_SEQ) }),
        response: { 200: z.object({ message }) },
      },
    },
    async (request) => {
      const member = memberOf(request);
      const { id, conversationId } = await seenChat(desk, request.params.id, member);
      handoffOf(await desk.holds(id, member));
      const [entry] = await store.read(conversationId, request.body.seq - 1, 1);
      const said = entry && messageOf(entry);
      const isOwn = said?.origin === 'agent' && RECALLABLE.includes(said.kind) && said.from === member.number;
      if (!entry || !isOwn) throw new Refusal(404, 'NotFound', 'There is no such message of yours.');
      if (clock.now().getTime() - Date.parse(said.at) > RECALL_MS)
        throw new Refusal(409, 'TooLate', 'A message can be taken back within two minutes.');
      // First the file: once the message is gone, nobody would ask for that again.
      for (const { id: fileId } of said.files)
        if (fileId) await files.withdraw(fileId, conversationId, member);
      const activity: NewActivity = {
        type: RECALL,
        replyToId: entry.activity.id,
        from: fromOf(member) as NonNullable<NewActivity['from']>,
      };
      const [recall] = await store.append(conversationId, 'agent', [activity], `recall:${entry.seq}`);
      const told = recall && messageOf(recall);
      if (!told) throw new Refusal(410, 'Gone', 'This conversation is not kept any more.');
      return { message: told };
    },
  );

  app.post(
    '/chats/:id/typing',
    {
      config: { access: 'chat' },
      schema: {
        summary: 'Tell the customer that I am writing',
        params: one,
        response: { 204: z.undefined() },
      },
    },
    async (request, reply) => {
      const member = memberOf(request);
      const handoff = await seenChat(desk, request.params.id, member);
      if (hasIt(handoff, member)) {
        const activity = { type: 'typing', from: fromOf(member) } as NewActivity;
        await store.pass(handoff.conversationId, activity);
      }
      return reply.code(204).send();
    },
  );

  app.post(
    '/chats/:id/read',
    {
      config: { access: 'chat' },
      schema: {
        summary: 'Tell my other tabs and supervisors how far I have read',
        params: one,
        body: z.object({ seq: z.int().min(0).max(MOST_SEQ) }),
        response: { 204: z.undefined() },
      },
    },
    async (request, reply) => {
      const member = memberOf(request);
      const handoff = await seenChat(desk, request.params.id, member);
      if (hasIt(handoff, member)) {
        const { seq: upTo } = request.body;
        const activity = { type: 'event', name: READ_EVENT, from: fromOf(member), value: { seq: upTo } };
        await store.pass(handoff.conversationId, activity as NewActivity);
      }
      return reply.code(204).send();
    },
  );
};
