import cors from '@fastify/cors';
import multipart from '@fastify/multipart';
import websocket from '@fastify/websocket';
import type { FastifyError, FastifyInstance } from 'fastify';
import { MAX_UPLOAD_BYTES } from '../../domain/document.ts';
import { acceptedLocale } from '../../domain/locale.ts';
import { createAuth } from './auth.ts';
import { boundStore } from './bounded-store.ts';
import type { Context } from './context.ts';
import { fileRoutes } from './file-routes.ts';
import { createLimits, DEFAULT_LIMITS } from './limits.ts';
import type { DirectLineOptions } from './options.ts';
import { Refusal } from './refusal.ts';
import { restRoutes } from './routes.ts';
import { createSanitizer } from './sanitize.ts';
import { sessionRoutes } from './session-routes.ts';
import { streamRoute } from './stream.ts';
import { createTickets } from './tickets.ts';
import { tokenRoutes } from './token-routes.ts';
import { createTokens } from './tokens.ts';
import { uploadRoute } from './upload.ts';

export type { DirectLineOptions } from './options.ts';
export { createTokens, type Tokens } from './tokens.ts';

/** Where Direct Line lives; a client's `domain` is the server's origin and this. */
export const BASE_PATH = '/v3/directline';
const MAX_BODY_BYTES = 256 * 1024;
const DEFAULT_BOT = { id: 'unbind-assistant', name: '解绑助手' };

function contextOf(app: FastifyInstance, options: DirectLineOptions): Context {
  const { clock, memory, signingKey, secret } = options;
  const store = boundStore({ ...options.store, accept: options.accept }, options.storeTimeoutMs ?? 5000);
  const tokens = createTokens({ signingKey, clock });
  const limits = options.limits ?? DEFAULT_LIMITS;
  const bot = options.bot ?? DEFAULT_BOT;
  return {
    options,
    store,
    tokens,
    tickets: createTickets(memory),
    auth: createAuth({ secret, tokens, store }),
    checkLimits: createLimits({ limits, memory, clock, log: app.log }),
    sanitizer: createSanitizer(options.mask),
    basePath: BASE_PATH,
    viewer: (userId) => ({ userId, bot }),
  };
}

/** JSON only; starting a conversation may come with a JSON content type and no body at all. */
function parseBodies(app: FastifyInstance): void {
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') return done(null, undefined);
    return parseJson(request, body, done);
  });
}

function corsOptions({ allowedOrigins }: DirectLineOptions) {
  return {
    // A concrete origin always: `*` is refused by browsers for requests with credentials.
    origin: allowedOrigins.includes('*') ? true : allowedOrigins,
    credentials: true,
    methods: ['GET', 'POST', 'OPTIONS'],
    // The stock client 0.15.8 sends x-requested-with, too (from rxjs): without it no request leaves the page.
    allowedHeaders: [
      'authorization',
      'content-type',
      'content-disposition',
      'x-ms-bot-agent',
      'x-requested-with',
    ],
    exposedHeaders: ['Retry-After'],
    maxAge: 600,
    strictPreflight: false,
  };
}

async function shareHeaders(app: FastifyInstance, options: DirectLineOptions): Promise<void> {
  await app.register(cors, corsOptions(options));
  app.addHook('onSend', async (_request, reply) => {
    reply.header('Cache-Control', 'no-store');
  });
  app.setErrorHandler<FastifyError>(async (error, request) => {
    // What a client shows as it stands, in the language the client asks for.
    if (error instanceof Refusal && error.words)
      error.message = error.words(acceptedLocale(request.headers['accept-language']));
    throw error;
  });
  // Set here, in the same scope as CORS, so that a browser can read these answers too.
  app.setNotFoundHandler(() => {
    throw new Refusal(404, 'NotFound', 'There is nothing at this address.');
  });
}

/**
 * Direct Line 3.0 as a Fastify plugin: `app.register(directLine, options)`.
 * The app's error handler turns what it throws (`statusCode`, `code`, `expose`) into `{error: {code, message}}`.
 */
export async function directLine(app: FastifyInstance, options: DirectLineOptions): Promise<void> {
  if (!app.hasDecorator('websocketServer')) {
    await app.register(websocket, { options: { maxPayload: 64 * 1024 } });
  }

  await app.register(
    async (scope) => {
      await shareHeaders(scope, options);
      const context = contextOf(scope, options);
      scope.addHook('onRoute', (route) => {
        route.bodyLimit ??= MAX_BODY_BYTES;
      });
      parseBodies(scope);
      tokenRoutes(scope, context);
      restRoutes(scope, context);
      sessionRoutes(scope);
      fileRoutes(scope, context);
      streamRoute(scope, context);
      await scope.register(async (uploads) => {
        await uploads.register(multipart, {
          throwFileSizeLimit: false,
          limits: { fileSize: MAX_UPLOAD_BYTES },
        });
        uploadRoute(uploads, context);
      });
    },
    { prefix: BASE_PATH },
  );
  // Some clients ask at the root of the server.
  await app.register(async (scope) => {
    await scope.register(cors, corsOptions(options));
    sessionRoutes(scope);
  });
}
