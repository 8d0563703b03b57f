import { z } from 'zod';
import type { AccessTokens } from './access-tokens.ts';
import { type Api, type ApiCall, type Codes, readAnswer } from './api.ts';
import type { ApiResult } from './outcome.ts';

/** Calls with the account's access token, of which the one that is refused is replaced. */
export interface Authorized {
  /** A call that is answered with JSON of this shape. */
  json<T>(call: ApiCall, schema: z.ZodType<T>): Promise<ApiResult<T>>;
}

/** For calls whose answer says no more than that it is done. */
export const NOTHING: z.ZodType<void> = z.unknown().transform(() => undefined);

const isTokenRefused = (result: ApiResult<unknown>) => result.kind === 'refused' && result.reason === 'token';

export function createAuthorized(parts: { api: Api; tokens: AccessTokens; codes: Codes }): Authorized {
  const { api, tokens, codes } = parts;

  async function withToken<T>(
    call: ApiCall,
    read: (answer: ApiResult<unknown>) => ApiResult<T>,
  ): Promise<ApiResult<T>> {
    const attempt = async (token: string) =>
      read(await api.call({ ...call, query: { access_token: token, ...call.query } }));
    const first = await tokens.current();
    if (first.kind !== 'done') return first;
    const result = await attempt(first.value);
    if (!isTokenRefused(result)) return result;
    const second = await tokens.instead(first.value);
    if (second.kind !== 'done') return second;
    const again = await attempt(second.value);
    // The same one given again and refused again: the platform has to make another.
    if (!isTokenRefused(again) || second.value !== first.value) return again;
    const third = await tokens.instead(second.value, true);
    return third.kind === 'done' ? attempt(third.value) : third;
  }

  return {
    json: (call, schema) => withToken(call, (answer) => readAnswer(answer, schema, codes)),
  };
}
