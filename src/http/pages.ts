import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';

export interface PagesOptions {
  /** Directory that Vite has built: `widget.js`, `widget/index.html`, `index.html`, `assets/`. */
  webRoot: string;
  /** Origins whose pages may show the widget in a frame. */
  frameAncestors: string[];
  /** Whether `/` shows the demo shop. */
  demo: boolean;
}

const REVALIDATE = 'no-cache';

/** What pages of this server may load and who may frame them. */
export function contentSecurityPolicy(frameAncestors: string[]): string {
  return [
    "default-src 'self'",
    "script-src 'self'",
    // Component libraries write style elements.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "connect-src 'self' ws: wss:",
    "frame-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    `frame-ancestors ${["'self'", ...frameAncestors].join(' ')}`,
  ].join('; ');
}

/**
 * The pages that customers meet. Adds `reply.sendFile(path)` over the whole of `webRoot` for the pages of others.
 * Routes are named one by one: a catch-all would answer WebSocket upgrades to addresses that do not exist.
 */
export async function pages(app: FastifyInstance, options: PagesOptions): Promise<void> {
  // The app is answered by the reply's own headers, so that files do not undo them.
  await app.register(fastifyStatic, { root: options.webRoot, serve: false, cacheControl: false });

  const widgetPage = (_request: unknown, reply: FastifyReply) =>
    reply
      .header('Cache-Control', REVALIDATE)
      .header('Content-Security-Policy', contentSecurityPolicy(options.frameAncestors))
      .sendFile('widget/index.html');
  app.get('/widget/', widgetPage);
  app.get('/widget', (_request, reply) => reply.redirect('/widget/', 308));

  app.get('/widget.js', (_request, reply) =>
    // Its name never changes, so it has to be asked for again soon.
    reply.header('Cache-Control', 'public, max-age=300').sendFile('widget.js'),
  );
  app.get<{ Params: { '*': string } }>('/assets/*', (request, reply) =>
    // Their names hold a hash of the content.
    reply
      .header('Cache-Control', 'public, max-age=31536000, immutable')
      .sendFile(`assets/${request.params['*']}`),
  );
  app.get('/console', (_request, reply) => reply.redirect('/console/', 308));
  app.get('/console/', (_request, reply) =>
    reply
      .header('Cache-Control', REVALIDATE)
      // Nobody shows the desk inside another page.
      .header(
        'Content-Security-Policy',
        contentSecurityPolicy([]).replace("ancestors 'self'", "ancestors 'none'"),
      )
      .sendFile('console/index.html'),
  );
  app.get<{ Params: { '*': string } }>('/console/assets/*', (request, reply) =>
    reply
      .header('Cache-Control', 'public, max-age=31536000, immutable')
      .sendFile(`console/assets/${request.params['*']}`),
  );
  if (!options.demo) return;
  app.get('/', (_request, reply) => reply.header('Cache-Control', REVALIDATE).sendFile('index.html'));
}
