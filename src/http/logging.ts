import type { FastifyRequest } from 'fastify';

export interface LoggingOptions {
  /** pino level; `silent` for none. */
  level: string;
  /** Standard output by default. */
  destination?: { write(line: string): void } | undefined;
}

/** The address as it may be logged: no query (tokens, tickets, search words), no tickets in the path. */
export function loggableUrl(url: string): string {
  return url.replace(/[?#].*$/s, '').replace(/^(\/upload\/)[^/]+/, '$1[ticket]');
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
      req: (request: FastifyRequest) => ({ method: request.method, url: loggableUrl(request.url) }),
    },
  };
}
