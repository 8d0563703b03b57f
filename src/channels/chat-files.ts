import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type Locale, REFERENCE_LOCALE, text as textOf } from '../../locales/index.ts';
import { headersFor, type OpenFile } from '../domain/chat-file.ts';
import type { Clock } from '../domain/clock.ts';
import type { Sent } from './delivery.ts';
import type { MediaUpload } from './tencent/media.ts';
import { sentOf } from './tencent/sent.ts';
import type { Uploads } from './tencent/uploads.ts';

/** Path of a file that somebody at the desk has sent; its token follows. */
const FILE_PATH = '/channels/files/';
const LINK_MINUTES = 30;

/** A file that somebody at the desk has sent, as it stands in the log. */
export interface DeskFile {
  fileId: string;
  name: string;
  isPicture: boolean;
  /** 工号 */
  by: string;
}

/** Files of the desk on their way to messaging apps. */
export interface DeskFiles {
  /** What is said instead of a file: its address, good for half an hour and for files of this conversation alone. */
  words(file: DeskFile, conversationId: string, locale: Locale): string;
  open: OpenFile;
  /** Adds the address that the links lead to. */
  serve(app: FastifyInstance): void;
}

const grant = z.tuple([z.string(), z.string(), z.number()]);

/** `key`: 32 bytes that nothing else uses. */
export function createDeskFiles(parts: {
  open: OpenFile;
  key: Buffer;
  publicUrl: string;
  clock: Clock;
}): DeskFiles {
  const { open, key, clock } = parts;
  const base = parts.publicUrl.replace(/\/+$/, '');
  const seal = (payload: string) => createHmac('sha256', key).update(payload).digest();

  function tokenFor(fileId: string, conversationId: string): string {
    const until = clock.now().getTime() + LINK_MINUTES * 60_000;
    const payload = Buffer.from(JSON.stringify([fileId, conversationId, until])).toString('base64url');
    return `${payload}.${seal(payload).toString('base64url')}`;
  }

  function grantIn(token: string): { fileId: string; conversationId: string } | undefined {
    const [payload = '', given = ''] = token.split('.');
    const [mine, theirs] = [seal(payload), Buffer.from(given, 'base64url')];
    if (mine.length !== theirs.length || !timingSafeEqual(mine, theirs)) return undefined;
    const [fileId, conversationId, until] = grant.parse(
      JSON.parse(Buffer.from(payload, 'base64url').toString()),
    );
    return until > clock.now().getTime() ? { fileId, conversationId } : undefined;
  }

  return {
    open,
    words({ fileId, name, by }, conversationId, locale) {
      const url = `${base}${FILE_PATH}${tokenFor(fileId, conversationId)}`;
      const words = textOf(locale, 'channels.fileLink', { name, url, minutes: LINK_MINUTES });
      return textOf(locale, 'channels.agentSays', { name: by, words });
    },
    serve(app) {
      // The token is a secret in the path: this hides it from the request log.
      const logSerializers = {
        req: ({ method }: { method: string }) => ({ method, url: `${FILE_PATH}[token]` }),
      };
      app.get<{ Params: { token: string } }>(
        `${FILE_PATH}:token`,
        { exposeHeadRoute: false, logSerializers },
        async (request, reply) => {
          const granted = grantIn(request.params.token);
          const file = granted && (await open(granted.fileId, granted.conversationId));
          if (file && !file.fromCustomer) return reply.headers(headersFor(file)).send(file.bytes);
          const gone = textOf(REFERENCE_LOCALE, 'channels.fileGone');
          return reply
            .code(404)
            .header('cache-control', 'no-store')
            .type('text/plain; charset=utf-8')
            .send(gone);
        },
      );
    },
  };
}

/**
 * Sends a file of the desk's by uploading it first. `asLink`: sends its address instead, where the platform does not
 * take it.
 */
export async function sendUploaded(
  { fileId, isPicture, name }: DeskFile,
  conversationId: string,
  how: {
    open: OpenFile;
    maxBytes: number;
    uploads: Uploads;
    send(mediaId: string): Promise<Sent>;
    asLink(): Promise<Sent>;
  },
): Promise<Sent> {
  const file = await how.open(fileId, conversationId);
  if (!file) return { kind: 'given-up', reason: 'file-gone' };
  const { bytes, mediaType: contentType } = file;
  if (bytes.length > how.maxBytes) return how.asLink();
  // Some of the platforms' servers lose names that are not ASCII, and the picture with them; of files they are seen.
  const media: MediaUpload = isPicture
    ? { type: 'image', name: 'picture.jpg', contentType, bytes }
    : { type: 'file', name, contentType, bytes };
  for (let isFirst = true; ; isFirst = false) {
    const result = await how.uploads.idOf(media);
    if (result.kind !== 'done') {
      const outcome = sentOf(result);
      // Nothing was sent to the customer, whatever became of the upload.
      if (outcome.kind === 'uncertain') return { kind: 'again' };
      return outcome.kind === 'given-up' ? how.asLink() : outcome;
    }
    const sent = await how.send(result.value);
    if (sent.kind !== 'given-up' || sent.reason !== 'media') return sent;
    await how.uploads.forget(media, result.value);
    if (!isFirst) return how.asLink();
  }
}
