import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { aesKeyOf, decrypt, encrypt } from './aes.ts';
import { isSigned, isTimely, signatureOf } from './signature.ts';

/** What callbacks of one account are checked with. */
export interface CallbackKeys {
  token: string;
  encodingAesKey: string;
  /** The key before the present one: what was sent while it is being changed is still read. */
  previousEncodingAesKey?: string | undefined;
  /** Seconds that a timestamp may be away from now; 0 = any. */
  windowSeconds: number;
}

/** Why a callback is not taken; safe to log and to count by. */
export type CallbackRefusal = 'malformed' | 'signature' | 'timestamp' | 'not-encrypted' | 'undecryptable';

export type Opened = { kind: 'opened'; text: string } | { kind: 'refused'; reason: CallbackRefusal };

export const refused = (reason: CallbackRefusal): Opened => ({ kind: 'refused', reason });

/** The query that comes with whatever is encrypted. */
export const encryptedQuery = z.object({
  msg_signature: z.string(),
  timestamp: z.string(),
  nonce: z.string(),
});

/** What was encrypted for `receiverId` and signed with the token. Any key of the account opens it. */
export function openEncrypted(
  keys: CallbackKeys,
  receiverId: string,
  query: unknown,
  encrypted: string,
  now: Date,
): Opened {
  const parsed = encryptedQuery.safeParse(query);
  if (!parsed.success) return refused('malformed');
  const { msg_signature, timestamp, nonce } = parsed.data;
  if (!isSigned(msg_signature, [keys.token, timestamp, nonce, encrypted])) return refused('signature');
  if (!isTimely(timestamp, now, keys.windowSeconds)) return refused('timestamp');
  for (const key of [keys.encodingAesKey, keys.previousEncodingAesKey]) {
    const text = key && decrypt(aesKeyOf(key), encrypted, receiverId);
    if (text !== undefined && text !== '') return { kind: 'opened', text };
  }
  return refused('undecryptable');
}

/** What answers an encrypted callback. */
export interface Sealed {
  encrypted: string;
  signature: string;
  timestamp: string;
  nonce: string;
}

/** Encrypts and signs an answer; `random` and `nonce` are for tests only. */
export function seal(
  keys: CallbackKeys,
  receiverId: string,
  text: string,
  now: Date,
  { random, nonce = randomBytes(8).toString('hex') }: { random?: Buffer; nonce?: string } = {},
): Sealed {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const encrypted = encrypt(aesKeyOf(keys.encodingAesKey), text, receiverId, random);
  return { encrypted, timestamp, nonce, signature: signatureOf(keys.token, timestamp, nonce, encrypted) };
}
