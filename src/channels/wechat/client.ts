import { z } from 'zod';
import type { Clock } from '../../domain/clock.ts';
import type { Log } from '../../domain/log.ts';
import type { SharedMemory } from '../../domain/shared-memory.ts';
import type { WechatAccount } from '../accounts.ts';
import { createAccessTokens } from '../tencent/access-tokens.ts';
import { createApi, readAnswer } from '../tencent/api.ts';
import { createAuthorized, NOTHING } from '../tencent/authorized.ts';
import { type MediaUpload, mediaForm, uploaded } from '../tencent/media.ts';
import type { ApiResult } from '../tencent/outcome.ts';
import { CODES } from './codes.ts';
import type { WechatMessage } from './encode.ts';

/** What we ask of one official account's or mini program's platform. */
export interface WechatClient {
  /** There is no idempotency: after `unknown`, the customer may have it or not. */
  send(openId: string, message: WechatMessage): Promise<ApiResult<void>>;
  /** Shown for 15 s. Best effort: whatever it comes to, nothing is to be done about it. */
  typing(openId: string): Promise<ApiResult<void>>;
  /** An id that is good for three days. Pictures only. */
  upload(file: MediaUpload): Promise<ApiResult<string>>;
  close(): Promise<void>;
}

export const WECHAT_API = 'https://api.weixin.qq.com';

const tokenAnswer = z
  .object({ access_token: z.string().min(1), expires_in: z.number().positive() })
  .transform((it) => ({ token: it.access_token, expiresInSeconds: it.expires_in }));

/** The client of one account. Whatever a call comes to is returned, never thrown. */
export function createWechatClient(parts: {
  account: Pick<WechatAccount, 'kind' | 'appId' | 'secret'>;
  memory: SharedMemory;
  clock: Clock;
  log: Log;
  baseUrl?: string | undefined;
  timeoutMs?: number | undefined;
}): WechatClient {
  const { account, memory, clock, log, baseUrl = WECHAT_API, timeoutMs } = parts;
  const { appId, secret } = account;
  const api = createApi({ baseUrl, timeoutMs });
  const tokens = createAccessTokens({
    ...{ memory, clock, log },
    key: `wechat:${appId}`,
    // https://developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken.html
    async fetchToken(force) {
      const body = { grant_type: 'client_credential', appid: appId, secret, force_refresh: force };
      const answer = await api.call({ method: 'POST', path: '/cgi-bin/stable_token', body });
      const result = readAnswer(answer, tokenAnswer, CODES);
      // Here 40001 is about the secret, which only the operator can put right.
      const isSecret = result.kind === 'refused' && result.reason === 'token';
      return isSecret ? { ...result, reason: 'not-configured' } : result;
    },
  });
  const { json } = createAuthorized({ api, tokens, codes: CODES });
  const post = (path: string, body: object) => json({ method: 'POST', path, body }, NOTHING);

  return {
    send: (touser, message) => post('/cgi-bin/message/custom/send', { touser, ...message }),
    typing(touser) {
      const path =
        account.kind === 'mini-program'
          ? '/cgi-bin/message/custom/business/typing'
          : '/cgi-bin/message/custom/typing';
      return post(path, { touser, command: 'Typing' });
    },
    upload(media) {
      const call = { method: 'POST', path: '/cgi-bin/media/upload', query: { type: media.type } } as const;
      return json({ ...call, body: mediaForm(media) }, uploaded);
    },
    close: () => api.close(),
  };
}
