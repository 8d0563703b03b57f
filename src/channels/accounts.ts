import { z } from 'zod';
import { ENCODING_AES_KEY } from './tencent/aes.ts';
import type { CallbackKeys } from './tencent/callback.ts';
import { DEFAULT_WINDOW_SECONDS } from './tencent/signature.ts';

/** 公众号 (服务号) or 小程序. */
export interface WechatAccount {
  /** In the address of its callbacks. */
  name: string;
  kind: 'official-account' | 'mini-program';
  appId: string;
  secret: string;
  keys: CallbackKeys;
  /** `plain`: the platform sends without encryption. */
  mode: 'safe' | 'plain';
  /** Verified service accounts only: choices may be sent as a menu to tap. */
  menus: boolean;
  quota: Quota;
  /** Messages that follow each other within so long are answered as one; 0 = each on its own. */
  quietSeconds: number;
}

/** 微信客服: one enterprise with its customer-service accounts. */
export interface WecomAccount {
  /** In the address of its callbacks. */
  name: string;
  corpId: string;
  secret: string;
  keys: CallbackKeys;
  /** The customer-service accounts that are answered (open_kfid). */
  openKfIds: string[];
  /** Who gets customers that want a person: our own desk, or the agents in WeCom's client. */
  handoff: 'console' | 'wecom';
  /** The one agent (userid) who gets them all there; else they wait in WeCom's queue. */
  servicer?: string | undefined;
  quota: Quota;
  /** As of `WechatAccount`. */
  quietSeconds: number;
}

/** How many messages a customer's message allows, and for how long. */
export interface Quota {
  messages: number;
  hours: number;
}

/** The quota of a message, for the conversation's delivery. */
export const allowanceOf = ({ messages, hours }: Quota) => ({ messages, forMs: hours * 3_600_000 });

export interface ChannelAccounts {
  wechat: WechatAccount[];
  wecom: WecomAccount[];
}

const QUOTA: Quota = { messages: 5, hours: 48 };

const quota = z
  .object({ messages: z.int().min(1).max(100), hours: z.int().min(1).max(48) })
  .partial()
  .default({})
  .transform(
    (given): Quota => ({ messages: given.messages ?? QUOTA.messages, hours: given.hours ?? QUOTA.hours }),
  );

const quietSeconds = z.number().min(0).max(5).default(0);
const name = z.string().regex(/^[a-z0-9-]{1,40}$/, 'must be 1 to 40 of a-z, 0-9 and -');
const id = z.string().regex(/^[\w-]{1,64}$/, 'is not an id of the platform');
/** Digits alone would be a number in YAML, and another one at that. */
const secret = z.string('must be a text: put it in quotes').min(1);
const aesKey = z.string().regex(ENCODING_AES_KEY, 'must be the 43 letters and digits of an EncodingAESKey');
const callback = {
  token: z
    .string('must be a text: put it in quotes')
    .regex(/^[A-Za-z0-9]{3,32}$/, 'must be 3 to 32 letters and digits'),
  encodingAesKey: aesKey,
  previousEncodingAesKey: aesKey.optional(),
  /** Not below a minute: the platforms' retries would be refused. */
  windowSeconds: z
    .int()
    .refine((seconds) => seconds === 0 || seconds >= 60, 'must be 0 (any) or at least 60')
    .default(DEFAULT_WINDOW_SECONDS),
};

function keysOf(given: CallbackKeys): CallbackKeys {
  const { token, encodingAesKey, previousEncodingAesKey, windowSeconds } = given;
  return { token, encodingAesKey, previousEncodingAesKey, windowSeconds };
}

const wechat = z
  .strictObject({
    name,
    kind: z.enum(['official-account', 'mini-program']),
    appId: id,
    secret,
    ...callback,
    encodingAesKey: aesKey.optional(),
    mode: z.enum(['safe', 'plain']).default('safe'),
    menus: z.boolean().default(false),
    quota,
    quietSeconds,
  })
  .refine(({ mode, encodingAesKey }) => mode === 'plain' || encodingAesKey !== undefined, {
    error: 'is needed unless mode is plain',
    path: ['encodingAesKey'],
  })
  .refine(({ kind, menus }) => kind === 'official-account' || !menus, {
    error: 'mini programs have no menus',
    path: ['menus'],
  })
  .transform(
    ({ name, kind, appId, secret, mode, menus, quota, quietSeconds, ...rest }): WechatAccount => ({
      ...{ name, kind, appId, secret, mode, menus, quota, quietSeconds },
      keys: keysOf({ ...rest, encodingAesKey: rest.encodingAesKey ?? '' }),
    }),
  );

const wecom = z
  .strictObject({
    name,
    corpId: id,
    secret,
    ...callback,
    openKfIds: z.array(id).min(1),
    handoff: z.enum(['console', 'wecom']).default('console'),
    servicer: id.optional(),
    quota,
    quietSeconds,
  })
  .refine(({ handoff, servicer }) => handoff === 'wecom' || servicer === undefined, {
    error: 'is for handoff: wecom',
    path: ['servicer'],
  })
  .transform(
    ({ name, corpId, secret, openKfIds, handoff, servicer, quota, quietSeconds, ...rest }): WecomAccount => ({
      ...{ name, corpId, secret, openKfIds, handoff, servicer, quota, quietSeconds },
      keys: keysOf(rest),
    }),
  );

/** Each of them once. */
function unique<T>(valuesOf: (item: T) => string[], what: string) {
  return (items: T[], context: z.RefinementCtx): void => {
    const values = items.flatMap(valuesOf);
    const twice = values.find((value, at) => values.indexOf(value) !== at);
    if (twice !== undefined) context.addIssue({ code: 'custom', message: `${what} ${twice} is there twice` });
  };
}

/** The accounts file: what is in it, parsed from YAML or JSON. */
export const accountsSchema = z.strictObject({
  wechat: z
    .array(wechat)
    .default([])
    .superRefine(unique((it) => [it.name], 'the name'))
    .superRefine(unique((it) => [it.appId], 'the appId')),
  wecom: z
    .array(wecom)
    .default([])
    .superRefine(unique((it) => [it.name], 'the name'))
    .superRefine(unique((it) => it.openKfIds, 'the openKfId')),
});
