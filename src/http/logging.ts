import type { FastifyRequest } from 'fastify';
import { stdSerializers } from 'pino';

export interface LoggingOptions {
  /** pino level; `silent` for none. */
  level: string;
  /** Standard output by default. */
  destination?: { write(line: string): void } | undefined;
}

/** The address as it may be logged: no query (tokens, tickets, search words), no tickets in the path. */
export function loggableUrl(url: string): string {
  // Also in addresses that no route knows: `/uploads/<ticket>/` is one, and its ticket is good.
  return url.replace(/[?#].*$/s, '').replace(/(\/(?:uploads?|pictures)\/+)[^/]+/gi, '$1[ticket]');
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

/** Logger options of the app: no credentials, no query strings, no addresses of people. */
export function loggerOptions({ level, destination }: LoggingOptions) {
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
      req: (request: FastifyRequest) => ({ method: request.method, url: loggableUrl(request.url) }),
    },
  };
}
