import { createHash, timingSafeEqual } from 'node:crypto';
import Fastify, { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type Clock, systemClock } from '../../domain/clock.ts';
import type { PlatformLog } from '../client.ts';
import { Book } from './book.ts';
import { addContractRoutes } from './contract-routes.ts';
import { addControlRoutes } from './control-routes.ts';
import { EventSender, type EventTarget } from './events.ts';
import { type FailRequest, Failures } from './failures.ts';
import { sendError } from './reply.ts';
import { type Restored, StateFile } from './state.ts';

export interface SandboxOptions {
  /** 0 = any free port. */
  port?: number;
  host?: string;
  /** The bearer token that every call must carry, those to `/sandbox` too. */
  token: string;
  clock?: Clock;
  /** Keeps what happened over a restart; its directory is made. Without it all is forgotten. */
  stateFile?: string;
  log?: PlatformLog;
}

export interface Sandbox {
  /** `http://127.0.0.1:41234`, to be given to the client as its base URL. */
  url: string;
  restored: Restored;
  /** The control routes, from inside the process. */
  endMaintenance(): void;
  settle(customerId: string): boolean;
  unbind(customerId: string, cardId: string): boolean;
  fail(request: FailRequest): void;
  /** From now on what happens is reported there, as the webhook of openapi.yaml says. */
  sendEventsTo(target: EventTarget): void;
  reset(): void;
  close(): Promise<void>;
}

/** Starts a stateful stand-in for the account API that answers as openapi.yaml says. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { port = 0, host = '127.0.0.1', clock = systemClock, log } = options;
  const file = new StateFile(options.stateFile);
  if (file.restored === 'reset') log?.warn({}, 'sandbox state was unreadable; started afresh');
  const events = new EventSender(clock, log);
  const book = new Book(file, clock, (happened) => events.send(happened));
  const failures = new Failures();

  const app = Fastify({ forceCloseConnections: true, bodyLimit: 64 * 1024 });
  requireToken(app, options.token);
  answerErrors(app, log);
  addContractRoutes(app, book, failures);
  const reset = () => {
    failures.set({ mode: 'none' });
    book.reset();
  };
  addControlRoutes(app, book, failures, reset);
  const url = await app.listen({ port, host });

  return {
    url,
    restored: file.restored,
    endMaintenance: () => book.endMaintenance(),
    settle: (customerId) => book.settle(customerId),
    unbind: (customerId, cardId) => book.unbind(customerId, cardId),
    fail: (request) => failures.set(request),
    reset,
    sendEventsTo: (target) => events.sendTo(target),
    async close() {
      await events.close();
      await app.close();
    },
  };
}

function requireToken(app: FastifyInstance, token: string): void {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const expected = digest(`Bearer ${token}`);
  app.addHook('onRequest', async (request, reply) => {
    if (timingSafeEqual(digest(request.headers.authorization ?? ''), expected)) return;
    return sendError(reply, 401, 'UNAUTHORIZED', 'unknown token');
  });
}

function answerErrors(app: FastifyInstance, log: PlatformLog | undefined): void {
  app.setNotFoundHandler((_, reply) => sendError(reply, 404, 'NOT_FOUND', 'no such path'));
  app.setErrorHandler((error: unknown, _, reply) => {
    const isBadRequest =
      error instanceof z.ZodError ||
      (error instanceof Error &&
        'statusCode' in error &&
        Number(error.statusCode) >= 400 &&
        Number(error.statusCode) < 500);
    if (isBadRequest) return sendError(reply, 400, 'INVALID_REQUEST', 'the request breaks the contract');
    log?.warn({ err: error }, 'sandbox call failed');
    return sendError(reply, 500, 'INTERNAL', 'please try again later');
  });
}
