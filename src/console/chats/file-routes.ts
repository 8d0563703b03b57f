import multipart from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type ChatFile, type ChatFileRefusal, headersFor } from '../../domain/chat-file.ts';
import type { Handoff } from '../../domain/desk.ts';
import { createPlaces } from '../../domain/places.ts';
import { mayDo, type StaffMember } from '../../domain/staff.ts';
import { actorOf, memberOf } from '../access.ts';
import { Refusal } from '../refusal.ts';
import { sayToCustomer } from './message-routes.ts';
import { toCustomer } from './outgoing.ts';
import { type ChatParts, handoffOf, seenChat } from './parts.ts';
import { MAX_FORM_BYTES, readSentFile } from './read-file.ts';
import { message, one } from './shapes.ts';

const STATUS: Record<ChatFileRefusal, number> = {
  FileEmpty: 400,
  FileTooLarge: 413,
  ChatTypeNotAccepted: 415,
  PdfNotAccepted: 415,
  PictureTooLarge: 422,
  PictureUnreadable: 422,
  TooManyUploads: 429,
  StorageUnavailable: 503,
};

/** Files of one process that are read at the same time; each may hold 10 MB. */
const PLACES = { total: 16, perKey: 2 };
const GONE = new Refusal(404, 'FileGone', 'This file or its address is gone.');
const BUSY = new Refusal(503, 'Busy', 'Too many files are being looked at. Please ask again.', 2);

/** Files of a chat: sending them, and looking at those of either side. */
export const fileRoutes: FastifyPluginAsyncZod<ChatParts> = async (app, parts) => {
  const { desk, mask, files, deskFiles, takesFiles } = parts;
  const places = createPlaces(PLACES);
  await app.register(multipart);

  /** The chat, for who has it, as far as files can be sent in it. */
  async function ownChat(id: string, member: StaffMember): Promise<Handoff> {
    await seenChat(desk, id, member);
    const handoff = handoffOf(await desk.holds(id, member));
    if (takesFiles(handoff.channel)) return handoff;
    throw new Refusal(409, 'ChannelTakesNoFiles', 'Files cannot be sent to where this customer writes.');
  }

  async function keep(
    { conversationId, customerId }: Handoff,
    staffId: string,
    key: string,
    sent: { name: string; bytes: Uint8Array },
  ) {
    const { bytes } = sent;
    const name = toCustomer(sent.name, mask);
    const given = { conversationId, customerId, from: { staffId }, name, bytes, idempotencyKey: key };
    const outcome = await files.receive(given);
    if (outcome.kind === 'stored') return outcome.file;
    throw new Refusal(STATUS[outcome.code], outcome.code, 'This file is not sent.');
  }

  async function send(request: FastifyRequest, id: string) {
    const member = memberOf(request);
    await ownChat(id, member);
    const { clientId, ...sent } = await readSentFile(request);
    // Once more: a large file takes its time, and the chat may have gone to somebody else.
    const handoff = await ownChat(id, member);
    const key = `agent:${id}:${member.id}:${clientId}`;
    const file = await keep(handoff, member.id, key, sent);
    return sayToCustomer(parts, handoff, member, { ...saidAs(file), key, clientId });
  }

  app.post(
    '/chats/:id/files',
    {
      config: { access: 'chat' },
      bodyLimit: MAX_FORM_BYTES,
      schema: {
        summary:
          'Send the customer a picture or PDF (form: clientId, file); the same clientId is the same file',
        consumes: ['multipart/form-data'],
        params: one,
        response: { 200: z.object({ message }) },
      },
    },
    async (request) => {
      const leave = places.take(memberOf(request).id);
      if (!leave) throw new Refusal(429, 'TooManyUploads', 'Your other files are still on their way.', 2);
      try {
        return { message: await send(request, request.params.id) };
      } finally {
        leave();
      }
    },
  );

  app.post(
    '/chats/:id/files/:fileId/views',
    {
      config: { access: 'chat' },
      schema: {
        summary: 'An address for one look at a file: small, or whole by who has the chat or supervises it',
        params: one.extend({ fileId: z.uuid() }),
        body: z.object({ look: z.enum(['small', 'whole']).default('whole') }),
        response: { 200: z.object({ url: z.string(), expiresAt: z.iso.datetime() }) },
      },
    },
    async (request) => {
      const { id, fileId } = request.params;
      const { look } = request.body;
      const member = memberOf(request);
      const { conversationId } = await seenChat(desk, id, member);
      if (look === 'whole' && !mayDo(member.roles, 'supervise')) handoffOf(await desk.holds(id, member));
      const sessionId = request.staffSession?.id ?? '';
      const address = await deskFiles.admit({ fileId, conversationId, sessionId, look });
      if (address.kind === 'gone') throw GONE;
      return { url: `${app.prefix}/chat-files/${address.token}`, expiresAt: address.expiresAt };
    },
  );

  app.get(
    '/chat-files/:token',
    {
      config: { access: 'chat' },
      exposeHeadRoute: false,
      schema: {
        summary: 'The file, once, for the session that asked, within a minute',
        params: z.object({ token: z.string().max(100) }),
      },
    },
    async (request, reply) => {
      const viewer = { sessionId: request.staffSession?.id ?? '', actor: actorOf(request) };
      const shown = await deskFiles.show(request.params.token, viewer);
      if (shown.kind === 'gone') throw GONE;
      if (shown.kind === 'busy') throw BUSY;
      return reply
        .headers({ ...headersFor(shown), 'Cross-Origin-Resource-Policy': 'same-origin' })
        .send(shown.bytes);
    },
  );
};

/** A file as the log holds it: by its name, and the id that leads to it. */
function saidAs({ name, mediaType, ...file }: ChatFile) {
  return { attachments: [{ name, contentType: mediaType }], file };
}
