import { asRecord, asText } from './protocol.ts';

/**
 * What became of one request. `refused` is final: asking again brings the same answer.
 * `unreachable` (no network, timeout, 408, 429, 5xx) may be asked again.
 */
export type Reply =
  | { kind: 'ok'; body: unknown }
  | { kind: 'refused'; status: number; code?: string | undefined; message?: string | undefined }
  | { kind: 'unreachable'; retryAfterMs?: number | undefined };

export interface Call {
  method: 'GET' | 'POST';
  /** Below the base URL, with a leading slash. */
  path: string;
  body?: unknown;
}

export interface RestOptions {
  /** Includes `/v3/directline`, without a slash at its end. */
  baseUrl: string;
  fetch: typeof fetch;
  timeoutMs: number;
  /** In which refusals are to be worded. */
  language: () => string;
}

/** Direct Line over HTTP: one bearer call, whose outcome is told instead of thrown. */
export class Rest {
  readonly #baseUrl: string;
  readonly #fetch: typeof fetch;
  readonly #timeoutMs: number;
  readonly #language: () => string;

  constructor(options: RestOptions) {
    this.#baseUrl = options.baseUrl;
    this.#fetch = options.fetch;
    this.#timeoutMs = options.timeoutMs;
    this.#language = options.language;
  }

  async call(token: string, call: Call): Promise<Reply> {
    const send = this.#fetch;
    try {
      const response = await send(`${this.#baseUrl}${call.path}`, {
        method: call.method,
        headers: {
          authorization: `Bearer ${token}`,
          'accept-language': this.#language(),
          ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
        signal: AbortSignal.timeout(this.#timeoutMs),
      });
      return await readReply(response);
    } catch {
      // fetch rejects alike for no network, a reset connection and the timeout: all may be asked again.
      return { kind: 'unreachable' };
    }
  }
}

/** What an answer of the server comes to. */
export async function readReply(response: Response): Promise<Reply> {
  if (response.ok) return { kind: 'ok', body: await response.json() };
  if (response.status >= 500 || response.status === 429 || response.status === 408) {
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
    return { kind: 'unreachable', retryAfterMs: Number.isFinite(seconds) ? seconds * 1000 : undefined };
  }
  const error = asRecord(asRecord(await response.json().catch(() => undefined))?.error);
  return {
    kind: 'refused',
    status: response.status,
    code: asText(error?.code),
    message: asText(error?.message),
  };
}
