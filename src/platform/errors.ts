/** Why no usable answer came; safe to log. */
export type UnavailableReason =
  | 'timeout'
  | 'unreachable'
  | 'interrupted'
  | 'status'
  | 'nonsense'
  | 'too-large'
  | 'circuit-open';

interface Failure {
  /** operationId of openapi.yaml. */
  operation: string;
  /** HTTP status, if there was an answer. */
  status?: number | undefined;
  cause?: unknown;
}

/** The platform could not be reached or gave no usable answer: the same call may succeed later. */
export class PlatformUnavailable extends Error {
  override readonly name = 'PlatformUnavailable';
  readonly operation: string;
  readonly status: number | undefined;
  readonly reason: UnavailableReason;

  constructor(reason: UnavailableReason, failure: Failure) {
    const status = failure.status === undefined ? '' : `, HTTP ${failure.status}`;
    super(`platform ${failure.operation}: ${reason}${status}`, { cause: failure.cause });
    this.operation = failure.operation;
    this.status = failure.status;
    this.reason = reason;
  }
}

/** The platform understood the call and refuses it: the same call will be refused again. */
export class PlatformRefused extends Error {
  override readonly name = 'PlatformRefused';
  readonly operation: string;
  readonly status: number;
  /** The platform's own error code, if it gave one: IDEMPOTENCY_KEY_REUSED. */
  readonly code: string | undefined;

  constructor(failure: Failure & { status: number; code?: string | undefined }) {
    super(`platform ${failure.operation}: refused, HTTP ${failure.status} ${failure.code ?? ''}`.trimEnd(), {
      cause: failure.cause,
    });
    this.operation = failure.operation;
    this.status = failure.status;
    this.code = failure.code;
  }
}
