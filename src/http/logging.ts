import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { stdSerializers } from 'pino';

export interface LoggingOptions {
  /** pino level; `silent` for none. */
  level: string;
  /** Standard output by default. */
  destination?: { write(line: string): void } | undefined;
  /** Takes out what somebody may have put into an address. */
  mask?: ((text: string) => string) | undefined;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The address as it may be logged: no query (tokens, tickets, search words), no tickets in the path. */
export function loggableUrl(url: string, mask: LoggingOptions['mask'] = (text) => text): string {
  // Also in addresses that no route knows: `/uploads/<ticket>/` is one, and its ticket is good.
  const path = url.replace(/[?#].*$/s, '').replace(/(\/(?:uploads?|pictures|files)\/+)[^/]+/gi, '$1[ticket]');
  const masked = mask(decoded(path));
  return masked === decoded(path) ? path : masked;
}

/**
 * What is told of an error besides its message and stack. Nothing else: drivers put the customers' words that were
 * to be stored into their errors, and the SDK's dialogs all that a dialog knows.
 */
const TOLD = new Set(['code', 'constraint', 'operation', 'reason', 'status', 'statusCode']);

/** An error as it may be logged. */
function loggableError(error: Error) {
  const { type, message, stack, raw: _, ...more } = stdSerializers.err(error);
  const told = Object.entries(more).filter(([key, value]) => TOLD.has(key) && typeof value !== 'object');
  return { ...Object.fromEntries(told), type, message, stack };
}

/** Conversations in messaging apps are called by their customer: the same one is told by the same word, and no more. */
function loggableConversation(id: unknown): unknown {
  if (typeof id !== 'string' || !id.includes(':')) return id;
  const word = createHash('sha256').update(id).digest('base64url').slice(0, 12);
  return `${id.slice(0, id.indexOf(':'))}:#${word}`;
}

/** Logger options of the app: no credentials, no query strings, no addresses of people. */
export function loggerOptions({ level, destination, mask }: LoggingOptions) {
  return {
    level,
    ...(destination ? { stream: destination } : {}),
    redact: {
      paths: ['authorization', 'cookie', 'token', 'ticket', 'secret', 'password', 'text'].flatMap((key) => [
        key,
        `*.${key}`,
        `*.*.${key}`,
      ]),
      censor: '[redacted]',
    },
    serializers: {
      err: loggableError,
      conversationId: loggableConversation,
      req: (request: FastifyRequest) => ({ method: request.method, url: loggableUrl(request.url, mask) }),
    },
  };
}
