import { Agent, FormData, request } from 'undici';
import { z } from 'zod';
import { wasNeverSent } from '../never-sent.ts';
import type { ApiRefusal, ApiResult } from './outcome.ts';

/** A call as it goes out. Token and secrets are in it: never logged. */
export interface ApiCall {
  method: 'GET' | 'POST';
  path: string;
  query?: Record<string, string>;
  body?: object | FormData;
}

export interface Api {
  /** One attempt within the time; the JSON of an answer with status 200, `undefined` where it is none. */
  call(call: ApiCall): Promise<ApiResult<unknown>>;
  close(): Promise<void>;
}

/** More than a thousand messages of a `sync_msg`, each as long as it can be and escaped. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

function failureOf(error: unknown, timedOut: boolean): ApiResult<never> {
  if (wasNeverSent(error)) return { kind: 'unreachable' };
  return { kind: 'unknown', why: timedOut ? 'timeout' : 'interrupted' };
}

function jsonIn(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

/**
 * HTTP to one platform. Its JSON is sent as UTF-8 without escapes, as WeChat wants it; redirects are not followed, and
 * a connection has three seconds to be made.
 */
export function createApi({
  baseUrl,
  timeoutMs = 8_000,
}: {
  baseUrl: string;
  timeoutMs?: number | undefined;
}): Api {
  const base = baseUrl.replace(/\/+$/, '');
  const agent = new Agent({
    connections: 64,
    connect: { timeout: Math.min(3_000, timeoutMs) },
    maxResponseSize: MAX_ANSWER_BYTES,
  });

  async function exchange(
    { method, path, query, body }: ApiCall,
    signal: AbortSignal,
  ): Promise<ApiResult<unknown>> {
    const isForm = body instanceof FormData;
    const address = `${base}${path}${query ? `?${new URLSearchParams(query)}` : ''}`;
    const response = await request(address, {
      dispatcher: agent,
      method,
      signal,
      headers: body && !isForm ? { 'content-type': 'application/json; charset=utf-8' } : {},
      body: isForm ? body : body ? JSON.stringify(body) : null,
    });
    const bytes = Buffer.from(await response.body.arrayBuffer());
    if (response.statusCode !== 200) return { kind: 'unknown', why: 'status' };
    return { kind: 'done', value: jsonIn(bytes) };
  }

  return {
    async call(call) {
      const signal = AbortSignal.timeout(timeoutMs);
      return exchange(call, signal).catch((error: unknown) => failureOf(error, signal.aborted));
    },
    close: () => agent.destroy(),
  };
}

const envelope = z.object({ errcode: z.int().default(0), errmsg: z.string().default('') });

/** What the numbers of a platform mean; `reasonOf` may look at the words where a number says too little. */
export interface Codes {
  table: Readonly<Record<number, ApiRefusal>>;
  reasonOf?(code: number, message: string): ApiRefusal | undefined;
}

/** The value of a JSON answer, with errors that came with status 200 told as what they are. */
export function readAnswer<T>(
  result: ApiResult<unknown>,
  schema: z.ZodType<T>,
  { table, reasonOf }: Codes,
): ApiResult<T> {
  if (result.kind !== 'done') return result;
  const { value: body } = result;
  const told = envelope.safeParse(body);
  if (!told.success) return { kind: 'unknown', why: 'nonsense' };
  const { errcode: code, errmsg } = told.data;
  if (code !== 0)
    return { kind: 'refused', code, reason: reasonOf?.(code, errmsg) ?? table[code] ?? 'other' };
  const value = schema.safeParse(body);
  return value.success ? { kind: 'done', value: value.data } : { kind: 'unknown', why: 'nonsense' };
}
