import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** A data key as it may be stored: useless without the key-encryption key named by `keyId`. */
export interface WrappedKey {
  keyId: string;
  /** base64 */
  wrapped: string;
}

/** Port of whoever holds the key-encryption keys: a local key, or a key management service. */
export interface KeyWrapper {
  wrap(dataKey: Buffer, context: string): Promise<WrappedKey>;
  /** Throws when the key was wrapped for another context, by an unknown key, or was changed. */
  unwrap(key: WrappedKey, context: string): Promise<Buffer>;
}

/** What a document's ciphertext is bound to; decrypting under any other fails. */
export interface DocumentIdentity {
  caseId: string;
  documentId: string;
  version: number;
}

/** Encrypts documents, each under its own key. Destroying the wrapped key destroys the document. */
export interface Vault {
  seal(plain: Uint8Array, identity: DocumentIdentity): Promise<{ sealed: Buffer; key: WrappedKey }>;
  /** Throws `VaultFault` when anything does not fit: bytes, key or identity. */
  unseal(sealed: Uint8Array, key: WrappedKey, identity: DocumentIdentity): Promise<Buffer>;
}

/** The stored bytes or key are not what was stored, or not this document's. Holds no secrets. */
export class VaultFault extends Error {
  override name = 'VaultFault';
}

/** How `seal` builds its bytes; older ones are told by their version. */
export const ENVELOPE_VERSION = 1;

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM: nonce, ciphertext, tag in one piece. */
function encrypt(key: Buffer, plain: Uint8Array, context: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(context));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Buffer, sealed: Uint8Array, context: string): Buffer {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  const tagAt = bytes.length - TAG_BYTES;
  if (tagAt < NONCE_BYTES) throw new VaultFault('sealed bytes are too short');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(bytes.subarray(tagAt));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, tagAt)), decipher.final()]);
  } catch (cause) {
    throw new VaultFault('sealed bytes do not fit their key or identity', { cause });
  }
}

/** Reads a key-encryption key from its setting; throws unless it is 32 bytes in base64. */
export function decodeKey(base64: string): Buffer {
  const key = Buffer.from(base64, 'base64');
  if (key.length !== KEY_BYTES) throw new Error(`a key must be ${KEY_BYTES} bytes in base64`);
  return key;
}

/** A key for another purpose, derived from a master key; the same label gives the same key. */
export function deriveKey(master: Buffer, label: string): Buffer {
  return Buffer.from(hkdfSync('sha256', master, '', `unbind-assistant:${label}`, KEY_BYTES));
}

const keyIdOf = (key: Buffer): string =>
  createHmac('sha256', key).update('key id').digest('hex').slice(0, 16);

/**
 * Wraps with a key from the configuration. After a change of key, `previous` still open what they
 * wrapped; the id stored beside each wrapped key tells which one it needs.
 */
export function localKeyWrapper(current: Buffer, previous: Buffer[] = []): KeyWrapper {
  const currentId = keyIdOf(current);
  const keys = new Map([...previous, current].map((key) => [keyIdOf(key), key]));
  return {
    async wrap(dataKey, context) {
      return { keyId: currentId, wrapped: encrypt(current, dataKey, context).toString('base64') };
    },
    async unwrap({ keyId, wrapped }, context) {
      const key = keys.get(keyId);
      if (!key) throw new VaultFault(`no key-encryption key with id ${keyId}`);
      return decrypt(key, Buffer.from(wrapped, 'base64'), context);
    },
  };
}

/** Envelope encryption: AES-256-GCM under a fresh key per document, which the wrapper wraps. */
export function createVault(wrapper: KeyWrapper): Vault {
  const contextOf = (identity: DocumentIdentity) =>
    JSON.stringify([identity.caseId, identity.documentId, identity.version]);
  return {
    async seal(plain, identity) {
      const context = contextOf(identity);
      const dataKey = randomBytes(KEY_BYTES);
      try {
        const key = await wrapper.wrap(dataKey, context);
        return { sealed: encrypt(dataKey, plain, context), key };
      } finally {
        dataKey.fill(0);
      }
    },
    async unseal(sealed, key, identity) {
      const context = contextOf(identity);
      const dataKey = await wrapper.unwrap(key, context);
      try {
        return decrypt(dataKey, sealed, context);
      } finally {
        dataKey.fill(0);
      }
    },
  };
}
