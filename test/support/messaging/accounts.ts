import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CallbackTarget } from '../tencent/callbacks.ts';

const KEYS = { token: 'pamtest', encodingAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG' };
/** The official account and the enterprise, as the platforms know them. */
export const SHOP = { appId: 'wx1', secret: 's' };
export const DESK = { corpId: 'ww1', secret: 's' };

/** The customer-service accounts of the enterprise. */
export const OPEN_KF_IDS = ['wk1', 'wk2', 'wk3', 'wk4'];

/** Where and with what a process of the product runs. */
export interface Place {
  /** The accounts file is put here. */
  folder: string;
  platformUrl: string;
  databaseUrl: string;
  redisUrl: string;
}

/** What the product is started with to answer both accounts; the same for all processes, as in production. */
export function messagingEnvironment({ folder, platformUrl, databaseUrl, redisUrl }: Place) {
  const file = join(folder, 'channels.json');
  const accounts = {
    wechat: [{ name: 'shop', kind: 'official-account', ...SHOP, ...KEYS }],
    wecom: [{ name: 'desk', ...DESK, ...KEYS, openKfIds: OPEN_KF_IDS }],
  };
  writeFileSync(file, JSON.stringify(accounts));
  return {
    REDIS_URL: redisUrl,
    DATABASE_URL: databaseUrl,
    CHANNELS_FILE: file,
    PUBLIC_URL: 'https://help.example',
    WECHAT_API_URL: platformUrl,
    WECOM_API_URL: platformUrl,
    DIRECT_LINE_SECRET: 'messaging-direct-line-secret-0123456789',
    TOKEN_SIGNING_KEY: 'messaging-token-signing-key-0123456789',
    DOCUMENT_KEK: Buffer.alloc(32, 7).toString('base64'),
  };
}

/** Where the platforms post to that take a process. */
export const shopAt = (url: string): CallbackTarget => ({
  url: `${url}/channels/wechat/shop`,
  receiverId: SHOP.appId,
  ...KEYS,
});
export const deskAt = (url: string): CallbackTarget => ({
  url: `${url}/channels/wecom/desk`,
  receiverId: DESK.corpId,
  ...KEYS,
});

const seconds = () => Math.floor(Date.now() / 1000);

/** A text that a customer has sent to the official account. */
export const shopText = (customer: string, id: string, content: string): string =>
  `<xml><ToUserName>gh</ToUserName><FromUserName>${customer}</FromUserName><CreateTime>${seconds()}</CreateTime><MsgType>text</MsgType><Content>${content}</Content><MsgId>${id}</MsgId></xml>`;

/** The bell of a customer-service account. */
export const deskBell = (openKfId: string, token: string): string =>
  `<xml><MsgType>event</MsgType><Event>kf_msg_or_event</Event><Token>${token}</Token><OpenKfId>${openKfId}</OpenKfId></xml>`;
