import { backoffMs, type Delays, Pause } from './pause.ts';
import { decodeGrant, type Grant } from './protocol.ts';
import type { Call, Reply, Rest } from './rest.ts';

/** What the host page's server handed out. */
export interface Credentials {
  token: string;
  conversationId?: string | undefined;
  expiresInSeconds?: number | undefined;
}

/** Asks the host for a new token; undefined when it has none to give. */
export type RequestToken = () => Promise<Credentials | undefined>;

export interface SessionOptions {
  rest: Rest;
  delays: Delays;
  credentials: Credentials;
  requestToken?: RequestToken | undefined;
  /** Called whenever conversation or token changed, to store them. */
  changed: () => void;
  /** Called when the token has run out and the host gave none for this conversation. */
  expired: () => void;
}

const DEFAULT_LIFETIME_SECONDS = 1800;

/** The right to speak in one conversation: holds the token, refreshes it, replaces it when it ran out. */
export class Session {
  readonly #options: SessionOptions;
  readonly #pause = new Pause();
  #token: string;
  #conversationId: string | undefined;
  #lifetimeMs: number;
  #renewing: Promise<boolean> | undefined;
  #closed = false;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#token = options.credentials.token;
    this.#conversationId = options.credentials.conversationId;
    this.#lifetimeMs = lifetimeMs(options.credentials.expiresInSeconds);
  }

  get token(): string {
    return this.#token;
  }

  get conversationId(): string | undefined {
    return this.#conversationId;
  }

  /** Takes over what the server answered to a start, a resume or a refresh. */
  adopt(grant: Grant): void {
    this.#token = grant.token ?? this.#token;
    this.#conversationId = grant.conversationId ?? this.#conversationId;
    if (grant.expiresInSeconds) this.#lifetimeMs = lifetimeMs(grant.expiresInSeconds);
    this.#options.changed();
  }

  /** One call with the present token; on 401 or 403 once more with a new one from the host. */
  call(call: Call): Promise<Reply> {
    return this.send((token) => this.#options.rest.call(token, call));
  }

  /** The same for what is sent in another way. */
  async send(attempt: (token: string) => Promise<Reply>): Promise<Reply> {
    const used = this.#token;
    const reply = await attempt(used);
    if (!isTokenRefusal(reply)) return reply;
    if (used === this.#token && !(await this.renew())) return reply;
    return attempt(this.#token);
  }

  /** Asks the host for a token of this same conversation; false when there is none. */
  renew(): Promise<boolean> {
    this.#renewing ??= this.#askHost().finally(() => {
      this.#renewing = undefined;
    });
    return this.#renewing;
  }

  async #askHost(): Promise<boolean> {
    const fresh = await this.#options.requestToken?.().catch(() => undefined);
    const same = fresh && (!this.#conversationId || fresh.conversationId === this.#conversationId);
    if (!same) return false;
    this.adopt(fresh);
    return true;
  }

  /** Refreshes at half of the token's life, until closed. */
  async keepFresh(): Promise<void> {
    let failures = 0;
    let dueAt = Date.now() + this.#lifetimeMs / 2;
    while (!this.#closed) {
      await this.#pause.wait(dueAt - Date.now());
      if (this.#closed) return;
      // Woken early: a timer that slept with the device is re-armed against the clock.
      if (Date.now() < dueAt) continue;
      const reply = await this.call({ method: 'POST', path: '/tokens/refresh' });
      if (this.#closed) return;
      if (reply.kind === 'refused') return this.#options.expired();
      if (reply.kind === 'ok') this.adopt(decodeGrant(reply.body));
      failures = reply.kind === 'ok' ? 0 : failures + 1;
      const pauseMs = reply.kind === 'ok' ? this.#lifetimeMs / 2 : backoffMs(failures, this.#options.delays);
      dueAt = Date.now() + pauseMs;
    }
  }

  wake(): void {
    this.#pause.wake();
  }

  close(): void {
    this.#closed = true;
    this.#pause.wake();
  }
}

export function isTokenRefusal(reply: Reply): boolean {
  return reply.kind === 'refused' && (reply.status === 401 || reply.status === 403);
}

function lifetimeMs(seconds: number | undefined): number {
  return (seconds ?? DEFAULT_LIFETIME_SECONDS) * 1000;
}
