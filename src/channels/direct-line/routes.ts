import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { NewActivity } from '../../conversation/store.ts';
import { READ_EVENT } from '../../domain/handoff.ts';
import { REFERENCE_LOCALE } from '../../domain/locale.ts';
import { unknownConversation } from './auth.ts';
import { StoreUnreachable } from './bounded-store.ts';
import { admit, type Context, sanitizersFor, streamUrl } from './context.ts';
import { decodeActivity } from './decode.ts';
import { readHistory, seqOfWatermark } from './history.ts';
import { Refusal } from './refusal.ts';
import { parseBody, startSchema } from './schema.ts';
import { newConversationId, newUserId } from './token-routes.ts';
import type { Grant } from './tokens.ts';

const paramsSchema = z.object({ conversationId: z.string() });
const querySchema = z.object({ watermark: z.string().optional().catch(undefined) });

const conversationIdOf = (request: FastifyRequest) => paramsSchema.parse(request.params).conversationId;
/** Undefined when the query has none; the empty string is "nothing seen yet". */
const watermarkOf = (request: FastifyRequest) => querySchema.parse(request.query).watermark;

/**
 * An overloaded or unreachable store at the start is told as 429: stock clients take any other 4xx and 5xx for
 * final and show "cannot connect" for good, while they try again after a 429, every 20 s for a quarter of an hour.
 */
function asTryAgain(error: unknown): unknown {
  if (!(error instanceof StoreUnreachable)) return error;
  return new Refusal(429, 'ServerBusy', error.words ?? error.message, {
    retryAfterSeconds: 20,
    cause: error,
  });
}

/** The one conversationUpdate by which the bot greets. */
function conversationUpdate(grant: Grant, bot: { id: string; name: string }, locale: string): NewActivity {
  const user = { id: grant.userId, name: grant.userName ?? '', role: 'user' };
  return {
    type: 'conversationUpdate',
    from: user,
    recipient: { ...bot, role: 'bot' },
    membersAdded: [bot, user],
    channelId: 'directline',
    locale,
  };
}

async function start(context: Context, grant: Grant, locale: string): Promise<{ created: boolean }> {
  const { store } = context;
  const { created } = await store.open({
    id: grant.conversationId,
    channel: 'directline',
    userId: grant.userId,
    customerId: grant.customerId,
    locale,
  });
  // Also when it was there but empty: a process may have died between the two steps.
  if (!created && (await store.find(grant.conversationId))?.lastSeq !== 0) return { created };
  const activity = conversationUpdate(grant, context.viewer(grant.userId).bot, locale);
  await store.accept(grant.conversationId, { origin: 'system', activity, dedupeKey: 'start' });
  return { created };
}

function conversationRoutes(app: FastifyInstance, context: Context): void {
  app.post('/conversations', async (request, reply) => {
    try {
      const caller = await admit(context, request);
      const body = parseBody(startSchema, request.body ?? {});
      const grant: Grant =
        caller.kind === 'token'
          ? caller.grant
          : { conversationId: newConversationId(), userId: body.user?.id ?? newUserId() };
      const { created } = await start(context, grant, body.locale ?? REFERENCE_LOCALE);
      const issued = await context.tokens.issue(grant);
      // From the first entry on, so that nothing said between this answer and the socket is lost.
      return reply
        .code(created ? 201 : 200)
        .send({ ...issued, streamUrl: await streamUrl(context, request, grant, 0) });
    } catch (error) {
      throw asTryAgain(error);
    }
  });

  app.get('/conversations/:conversationId', async (request) => {
    const id = conversationIdOf(request);
    const grant = await context.auth.grantFor(await admit(context, request), id);
    const found = await context.store.find(id);
    if (!found) throw unknownConversation();
    const watermark = watermarkOf(request);
    // Ahead of the log is who saw entries that a failover without awaited replicas has lost.
    const afterSeq =
      watermark === undefined ? found.lastSeq : Math.min(seqOfWatermark(watermark), found.lastSeq);
    const issued = await context.tokens.issue(grant);
    return { ...issued, streamUrl: await streamUrl(context, request, grant, afterSeq) };
  });
}

function activityRoutes(app: FastifyInstance, context: Context): void {
  const { auth, store } = context;

  app.get('/conversations/:conversationId/activities', async (request) => {
    const id = conversationIdOf(request);
    const watermark = watermarkOf(request);
    try {
      const grant = await auth.grantFor(await auth.caller(request), id);
      const afterSeq = seqOfWatermark(watermark);
      const set = await readHistory(store, id, context.viewer(grant.userId), afterSeq).next();
      // A conversation has its conversationUpdate at least, so only an unknown one is empty.
      if (set.watermark === '0' && !(await store.find(id))) throw unknownConversation();
      return set;
    } catch (error) {
      if (!(error instanceof StoreUnreachable)) throw error;
      // After an error status stock clients never poll again, so a store that is away looks like silence.
      request.log.warn({ err: error }, 'the log could not be read for a poll');
      return { activities: [], watermark: watermark || '0' };
    }
  });

  app.post('/conversations/:conversationId/activities', async (request) => {
    const id = conversationIdOf(request);
    const grant = await auth.grantFor(await admit(context, request), id);
    const sanitizers = await sanitizersFor(context, id, request.body);
    const { activity, clientActivityId } = decodeActivity(request.body, grant, sanitizers);
    if (activity.type === 'typing' || (activity.type === 'event' && activity.name === READ_EVENT)) {
      await store.pass(id, activity);
      return { id: `${id}|passed` };
    }
    const dedupeKey = clientActivityId === undefined ? undefined : `client:${clientActivityId}`;
    const accepted = await store.accept(id, { origin: 'customer', activity, dedupeKey });
    if (accepted.kind === 'unknown-conversation') throw unknownConversation();
    return { id: accepted.entry.activity.id };
  });
}

/** Conversations and their activities. */
export function restRoutes(app: FastifyInstance, context: Context): void {
  conversationRoutes(app, context);
  activityRoutes(app, context);
}
