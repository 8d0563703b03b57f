import type { Clock } from '../../../src/domain/clock.ts';

const LIFE_MS = 7_200_000;
const RENEWED_BEFORE_MS = 300_000;
/** Tokens tell whose they are. */
let accounts = 0;

/** The access tokens that a platform has given for one account. */
export class PlatformTokens {
  /** How often one was asked for. */
  calls = 0;
  forced = 0;
  readonly #account = ++accounts;
  readonly #clock: Clock;
  readonly #good = new Map<string, number>();
  readonly #known = new Set<string>();
  #current: string | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The same one as long as it is good for more than five minutes. `force`: another, and no other is good. */
  issue(force: boolean): { access_token: string; expires_in: number } {
    this.calls++;
    const now = this.#clock.now().getTime();
    if (force) {
      this.forced++;
      this.#good.clear();
    }
    const until = this.#current === undefined ? 0 : (this.#good.get(this.#current) ?? 0);
    if (this.#current === undefined || until - now <= RENEWED_BEFORE_MS) {
      this.#current = `tok-${this.#known.size + 1}-${this.#account}-${'x'.repeat(120)}`;
      this.#known.add(this.#current);
      this.#good.set(this.#current, now + LIFE_MS);
    }
    const expires = this.#good.get(this.#current) ?? 0;
    return { access_token: this.#current, expires_in: Math.floor((expires - now) / 1000) };
  }

  /** What a call with this token is refused with; undefined when it is good. */
  faultOf(token: string | undefined): { errcode: number; errmsg: string } | undefined {
    const until = this.#good.get(token ?? '');
    if (until !== undefined && until > this.#clock.now().getTime()) return undefined;
    if (token !== undefined && this.#known.has(token))
      return { errcode: 42001, errmsg: 'access_token expired' };
    return { errcode: 40001, errmsg: 'invalid credential, access_token is invalid or not latest' };
  }

  /** All that were given are not good any more, though nobody was told. */
  expire(): void {
    this.#good.clear();
    this.#current = undefined;
  }

  /** As `expire`, but the platform goes on giving the same one until it is forced not to. */
  confuse(): void {
    const stuck = this.#current;
    this.#good.clear();
    if (stuck === undefined) return;
    const { issue } = this;
    this.issue = (force) => {
      if (force) {
        this.issue = issue;
        this.#current = undefined;
        return issue.call(this, true);
      }
      this.calls++;
      return { access_token: stuck, expires_in: LIFE_MS / 1000 };
    };
  }
}
