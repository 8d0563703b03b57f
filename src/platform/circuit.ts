import {
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
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
}

export const CIRCUIT_DEFAULTS: CircuitOptions = {
  subjectFailures: 2,
  platformFailures: 3,
  halfOpenAfterMs: 1000,
  halfOpenMaxMs: 10_000,
  probePatienceMs: 300,
};

/** Whether an error says something about the platform's health; a call held back says nothing. */
function isFailure(error: Error): boolean {
  return error instanceof PlatformUnavailable && error.reason !== 'circuit-open';
}

/** A circuit breaker nobody waits for: while it is open or probing, calls fail at once. */
class Circuit {
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
    return isProbe ? this.#impatiently(operation, result) : result;
  }

  async #impatiently<T>(operation: string, probe: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<never>((_, reject) => {
      const error = new PlatformUnavailable('circuit-open', { operation });
      timer = setTimeout(() => reject(error), this.#patienceMs);
    });
    return Promise.race([probe, patience]).finally(() => clearTimeout(timer));
  }
}

/** Counts failures in a row, and whose they were: one customer's broken account is not an outage. */
class OutageBreaker implements IBreaker {
  state: unknown = undefined;
  readonly #threshold: number;
  readonly #blamed = new Set<string>();
  #failures = 0;
  #unreachable = false;

  constructor(threshold: number) {
    this.#threshold = threshold;
  }

  /** Called before the failure is counted; `unreachable` needs no second witness. */
  blame(subject: string, unreachable: boolean): void {
    this.#blamed.add(subject);
    this.#unreachable ||= unreachable;
  }

  success(): void {
    this.#failures = 0;
    this.#blamed.clear();
    this.#unreachable = false;
  }

  failure(): boolean {
    this.#failures++;
    return this.#failures >= this.#threshold && (this.#unreachable || this.#blamed.size > 1);
  }
}

/** Above this many customers in trouble the oldest is forgotten: a few retries more, no leak. */
const MAX_SUBJECTS = 1000;

/** Keeps calls away from a platform, or from one customer's data, that does not answer. */
export class Circuits {
  readonly #options: CircuitOptions;
  readonly #outage: OutageBreaker;
  readonly #platform: Circuit;
  readonly #subjects = new Map<string, { circuit: Circuit; breaker: ConsecutiveBreaker }>();

  constructor(options: CircuitOptions, onPlatformChange: (state: CircuitState) => void) {
    this.#options = options;
    this.#outage = new OutageBreaker(options.platformFailures);
    this.#platform = new Circuit(this.#outage, options);
    this.#platform.onStateChange(onPlatformChange);
  }

  /** False while calls about `subject` are held back: another attempt now cannot succeed. */
  isClosed(subject: string): boolean {
    const ofSubject = this.#subjects.get(subject)?.circuit.state ?? CircuitState.Closed;
    return this.#platform.state === CircuitState.Closed && ofSubject === CircuitState.Closed;
  }

  /** Runs the call, or throws `PlatformUnavailable` (`circuit-open`) without running it. */
  async run<T>(subject: string, operation: string, call: () => Promise<T>): Promise<T> {
    const entry = this.#subjectEntry(subject);
    try {
      return await entry.circuit.run(operation, () =>
        this.#platform.run(operation, () => this.#blaming(subject, call)),
      );
    } finally {
      const isHealthy = entry.circuit.state === CircuitState.Closed && entry.breaker.state === 0;
      if (isHealthy && this.#subjects.get(subject) === entry) this.#subjects.delete(subject);
    }
  }

  async #blaming<T>(subject: string, call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      const unreachable = error instanceof PlatformUnavailable && error.reason === 'unreachable';
      this.#outage.blame(subject, unreachable);
      throw error;
    }
  }

  #subjectEntry(subject: string) {
    const existing = this.#subjects.get(subject);
    if (existing) return existing;
    const oldest = this.#subjects.size >= MAX_SUBJECTS ? this.#subjects.keys().next().value : undefined;
    if (oldest !== undefined) this.#subjects.delete(oldest);
    const breaker = new ConsecutiveBreaker(this.#options.subjectFailures);
    const entry = { circuit: new Circuit(breaker, this.#options), breaker };
    this.#subjects.set(subject, entry);
    return entry;
  }
}
