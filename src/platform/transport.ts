import { TimeoutStrategy, timeout } from 'cockatiel';
import { Agent, errors, request } from 'undici';
import { PlatformUnavailable, type UnavailableReason } from './errors.ts';

/** Replies are small; more than this is not our platform or not in order. */
export const MAX_REPLY_BYTES = 256 * 1024;

export interface Call {
  /** operationId of openapi.yaml; what logs and errors call it. */
  operation: string;
  method: 'GET' | 'POST';
  /** From `/v1`, with encoded segments. */
  path: string;
  body?: object;
  idempotencyKey?: string;
}

export interface Reply {
  status: number;
  /** Parsed JSON of a 2xx reply or of an error; undefined if it is none. */
  body: unknown;
}

export interface Transport {
  /** One attempt within the timeout, body included. Throws `PlatformUnavailable` only. */
  send(call: Call): Promise<Reply>;
  close(): Promise<void>;
}

/** HTTP to one base URL: bearer token, time and size limits; redirects are not followed. */
export function createTransport(options: { baseUrl: string; token: string; timeoutMs: number }): Transport {
  const base = options.baseUrl.replace(/\/+$/, '');
  const agent = new Agent({ connections: 64, maxResponseSize: MAX_REPLY_BYTES });
  const limit = timeout(options.timeoutMs, TimeoutStrategy.Aggressive);

  async function exchange(call: Call, signal: AbortSignal): Promise<Reply> {
    const response = await request(`${base}${call.path}`, {
      dispatcher: agent,
      method: call.method,
      signal,
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${options.token}`,
        ...(call.body ? { 'content-type': 'application/json' } : {}),
        ...(call.idempotencyKey ? { 'idempotency-key': call.idempotencyKey } : {}),
      },
      body: call.body ? JSON.stringify(call.body) : null,
    });
    return { status: response.statusCode, body: parse(await response.body.text()) };
  }

  return {
    async send(call) {
      try {
        return await limit.execute(({ signal }) =>
          exchange(call, signal).catch((cause: unknown) => {
            const reason = signal.aborted ? 'timeout' : reasonOf(cause);
            throw new PlatformUnavailable(reason, { operation: call.operation, cause });
          }),
        );
      } catch (error) {
        if (error instanceof PlatformUnavailable) throw error;
        // The timer was noticed before the request that it aborted.
        throw new PlatformUnavailable('timeout', { operation: call.operation, cause: error });
      }
    },
    close: () => agent.destroy(),
  };
}

/** Failures before a connection stood: they say something about the platform, whoever asked. */
const UNREACHABLE_CODES = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function reasonOf(error: unknown): UnavailableReason {
  if (!(error instanceof Error)) return 'interrupted';
  if (error instanceof errors.ResponseExceededMaxSizeError) return 'too-large';
  const isUnreachable = 'code' in error && UNREACHABLE_CODES.has(String(error.code));
  return isUnreachable ? 'unreachable' : 'interrupted';
}

/** The parser's error would quote the body, which may hold personal data, so it is dropped. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
