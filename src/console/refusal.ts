/** A request of the desk that is not carried out; the error handler tells it as it is. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly expose = true;
  readonly statusCode: number;
  readonly code: string;
  readonly retryAfterSeconds: number | undefined;
  /** What the page needs to go on: who holds it, what has changed. */
  readonly details: Record<string, unknown> | undefined;

  constructor(
    statusCode: number,
    code: string,
    message: string,
    retryAfterSeconds?: number,
    details?: Record<string, unknown>,
  ) {
    super(message);
    this.statusCode = statusCode;
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
    this.details = details;
  }
}
