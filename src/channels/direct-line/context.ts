import type { FastifyRequest } from 'fastify';
import { saidBefore } from '../said-before.ts';
import type { Auth, Caller } from './auth.ts';
import type { DirectLineStore } from './bounded-store.ts';
import type { Sanitizers } from './decode.ts';
import type { Viewer } from './encode.ts';
import type { CheckLimits } from './limits.ts';
import type { DirectLineOptions } from './options.ts';
import { createSanitizer, type Sanitizer } from './sanitize.ts';
import type { Tickets } from './tickets.ts';
import type { Grant, Tokens } from './tokens.ts';

/** What all routes of the channel share. */
export interface Context {
  options: DirectLineOptions;
  store: DirectLineStore;
  auth: Auth;
  tokens: Tokens;
  tickets: Tickets;
  checkLimits: CheckLimits;
  sanitizer: Sanitizer;
  /** Path of the API on this server. */
  basePath: string;
  viewer(userId: string): Viewer;
}

/** Checks credentials, then limits. */
export async function admit(context: Context, request: FastifyRequest): Promise<Caller> {
  const caller = await context.auth.caller(request);
  await context.checkLimits(request, caller);
  return caller;
}

/** Whatever of a body is said: not looked at by a schema yet. */
function wordsIn(body: unknown): string[] {
  if (typeof body !== 'object' || body === null) return [];
  const { text, speak, summary, value } = body as Record<string, unknown>;
  return [text, speak, summary, value].filter((words) => typeof words === 'string');
}

/** What makes a body of this conversation safe to store. The log is read only for what may go on with it. */
export async function sanitizersFor(
  context: Context,
  conversationId: string,
  body: unknown,
): Promise<Sanitizers> {
  const { store, sanitizer: rest } = context;
  const { maskInTalk, clock } = context.options;
  const goesOn = wordsIn(body).some((words) => maskInTalk.asksBack(words));
  const before = goesOn ? await saidBefore(store, conversationId, clock) : [];
  return { said: createSanitizer((words) => maskInTalk.mask(words, before)), rest };
}

/** Address of a stream that starts after this sequence number, good for one connection within a minute. */
export async function streamUrl(
  context: Context,
  request: FastifyRequest,
  grant: Grant,
  afterSeq: number,
): Promise<string> {
  const { conversationId, userId, trustedOrigins } = grant;
  const ticket = await context.tickets.issue({ conversationId, userId, trustedOrigins });
  const scheme = request.protocol === 'https' ? 'wss' : 'ws';
  const query = new URLSearchParams({ watermark: String(afterSeq), t: ticket });
  return `${scheme}://${request.host}${context.basePath}/conversations/${conversationId}/stream?${query}`;
}
