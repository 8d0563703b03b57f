import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const KEY_BYTES = 32;
/** PKCS#7 pads to this, not to the 16 of AES itself. */
const BLOCK_BYTES = 32;
const RANDOM_BYTES = 16;
const LENGTH_BYTES = 4;

/** An EncodingAESKey as the platform shows it. */
export const ENCODING_AES_KEY = /^[A-Za-z0-9]{43}$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The AES key that is written as an EncodingAESKey. Throws when it is none. */
export function aesKeyOf(encodingAesKey: string): Buffer {
  if (!ENCODING_AES_KEY.test(encodingAesKey))
    throw new TypeError('an EncodingAESKey has 43 letters and digits');
  return Buffer.from(`${encodingAesKey}=`, 'base64').subarray(0, KEY_BYTES);
}

const ivOf = (key: Buffer) => key.subarray(0, 16);

/** Encrypts for a receiver (app id or corp id); `random` is for tests only. */
export function encrypt(
  key: Buffer,
  text: string,
  receiverId: string,
  random: Buffer = randomBytes(RANDOM_BYTES),
): string {
  const message = Buffer.from(text);
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(message.length);
  const plain = Buffer.concat([random, length, message, Buffer.from(receiverId)]);
  const missing = BLOCK_BYTES - (plain.length % BLOCK_BYTES);
  const cipher = createCipheriv('aes-256-cbc', key, ivOf(key)).setAutoPadding(false);
  return Buffer.concat([
    cipher.update(plain),
    cipher.update(Buffer.alloc(missing, missing)),
    cipher.final(),
  ]).toString('base64');
}

function withoutPadding(padded: Buffer): Buffer | undefined {
  const missing = padded.at(-1) ?? 0;
  if (missing < 1 || missing > BLOCK_BYTES || missing > padded.length) return undefined;
  const end = padded.length - missing;
  return padded.subarray(end).every((byte) => byte === missing) ? padded.subarray(0, end) : undefined;
}

function textOf(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * The text that was encrypted for this receiver with this key; undefined for anything else, whatever is wrong with it:
 * who is told apart what can make use of it.
 */
export function decrypt(key: Buffer, encrypted: string, receiverId: string): string | undefined {
  if (!BASE64.test(encrypted)) return undefined;
  const bytes = Buffer.from(encrypted, 'base64');
  if (bytes.length === 0 || bytes.length % BLOCK_BYTES !== 0) return undefined;
  const decipher = createDecipheriv('aes-256-cbc', key, ivOf(key)).setAutoPadding(false);
  const plain = withoutPadding(Buffer.concat([decipher.update(bytes), decipher.final()]));
  if (!plain || plain.length < RANDOM_BYTES + LENGTH_BYTES) return undefined;
  const begin = RANDOM_BYTES + LENGTH_BYTES;
  const end = begin + plain.readUInt32BE(RANDOM_BYTES);
  if (end > plain.length) return undefined;
  if (!plain.subarray(end).equals(Buffer.from(receiverId))) return undefined;
  return textOf(plain.subarray(begin, end));
}
