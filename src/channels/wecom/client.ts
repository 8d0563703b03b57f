import { z } from 'zod';
import type { Clock } from '../../domain/clock.ts';
import type { Log } from '../../domain/log.ts';
import type { SharedMemory } from '../../domain/shared-memory.ts';
import type { WecomAccount } from '../accounts.ts';
import { createAccessTokens } from '../tencent/access-tokens.ts';
import { createApi, readAnswer } from '../tencent/api.ts';
import { createAuthorized, NOTHING } from '../tencent/authorized.ts';
import { type MediaUpload, mediaForm, uploaded } from '../tencent/media.ts';
import type { ApiResult } from '../tencent/outcome.ts';
import { CODES } from './codes.ts';
import type { WecomMessage } from './encode.ts';

/** Who talks with whom: a customer with one customer-service account. */
export interface WecomTalk {
  openKfId: string;
  /** external_userid */
  customer: string;
}

/** What was fetched; `items` are still to be decoded. */
export interface SyncPage {
  items: unknown[];
  /** Where to go on; absent when the platform gave none. */
  cursor: string | undefined;
  more: boolean;
}

/** 会话状态: who has the talk. */
export const SERVICE_STATES = ['new', 'bot', 'queue', 'person', 'ended'] as const;
export type ServiceState = (typeof SERVICE_STATES)[number];

/** What we ask of one enterprise's WeCom. */
export interface WecomClient {
  /** The next messages and events after the cursor; without one, from the oldest of the last three days. */
  sync(
    openKfId: string,
    from: { cursor?: string | undefined; token?: string | undefined },
  ): Promise<ApiResult<SyncPage>>;
  /** `messageId` (1 to 32 of letters, digits, - and _) is idempotent: the same again is `repeated`, and not sent. */
  send(talk: WecomTalk, messageId: string, message: WecomMessage): Promise<ApiResult<void>>;
  /** Answers an event with the code that came with it, which is good once and for seconds. */
  sendOnEvent(code: string, messageId: string, message: WecomMessage): Promise<ApiResult<void>>;
  serviceState(talk: WecomTalk): Promise<ApiResult<{ state: ServiceState; agent: string | undefined }>>;
  /** 接待人员 of a customer-service account, and who of them takes customers now. */
  servicers(openKfId: string): Promise<ApiResult<{ id: string; online: boolean }[]>>;
  /** Gives the talk to somebody; the code, when there is one, lets us say something about it. */
  transfer(
    talk: WecomTalk,
    to: ServiceState,
    agent?: string,
  ): Promise<ApiResult<{ code: string | undefined }>>;
  /** An id that is good for three days. */
  upload(file: MediaUpload): Promise<ApiResult<string>>;
  close(): Promise<void>;
}

export const WECOM_API = 'https://qyapi.weixin.qq.com';
const SYNC_LIMIT = 1000;

const tokenAnswer = z
  .object({ access_token: z.string().min(1), expires_in: z.number().positive() })
  .transform((it) => ({ token: it.access_token, expiresInSeconds: it.expires_in }));

const syncAnswer = z
  .object({
    next_cursor: z.string().max(64).default(''),
    has_more: z.union([z.literal(0), z.literal(1)]).default(0),
    msg_list: z.array(z.unknown()).default([]),
  })
  .transform(
    (it): SyncPage => ({ items: it.msg_list, cursor: it.next_cursor || undefined, more: it.has_more === 1 }),
  );

const stateAnswer = z
  .object({ service_state: z.int().min(0).max(4), servicer_userid: z.string().optional() })
  .transform((it) => ({
    state: SERVICE_STATES[it.service_state] ?? 'ended',
    agent: it.servicer_userid || undefined,
  }));

/** Departments are listed, too, without an id of a person. */
const servicersAnswer = z
  .object({
    servicer_list: z
      .array(z.object({ userid: z.string().optional(), status: z.int().optional() }))
      .default([]),
  })
  .transform(({ servicer_list }) =>
    servicer_list.flatMap(({ userid, status }) => (userid ? [{ id: userid, online: status === 0 }] : [])),
  );

const transferAnswer = z
  .object({ msg_code: z.string().optional() })
  .transform((it) => ({ code: it.msg_code || undefined }));

/** The client of one account. Whatever a call comes to is returned, never thrown. */
export function createWecomClient(parts: {
  account: Pick<WecomAccount, 'name' | 'corpId' | 'secret'>;
  memory: SharedMemory;
  clock: Clock;
  log: Log;
  baseUrl?: string | undefined;
  timeoutMs?: number | undefined;
}): WecomClient {
  const { account, memory, clock, log, baseUrl = WECOM_API, timeoutMs } = parts;
  const { corpId, secret } = account;
  const api = createApi({ baseUrl, timeoutMs });
  const tokens = createAccessTokens({
    ...{ memory, clock, log },
    key: `wecom:${account.name}`,
    // https://developer.work.weixin.qq.com/document/path/91039. It gives the same one for as long as that is good.
    async fetchToken() {
      const query = { corpid: corpId, corpsecret: secret };
      return readAnswer(
        await api.call({ method: 'GET', path: '/cgi-bin/gettoken', query }),
        tokenAnswer,
        CODES,
      );
    },
  });
  const { json } = createAuthorized({ api, tokens, codes: CODES });
  const post = <T>(path: string, body: object, schema: z.ZodType<T>) =>
    json({ method: 'POST', path, body }, schema);
  const named = ({ openKfId, customer }: WecomTalk) => ({ open_kfid: openKfId, external_userid: customer });

  return {
    sync: (openKfId, { cursor, token }) =>
      post(
        '/cgi-bin/kf/sync_msg',
        {
          open_kfid: openKfId,
          limit: SYNC_LIMIT,
          voice_format: 0,
          ...(cursor && { cursor }),
          ...(token && { token }),
        },
        syncAnswer,
      ),
    send: ({ openKfId, customer }, msgid, message) =>
      post('/cgi-bin/kf/send_msg', { touser: customer, open_kfid: openKfId, msgid, ...message }, NOTHING),
    sendOnEvent: (code, msgid, message) =>
      post('/cgi-bin/kf/send_msg_on_event', { code, msgid, ...message }, NOTHING),
    serviceState: (talk) => post('/cgi-bin/kf/service_state/get', named(talk), stateAnswer),
    // https://developer.work.weixin.qq.com/document/path/94645
    servicers: (openKfId) =>
      json(
        { method: 'GET', path: '/cgi-bin/kf/servicer/list', query: { open_kfid: openKfId } },
        servicersAnswer,
      ),
    transfer: (talk, to, agent) =>
      post(
        '/cgi-bin/kf/service_state/trans',
        {
          ...named(talk),
          service_state: SERVICE_STATES.indexOf(to),
          ...(agent && { servicer_userid: agent }),
        },
        transferAnswer,
      ),
    upload(media) {
      const call = { method: 'POST', path: '/cgi-bin/media/upload', query: { type: media.type } } as const;
      return json({ ...call, body: mediaForm(media) }, uploaded);
    },
    close: () => api.close(),
  };
}
