import { readFile } from 'node:fs/promises';
import type { FastifyError, FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { ConversationStore } from '../conversation/store.ts';
import type { UploadRefusal } from '../domain/document.ts';
import { acceptedLocale, type Locale, localeFor } from '../domain/locale.ts';
import { type AfterUpload, UPLOAD_PAGE_PATH, type UploadPageGiven } from '../domain/upload-page.ts';
import { STATUS } from './upload.ts';
import { afterDocument, asksIn, newestOf } from './upload-log.ts';

export interface UploadPageOptions {
  /** The page as it is built; what it is given goes into `<script id="given">`. */
  file: string;
  tickets: {
    /** Where a ticket belongs, and why it takes no new file; undefined when there is none like it. */
    lookUp(
      ticket: string,
    ): Promise<{ conversationId: string; problem: UploadRefusal | undefined } | undefined>;
  };
  store: Pick<ConversationStore, 'find' | 'read'>;
}

/** Nothing but the page's own; WeChat on iOS is told to close the page through a frame of its scheme. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "connect-src 'self'",
  'frame-src weixin:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const PLACE = /(<script[^>]* id="given"[^>]*>)[^<]*(?=<\/script>)/;

/** The page with what it is given, which cannot end its script element or anything else. */
function filled(page: string, given: UploadPageGiven): string {
  const json = JSON.stringify(given).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return page
    .replace(/(?<=<html lang=")[^"]*/, () => given.locale)
    .replace(PLACE, (_all, opening: string) => opening + json);
}

const query = z.object({ documentId: z.uuid() });

/**
 * `GET /upload/<ticket>`: the page that takes one document, for customers of messaging apps, whose chats documents
 * never go through. Opening it changes nothing: apps look at links before people do.
 */
export async function uploadPage(app: FastifyInstance, options: UploadPageOptions): Promise<void> {
  const { tickets, store } = options;
  const page = await readFile(options.file, 'utf8');
  if (!PLACE.test(page)) throw new Error(`no place for what the page is given: ${options.file}`);

  app.addHook('onRequest', async (_request, reply) => {
    reply
      .header('cache-control', 'no-store')
      .header('content-security-policy', POLICY)
      .header('x-robots-tag', 'noindex, nofollow');
  });

  /** What the page shows: the bot's own request, in the words and the language it was said in. */
  async function givenFor(ticket: string, otherwise: Locale): Promise<UploadPageGiven> {
    const standing = await tickets.lookUp(ticket);
    if (!standing) return { kind: 'closed', locale: otherwise, code: 'TicketUnknown' };
    const asked = asksIn(await newestOf(store, standing.conversationId)).find((it) => it.ticket === ticket);
    const locale = asked?.locale ? localeFor(asked.locale) : otherwise;
    if (standing.problem) return { kind: 'closed', locale, code: standing.problem };
    if (!asked) return { kind: 'closed', locale, code: 'TicketUnknown' };
    return { kind: 'open', locale, request: asked.content };
  }

  const languageOf = (request: { headers: { 'accept-language'?: string | undefined } }) =>
    acceptedLocale(request.headers['accept-language']);
  const statusOf = (given: UploadPageGiven) => (given.kind === 'open' ? 200 : STATUS[given.code]);

  app.get<{ Params: { ticket: string } }>(
    `${UPLOAD_PAGE_PATH}:ticket`,
    {
      // People see a page, not what programs are answered.
      errorHandler: async (error: FastifyError, request, reply) => {
        if ((error.statusCode ?? 500) < 500) throw error;
        request.log.error({ err: error }, 'upload page failed');
        const given = { kind: 'closed', locale: languageOf(request), code: 'StorageUnavailable' } as const;
        reply.code(statusOf(given)).type('text/html; charset=utf-8').header('retry-after', '60');
        return await reply.send(filled(page, given));
      },
    },
    async (request, reply) => {
      const given = await givenFor(request.params.ticket, languageOf(request));
      return await reply.code(statusOf(given)).type('text/html; charset=utf-8').send(filled(page, given));
    },
  );

  /** Told to nobody but who was answered with the document's id: a link that was passed on says nothing. */
  async function after(ticket: string, documentId: string): Promise<AfterUpload> {
    const standing = await tickets.lookUp(ticket);
    const entries = standing ? await newestOf(store, standing.conversationId) : [];
    const mine = asksIn(entries).find((it) => it.ticket === ticket);
    const since = afterDocument(entries, documentId);
    if (!mine || !since?.some(({ origin }) => origin === 'bot')) return { kind: 'waiting' };
    const next = asksIn(since).findLast(({ draftId }) => draftId === mine.draftId);
    const isOpen = next && (await tickets.lookUp(next.ticket))?.problem === undefined;
    return next && isOpen ? { kind: 'asked', request: next.content } : { kind: 'said' };
  }

  app.get<{ Params: { ticket: string } }>(`${UPLOAD_PAGE_PATH}:ticket/after`, async (request) => {
    const { documentId } = query.parse(request.query);
    return await after(request.params.ticket, documentId);
  });
}
