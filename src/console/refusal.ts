/** A request of the desk that is not carried out; the error handler tells it as it is. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly expose = true;
  readonly statusCode: number;
  readonly code: string;
  readonly retryAfterSeconds: number | undefined;

  constructor(statusCode: number, code: string, message: string, retryAfterSeconds?: number) {
    super(message);
    this.statusCode = statusCode;
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
