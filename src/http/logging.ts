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
  return url.replace(/[?#].*$/s, '').replace(/(\/uploads?\/+)[^/]+/gi, '$1[ticket]');
}

/** What database drivers put into their errors: the statement and the customers' words it was to store. */
const VALUES = new Set(['query', 'params', 'parameters', 'queryOptions', 'detail', 'where', 'internalQuery']);

/** An error as it may be logged. */
function loggableError(error: Error) {
  const { type, message, stack, raw: _, ...more } = stdSerializers.err(error);
  const told = Object.entries(more).filter(([key]) => !VALUES.has(key));
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
