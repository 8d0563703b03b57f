import {
  type CircuitBreakerPolicy,
  CircuitState,
  circuitBreaker,
  ExponentialBackoff,
  handleWhen,
  type IBreaker,
  isBrokenCircuitError,
} from 'cockatiel';
import { PlatformUnavailable } from './errors.ts';

export interface CircuitOptions {
  /** Failures in a row that open the circuit of one customer. */
  subjectFailures: number;
  /** Failures in a row, of at least two customers, that open the circuit of the whole platform. */
  platformFailures: number;
  /** First pause before an open circuit is probed; grows with each failed probe. */
  halfOpenAfterMs: number;
  halfOpenMaxMs: number;
  /** How long the customer whose call is the probe waits for it; the probe itself goes on. */
  probePatienceMs: number;
  /** How long others wait while somebody's failures are fresh and nothing has succeeded since. */
  suspicionPatienceMs: number;
}

export const CIRCUIT_DEFAULTS: CircuitOptions = {
  subjectFailures: 2,
  platformFailures: 3,
  halfOpenAfterMs: 1000,
  halfOpenMaxMs: 10_000,
  probePatienceMs: 300,
  suspicionPatienceMs: 700,
};

/** Whether an error says something about the platform's health; a call held back says nothing. */
function isFailure(error: Error): boolean {
  return error instanceof PlatformUnavailable && error.reason !== 'circuit-open';
}

/** A circuit breaker nobody waits for: while it is open or probing, calls fail at once. */
export class Circuit {
  readonly #policy: CircuitBreakerPolicy;
  readonly #patienceMs: number;

  constructor(breaker: IBreaker, options: CircuitOptions) {
    const { halfOpenAfterMs: initialDelay, halfOpenMaxMs: maxDelay } = options;
    const halfOpenAfter = new ExponentialBackoff({ initialDelay, maxDelay });
    this.#policy = circuitBreaker(handleWhen(isFailure), { breaker, halfOpenAfter });
    this.#patienceMs = options.probePatienceMs;
  }

  get state(): CircuitState {
    return this.#policy.state;
  }

  onStateChange(listener: (state: CircuitState) => void): void {
    this.#policy.onStateChange(listener);
  }

  async run<T>(operation: string, call: () => Promise<T>): Promise<T> {
    // The breaker itself would make others wait for the probe, up to its whole timeout.
    if (this.state === CircuitState.HalfOpen) throw new PlatformUnavailable('circuit-open', { operation });
    const result = this.#policy.execute(call).catch((error: unknown) => {
      if (error instanceof Error && isBrokenCircuitError(error))
        throw new PlatformUnavailable('circuit-open', { operation });
      throw error;
    });
    const isProbe = this.#policy.state === CircuitState.HalfOpen;
    return isProbe ? impatiently(operation, result, this.#patienceMs) : result;
  }
}

/** The answer if it comes in time; if not, the call goes on without its caller. */
export async function impatiently<T>(operation: string, call: Promise<T>, patienceMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<never>((_, reject) => {
    const error = new PlatformUnavailable('circuit-open', { operation });
    timer = setTimeout(() => reject(error), patienceMs);
  });
  return Promise.race([call, patience]).finally(() => clearTimeout(timer));
}
