import { createHash, createHmac } from 'node:crypto';

/** Path that files are posted to; the ticket follows. */
export const UPLOAD_PATH = '/uploads/';

const SECRET = /^[A-Za-z0-9_-]{43}$/;

/** Makes and checks upload tickets. Only their hash is stored; the key lets the same one be issued again. */
export interface Tickets {
  /** The 256-bit secret of a ticket's id. */
  secretOf(ticketId: string): string;
  /** The hash a secret is found by, or `undefined` if it cannot be one. */
  hashOf(secret: string): string | undefined;
}

/** Tickets under a 32-byte key that nothing else uses. */
export function createTickets(key: Buffer): Tickets {
  return {
    secretOf: (ticketId) => createHmac('sha256', key).update(`ticket:${ticketId}`).digest('base64url'),
    // Looked up by hash, so that the time of a lookup says nothing about the secrets that exist.
    hashOf: (secret) => (SECRET.test(secret) ? createHash('sha256').update(secret).digest('hex') : undefined),
  };
}
