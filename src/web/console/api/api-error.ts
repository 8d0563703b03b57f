/** What the page needs to go on: who holds it, what has changed. */
export type ErrorDetails = Record<string, unknown>;

/** A request that the server refuses, or that did not reach it (`offline`). */
export class ApiError extends Error {
  override name = 'ApiError';
  readonly status: number;
  readonly code: string;
  readonly details: ErrorDetails;

  constructor(status: number, code: string, message: string, details: ErrorDetails = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}
