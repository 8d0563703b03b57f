/** A request that Direct Line refuses; the HTTP error handler turns it into `{error: {code, message}}`. */
export class Refusal extends Error {
  readonly statusCode: number;
  readonly code: string;
  /** The message was written for the caller and may be shown. */
  readonly expose = true;
  readonly retryAfterSeconds: number | undefined;

  constructor(statusCode: number, code: string, message: string, more: RefusalDetails = {}) {
    super(message, { cause: more.cause });
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
