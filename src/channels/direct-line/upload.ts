import { randomUUID } from 'node:crypto';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { NewActivity } from '../../conversation/store.ts';
import type { ChatFile, ChatFileRefusal } from '../../domain/chat-file.ts';
import type { ConversationInfo } from '../../domain/conversation.ts';
import type { UploadCompleted, UploadRefusal } from '../../domain/document.ts';
import { createPlaces } from '../../domain/places.ts';
import { unknownConversation } from './auth.ts';
import { admit, type Context, sanitizersFor } from './context.ts';
import { type Decoded, decodeActivity, safeContentType } from './decode.ts';
import { MAX_BODY_BYTES, readUpload, type UploadBody } from './multipart.ts';
import { Refusal, type Words } from './refusal.ts';
import { refusedText } from './texts.ts';
import type { Grant } from './tokens.ts';

type AnyRefusal = UploadRefusal | ChatFileRefusal;

/** Anything but 403 and 5xx is final for stock clients and shown at once; those two look like a 20 s silence. */
const STATUS: Partial<Record<AnyRefusal, number>> = {
  FileTooLarge: 413,
  PictureTooLarge: 413,
  TypeNotAccepted: 415,
  ChatTypeNotAccepted: 415,
  PdfNotAccepted: 415,
  TooManyUploads: 429,
  StorageUnavailable: 503,
  SlotAlreadyFilled: 409,
};

/** As the documents service words it, in the customer's language. */
function wordsFor(code: AnyRefusal, context: Context): Words {
  return (locale) => context.options.refusalText(code, locale);
}

function refusalOf(code: AnyRefusal, context: Context): Refusal {
  if (code === 'NoOpenSlot') return new Refusal(409, 'UploadNotOpen', refusedText('uploadNotOpen'));
  return new Refusal(STATUS[code] ?? 400, code, wordsFor(code, context));
}

/** What became of a file, as the log tells it: what it is called and whose matter it is, not where it is kept. */
interface Stored {
  attachment: { name: string; contentType: string };
  channelData: { upload: UploadCompleted } | { file: Omit<ChatFile, 'name' | 'mediaType'> };
}

const fileNameIn = (body: UploadBody, { sanitizer }: Context) => sanitizer.text(body.file.name).slice(0, 200);

/** Into the slot that the bot has opened. */
async function storeForBot(context: Context, id: string, body: UploadBody, key: string): Promise<Stored> {
  const { uploads } = context.options;
  if (body.file.tooLarge) {
    const slot = await uploads.openSlot(id);
    throw refusalOf(slot ? 'FileTooLarge' : 'NoOpenSlot', context);
  }
  // The port says itself when no slot is open; asking before would refuse the resend of a file already taken.
  const outcome = await uploads.receive({ conversationId: id, file: body.file.bytes, idempotencyKey: key });
  if (outcome.kind === 'refused') throw refusalOf(outcome.code, context);
  const { documentId, slot, draftId, warnings } = outcome;
  const contentType = safeContentType(body.file.contentType, context.sanitizer);
  return {
    attachment: { name: fileNameIn(body, context), contentType },
    channelData: { upload: { documentId, slot, draftId, warnings } },
  };
}

/** For the people at the desk, whatever it is. */
async function storeForPeople(
  context: Context,
  { id: conversationId, customerId }: ConversationInfo,
  body: UploadBody,
  idempotencyKey: string,
): Promise<Stored> {
  if (body.file.tooLarge) throw refusalOf('FileTooLarge', context);
  const name = fileNameIn(body, context);
  const { bytes } = body.file;
  const given = { conversationId, customerId, from: 'customer' as const, name, bytes, idempotencyKey };
  const outcome = await context.options.files.receive(given);
  if (outcome.kind === 'refused') throw refusalOf(outcome.code, context);
  const { name: keptName, mediaType, ...file } = outcome.file;
  return { attachment: { name: keptName, contentType: mediaType }, channelData: { file } };
}

/** The message that tells bot, desk and customer of the file. */
function echoOf({ activity }: Decoded, { attachment, channelData }: Stored): NewActivity {
  const own = typeof activity.channelData === 'object' ? activity.channelData : {};
  return { ...activity, attachments: [attachment], channelData: { ...own, ...channelData } };
}

async function receive(context: Context, request: FastifyRequest, grant: Grant): Promise<string> {
  const id = grant.conversationId;
  const body = await readUpload(request);
  // Which files came is said by the parts, not by the activity.
  const sanitizers = await sanitizersFor(context, id, body.activity);
  const decoded = decodeActivity({ ...body.activity, attachments: [] }, grant, sanitizers);
  const key = decoded.clientActivityId ?? randomUUID();
  const talk = await context.store.find(id);
  if (!talk) throw unknownConversation();
  const stored =
    talk.mode === 'bot'
      ? await storeForBot(context, id, body, `direct-line:${id}:${key}`)
      : await storeForPeople(context, talk, body, `customer:${key}`);
  const accepted = await context.store.accept(id, {
    origin: 'customer',
    activity: echoOf(decoded, stored),
    dedupeKey: `client:${key}`,
  });
  if (accepted.kind === 'unknown-conversation') throw unknownConversation();
  return accepted.entry.activity.id;
}

type UploadRoute = { Params: { conversationId: string }; Querystring: { userId?: string } };

/** Uploads of one process that are read at the same time; each may hold 10 MB. */
const PLACES = { total: 16, perKey: 2 };

/** `POST /conversations/{id}/upload`: a file sent in the chat itself, taken while a slot is open or people have it. */
export function uploadRoute(app: FastifyInstance, context: Context): void {
  const grants = new WeakMap<FastifyRequest, Grant>();
  const places = createPlaces(PLACES);
  app.addContentTypeParser(
    /^(image\/|application\/(pdf|octet-stream))/,
    { parseAs: 'buffer' },
    (_request, body, done) => done(null, body),
  );

  /** Before the body is read: nobody unknown, and nobody alone, may fill the memory with bodies. */
  async function letIn(request: FastifyRequest<UploadRoute>, reply: FastifyReply): Promise<void> {
    const caller = await admit(context, request);
    const grant = await context.auth.grantFor(caller, request.params.conversationId);
    const leave = places.take(grant.conversationId);
    if (!leave) throw refusalOf('TooManyUploads', context);
    // However it ends, also when the client breaks off.
    reply.raw.once('close', leave);
    grants.set(request, grant);
  }

  // Clients show what they are told, so a database that is away has words of its own, too.
  app.setErrorHandler<FastifyError>(async (error) => {
    if (error instanceof Refusal || (error.statusCode ?? 500) < 500) throw error;
    const words = wordsFor('StorageUnavailable', context);
    throw new Refusal(503, 'StorageUnavailable', words, { cause: error, retryAfterSeconds: 60 });
  });

  app.post<UploadRoute>(
    '/conversations/:conversationId/upload',
    { bodyLimit: MAX_BODY_BYTES, onRequest: letIn },
    async (request) => {
      const grant = grants.get(request);
      if (!grant) throw new Error('an upload got past its check');
      // Asked for by the protocol and then not used: who speaks is said by the token.
      if (!request.query.userId)
        throw new Refusal(400, 'BadArgument', 'The query parameter userId is missing.');
      return { id: await receive(context, request, grant) };
    },
  );
}
