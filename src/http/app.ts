import helmet from '@fastify/helmet';
import websocket from '@fastify/websocket';
import Fastify, { type FastifyInstance } from 'fastify';
import { addDemo, type DemoOptions } from './demo.ts';
import { answerErrors, handleError } from './errors.ts';
import { addHealth, type HealthOptions } from './health.ts';
import { type LoggingOptions, loggerOptions } from './logging.ts';
import { contentSecurityPolicy, pages } from './pages.ts';

export interface AppOptions {
  logging: LoggingOptions;
  health: HealthOptions;
  /** How many proxies stand in front; the addresses that they add to X-Forwarded-For are believed. */
  proxyHops?: number | undefined;
  web?: { root: string; frameAncestors: string[] } | undefined;
  /** Present in demo mode only. */
  demo?: DemoOptions | undefined;
}

const SOCKET_CLOSE_MS = 2000;
const GOING_AWAY = 1001;

/** Clients come back by themselves and go on from their watermark; they need to be told, though. */
async function closeSockets(this: FastifyInstance): Promise<void> {
  const { websocketServer } = this;
  const { clients } = websocketServer;
  const closed = new Promise<void>((resolve) => websocketServer.close(() => resolve()));
  for (const client of clients) client.close(GOING_AWAY, 'server restarts');
  const stragglers = setTimeout(() => {
    for (const client of clients) client.terminate();
  }, SOCKET_CLOSE_MS);
  await closed;
  clearTimeout(stragglers);
}

function protect(app: FastifyInstance): void {
  app.register(helmet, {
    contentSecurityPolicy: false,
    // Loader and widget are used on other sites, frames are ruled by frame-ancestors.
    crossOriginResourcePolicy: { policy: 'cross-origin' },
    frameguard: false,
  });
  const policy = contentSecurityPolicy([]);
  app.addHook('onSend', async (_request, reply) => {
    if (!reply.hasHeader('content-security-policy')) reply.header('Content-Security-Policy', policy);
  });
}

/**
 * The HTTP server with what all its routes share: log, errors, security headers, sockets, health, pages.
 * Register the parts' plugins on it, then `listen`. Closing it ends the sockets with 1001 first.
 */
export function buildApp(options: AppOptions): FastifyInstance {
  const app = Fastify({
    logger: loggerOptions(options.logging),
    trustProxy: (_address, hop) => hop < (options.proxyHops ?? 0),
    // For routes that set none.
    bodyLimit: 1024 * 1024,
    // A request has to be here as a whole within this time; slow uploads need the most.
    requestTimeout: 120_000,
    frameworkErrors: handleError,
    // While it closes, requests on open connections are answered as always: a 503 is final for stock clients.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 2048 },
  });
  answerErrors(app);
  protect(app);
  app.register(websocket, { options: { maxPayload: 64 * 1024 }, preClose: closeSockets });
  addHealth(app, options.health);
  const { demo, web } = options;
  if (demo) app.register(async (scope) => addDemo(scope, demo));
  if (web) {
    app.register(async (scope) =>
      pages(scope, { webRoot: web.root, frameAncestors: web.frameAncestors, demo: demo !== undefined }),
    );
  }
  return app;
}
