import { randomBytes } from 'node:crypto';
import { encrypt, getSignature } from '@wecom/crypto';

/** Whom a callback is for, and what it is signed with. */
export interface CallbackTarget {
  url: string;
  token: string;
  encodingAesKey: string;
  /** appid or corpid */
  receiverId: string;
}

export interface Delivered {
  status: number;
  text: string;
  tookMs: number;
}

/** How long the platform waits for an answer, and how often it sends again. */
const PATIENCE_MS = 5_000;
const ATTEMPTS = 3;

function signed(target: CallbackTarget, encrypted: string, at: number) {
  const timestamp = String(Math.floor(at / 1000));
  const nonce = randomBytes(5).toString('hex');
  const signature = getSignature(target.token, timestamp, nonce, encrypted);
  return new URLSearchParams({
    msg_signature: signature,
    timestamp,
    nonce,
    encrypt_type: 'aes',
    signature: 'unused',
  });
}

/** One attempt to deliver a callback, encrypted by the official library. Throws when there is no answer. */
export async function deliverOnce(
  target: CallbackTarget,
  xml: string,
  { at = Date.now(), patienceMs = PATIENCE_MS } = {},
): Promise<Delivered> {
  const encrypted = encrypt(target.encodingAesKey, xml, target.receiverId);
  const begun = performance.now();
  const response = await fetch(`${target.url}?${signed(target, encrypted, at)}`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml' },
    body: `<xml><ToUserName><![CDATA[to]]></ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`,
    signal: AbortSignal.timeout(patienceMs),
  });
  const text = await response.text();
  return { status: response.status, text, tookMs: performance.now() - begun };
}

/**
 * As the platform does: again, signed anew, when there is no answer within five seconds or no 200, three times in all.
 * Undefined when none of them was taken: the message is lost for us.
 */
export async function deliver(
  target: CallbackTarget,
  xml: string,
  options: { at?: number; patienceMs?: number } = {},
): Promise<Delivered | undefined> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const delivered = await deliverOnce(target, xml, options).catch(() => undefined);
    if (delivered?.status === 200) return delivered;
  }
  return undefined;
}

/** The GET by which an official account's address is checked. */
export function wechatCheck(target: CallbackTarget, echo: string, at = Date.now()): Promise<Response> {
  const timestamp = String(Math.floor(at / 1000));
  const signature = getSignature(target.token, timestamp, 'nonce', '');
  return fetch(
    `${target.url}?${new URLSearchParams({ signature, timestamp, nonce: 'nonce', echostr: echo })}`,
  );
}

/** The GET by which WeCom checks an address: what is to be echoed is encrypted. */
export function wecomCheck(target: CallbackTarget, echo: string, at = Date.now()): Promise<Response> {
  const echostr = encrypt(target.encodingAesKey, echo, target.receiverId);
  const params = signed(target, echostr, at);
  params.set('echostr', echostr);
  return fetch(`${target.url}?${params}`);
}
