import { z } from 'zod';
import type { WechatAccount } from '../accounts.ts';
import { type CallbackKeys, type Opened, openEncrypted, refused, seal } from '../tencent/callback.ts';
import { cdata, MAX_CALLBACK_BYTES, parseXml } from '../tencent/xml.ts';
import { queryFault } from './signature.ts';

const envelope = z.object({ Encrypt: z.string().min(1) });

function jsonIn(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Mini programs may be set to JSON. */
const isJson = (body: string) => body.trimStart().startsWith('{');

/**
 * The message in a callback's body, checked as the account is configured: XML or JSON as text, still to be decoded.
 * An account with a key takes nothing that is not encrypted, and of a body that holds both, what was encrypted: the
 * signature says nothing about the rest.
 */
export function openCallback(account: WechatAccount, query: unknown, body: string, now: Date): Opened {
  if (Buffer.byteLength(body) > MAX_CALLBACK_BYTES) return refused('malformed');
  const outer = isJson(body) ? jsonIn(body) : parseXml(body);
  if (typeof outer !== 'object' || outer === null) return refused('malformed');
  if (account.mode === 'plain') {
    const fault = queryFault(account, query, now);
    return fault ? refused(fault) : { kind: 'opened', text: body };
  }
  const parsed = envelope.safeParse(outer);
  if (!parsed.success) return refused('not-encrypted');
  return openEncrypted(account.keys, account.appId, query, parsed.data.Encrypt, now);
}

/** The answer to an encrypted callback, where it is more than `success`. */
export function sealReply(
  { keys, appId }: { keys: CallbackKeys; appId: string },
  xml: string,
  now: Date,
): string {
  const { encrypted, signature, timestamp, nonce } = seal(keys, appId, xml, now);
  return [
    '<xml>',
    `<Encrypt>${cdata(encrypted)}</Encrypt>`,
    `<MsgSignature>${cdata(signature)}</MsgSignature>`,
    `<TimeStamp>${timestamp}</TimeStamp>`,
    `<Nonce>${cdata(nonce)}</Nonce>`,
    '</xml>',
  ].join('');
}
