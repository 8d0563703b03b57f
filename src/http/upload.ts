import multipart from '@fastify/multipart';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { UPLOAD_PATH } from '../documents/tickets.ts';
import { MAX_UPLOAD_BYTES, type UploadOutcome, type UploadRefusal } from '../domain/document.ts';
import { acceptedLocale, type Locale } from '../domain/locale.ts';
import { createPlaces } from '../domain/places.ts';

/** Codes of refused requests: those of the file, and two of the form it came in. */
export type UploadProblem = UploadRefusal | 'OneFileOnly' | 'FormInvalid';

/** The part of the documents service that takes files by ticket. */
export interface TicketUploads {
  /** Why a file for this ticket would be refused whatever it holds, before it is read. */
  checkTicket(ticket: string): Promise<UploadRefusal | undefined>;
  receiveTicket(upload: {
    ticket: string;
    consentVersion?: string | undefined;
    file: Uint8Array;
  }): Promise<UploadOutcome>;
}

export interface UploadRoutesOptions {
  documents: TicketUploads;
  /** Origins of pages that may upload from a browser, such as `https://shop.example`; `*` = all. */
  allowedOrigins: readonly string[];
  /** What the customer reads about a problem, in the language that the page asks for. */
  refusalText(code: UploadProblem, locale: Locale): string;
  /** Uploads read at the same time in this process; each may take 10 MB. Default 16. */
  maxConcurrent?: number;
  /** Of those, for one ticket: nobody may hold all places with slow uploads. Default 2. */
  maxPerTicket?: number;
  /** Time a client has to send its form. Default two minutes. */
  readTimeoutMs?: number;
}

/** How each refusal is answered. */
export const STATUS: Record<UploadProblem, number> = {
  NoOpenSlot: 409,
  TicketUnknown: 404,
  TicketExpired: 410,
  SlotAlreadyFilled: 409,
  ConsentRequired: 403,
  ConsentOutdated: 409,
  FileMissing: 400,
  FileEmpty: 400,
  FileTooLarge: 413,
  TypeNotAccepted: 415,
  PictureTooLarge: 422,
  PictureTooSmall: 422,
  PictureUnreadable: 422,
  TooManyUploads: 429,
  StorageUnavailable: 503,
  OneFileOnly: 400,
  FormInvalid: 400,
};

const FORM_LIMITS = {
  files: 1,
  fields: 2,
  parts: 3,
  fieldNameSize: 64,
  fieldSize: 256,
  headerPairs: 16,
  // One more than allowed, so that "exactly 10 MB" is not cut off.
  fileSize: MAX_UPLOAD_BYTES + 1,
};

/** Boundaries and headers of the form around the file. */
const FORM_OVERHEAD_BYTES = 16 * 1024;

interface UploadForm {
  consentVersion?: string;
  file?: Buffer;
}

type ReadForm = { kind: 'read'; form: UploadForm } | { kind: 'problem'; code: UploadProblem };

/** Reads the whole form; an aborted or malformed one comes to nothing. */
async function readForm(request: FastifyRequest): Promise<ReadForm> {
  if (!request.isMultipart()) return { kind: 'problem', code: 'FormInvalid' };
  const form: UploadForm = {};
  try {
    for await (const part of request.parts({ limits: FORM_LIMITS })) {
      if (part.type === 'file') {
        const bytes = await part.toBuffer();
        if (part.fieldname === 'file') form.file = bytes;
      } else if (part.fieldname === 'consentVersion' && typeof part.value === 'string') {
        form.consentVersion = part.value;
      }
    }
    return { kind: 'read', form };
  } catch (error) {
    return { kind: 'problem', code: formProblem(error) };
  }
}

function formProblem(error: unknown): UploadProblem {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'FST_REQ_FILE_TOO_LARGE') return 'FileTooLarge';
  if (code === 'FST_FILES_LIMIT') return 'OneFileOnly';
  return 'FormInvalid';
}

