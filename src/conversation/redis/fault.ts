/**
 * Redis could not be reached, gave no answer in time or refused. Safe to log: of what Redis or the client
 * said only a code is kept, never keys or values.
 */
export class RedisFault extends Error {
  override name = 'RedisFault';
  readonly operation: string;
  /** First word of Redis' refusal (`OOM`, `READONLY`), the system's code (`ECONNREFUSED`) or an error's name. */
  readonly code: string;

  constructor(operation: string, code: string, explanation?: string) {
    super(`conversation store: ${operation} failed: ${explanation ?? code}`);
    this.operation = operation;
    this.code = code;
  }
}

/** The code of whatever the client threw or emitted. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return /^[A-Z]{2,}(?= )/.exec(error.message)?.[0] ?? error.constructor.name;
}
