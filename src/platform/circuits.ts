import { CircuitState, ConsecutiveBreaker, type IBreaker } from 'cockatiel';
import { Circuit, type CircuitOptions, impatiently } from './circuit.ts';
import { PlatformUnavailable } from './errors.ts';

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

  get failures(): number {
    return this.#failures;
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

interface SubjectEntry {
  circuit: Circuit;
  breaker: ConsecutiveBreaker;
}

/** Above this many customers in trouble the oldest is forgotten: a few retries more, no leak. */
const MAX_SUBJECTS = 1000;

/** Keeps calls away from a platform, or from one customer's data, that does not answer. */
export class Circuits {
  readonly #options: CircuitOptions;
  readonly #outage: OutageBreaker;
  readonly #platform: Circuit;
  readonly #subjects = new Map<string, SubjectEntry>();

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

  /** Runs the call, or throws `PlatformUnavailable` (`circuit-open`) without its answer. */
  async run<T>(subject: string, operation: string, call: () => Promise<T>): Promise<T> {
    const entry = this.#subjectEntry(subject);
    // One turn asks about several subjects: it must not sit through a dead platform once for each.
    const isSuspect = this.#outage.failures >= this.#options.subjectFailures && entry.breaker.state === 0;
    const result = this.#runAs(subject, entry, operation, call);
    return isSuspect ? impatiently(operation, result, this.#options.suspicionPatienceMs) : result;
  }

  async #runAs<T>(
    subject: string,
    { circuit, breaker }: SubjectEntry,
    operation: string,
    call: () => Promise<T>,
  ): Promise<T> {
    try {
      return await circuit.run(operation, () =>
        this.#platform.run(operation, () => this.#blaming(subject, call)),
      );
    } finally {
      const isHealthy = circuit.state === CircuitState.Closed && breaker.state === 0;
      if (isHealthy && this.#subjects.get(subject)?.circuit === circuit) this.#subjects.delete(subject);
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

  #subjectEntry(subject: string): SubjectEntry {
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