/** `POST /uploads/<ticket>`: takes one document for the slot its ticket was issued for. */
export async function uploadRoutes(app: FastifyInstance, options: UploadRoutesOptions): Promise<void> {
  const { documents, allowedOrigins, readTimeoutMs = 120_000 } = options;
  const places = createPlaces({ total: options.maxConcurrent ?? 16, perKey: options.maxPerTicket ?? 2 });
  if (!app.hasRequestDecorator('isMultipart')) await app.register(multipart);
  // Whatever else is posted here gets our answer, not the parser's.
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));

  const messageFor = (request: FastifyRequest, code: UploadProblem) =>
    options.refusalText(code, acceptedLocale(request.headers['accept-language']));

  const answer = async (reply: FastifyReply, code: UploadProblem) => {
    if (code === 'TooManyUploads' || code === 'StorageUnavailable') reply.header('retry-after', '60');
    return await reply.code(STATUS[code]).send({ error: { code, message: messageFor(reply.request, code) } });
  };

  // The page shows what it is told, so a database that is away has words of its own, too.
  app.setErrorHandler<FastifyError>(async (error, request, reply) => {
    if ((error.statusCode ?? 500) < 500) throw error;
    request.log.error({ err: error }, 'upload failed');
    return await answer(reply, 'StorageUnavailable');
  });

  const readInTime = async (request: FastifyRequest): Promise<ReadForm> => {
    const timer = setTimeout(() => request.raw.destroy(), readTimeoutMs);
    try {
      return await readForm(request);
    } finally {
      clearTimeout(timer);
    }
  };

  app.addHook('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store').header('vary', 'origin');
    const { origin } = request.headers;
    if (origin === undefined || !(allowedOrigins.includes(origin) || allowedOrigins.includes('*'))) return;
    reply
      .header('access-control-allow-origin', origin)
      .header('access-control-allow-methods', 'POST')
      .header('access-control-allow-headers', 'content-type')
      .header('access-control-expose-headers', 'retry-after')
      .header('access-control-max-age', '600');
  });

  // The ticket is a secret in the path: this hides it from the request log.
  const route = {
    url: `${UPLOAD_PATH}:ticket`,
    logSerializers: { req: ({ method }: { method: string }) => ({ method, url: `${UPLOAD_PATH}[ticket]` }) },
  };

  app.route<{ Params: { ticket: string } }>({
    ...route,
    method: 'POST',
    handler: async (request, reply) => {
      const { ticket } = request.params;
      const refusal = await documents.checkTicket(ticket);
      if (refusal) return await answer(reply, refusal);
      if (Number(request.headers['content-length'] ?? 0) > MAX_UPLOAD_BYTES + FORM_OVERHEAD_BYTES) {
        return await answer(reply, 'FileTooLarge');
      }
      const leave = places.take(ticket);
      if (!leave) return await answer(reply, 'TooManyUploads');
      const read = await readInTime(request).finally(leave);
      if (read.kind === 'problem') return await answer(reply, read.code);
      const { file, consentVersion } = read.form;
      if (!file) return await answer(reply, 'FileMissing');

      const outcome = await documents.receiveTicket({ ticket, consentVersion, file });
      if (outcome.kind === 'refused') return await answer(reply, outcome.code);
      const { documentId, slot, warnings } = outcome;
      return await reply.code(201).send({ documentId, slot, warnings });
    },
  });

  app.route({
    ...route,
    method: 'OPTIONS',
    handler: async (_request, reply) => await reply.code(204).send(),
  });

  // Answered here, because a "not found" would write the ticket to the log.
  app.route({
    ...route,
    method: ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'],
    handler: async (_request, reply) => {
      reply.header('allow', 'POST');
      return await reply
        .code(405)
        .send({ error: { code: 'FormInvalid', message: messageFor(reply.request, 'FormInvalid') } });
    },
  });
}
