import { type Locale, REFERENCE_LOCALE } from '../../domain/locale.ts';

/** Words that a customer may read, in their language. */
export type Words = (locale: Locale) => string;

/** A request that Direct Line refuses; the HTTP error handler turns it into `{error: {code, message}}`. */
export class Refusal extends Error {
  readonly statusCode: number;
  readonly code: string;
  /** The message was written for the caller and may be shown. */
  readonly expose = true;
  readonly retryAfterSeconds: number | undefined;
  /** For what a customer reads; messages for developers are in English. */
  readonly words: Words | undefined;

  constructor(statusCode: number, code: string, message: string | Words, more: RefusalDetails = {}) {
    super(typeof message === 'string' ? message : message(REFERENCE_LOCALE), { cause: more.cause });
    this.words = typeof message === 'string' ? undefined : message;
    this.name = 'Refusal';
    this.statusCode = statusCode;
    this.code = code;
    this.retryAfterSeconds = more.retryAfterSeconds;
  }
}

interface RefusalDetails {
  retryAfterSeconds?: number;
  cause?: unknown;
}
