import type { UploadRefusal } from './document.ts';
import type { Locale } from './locale.ts';

/** Path of the page that takes one document; the ticket follows. */
export const UPLOAD_PAGE_PATH = '/upload/';

/**
 * What the upload page is given as it opens. `request`: the upload request as the bot's message carries it, in the
 * language of the conversation.
 */
export type UploadPageGiven =
  | { kind: 'open'; locale: Locale; request: unknown }
  | { kind: 'closed'; locale: Locale; code: UploadRefusal };

/**
 * How the conversation has gone on after an upload. `waiting`: the bot has not answered yet; `asked`: for the next
 * document of the same case; `said`: something else, which is read in the chat.
 */
export type AfterUpload = { kind: 'waiting' } | { kind: 'asked'; request: unknown } | { kind: 'said' };
