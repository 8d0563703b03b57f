import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { admit, type Context } from './context.ts';
import { Refusal } from './refusal.ts';
import { generateSchema, parseBody } from './schema.ts';

/** A conversation id: no `|`, which parts it from the sequence number in activity ids. */
export function newConversationId(): string {
  return randomUUID().replaceAll('-', '');
}

/** A user id for somebody who brings none; the prefix is what stock clients and the protocol ask for. */
export function newUserId(): string {
  return `dl_${randomUUID().replaceAll('-', '')}`;
}

/** `POST /tokens/generate` and `POST /tokens/refresh`. Neither starts the conversation nor needs the store. */
export function tokenRoutes(app: FastifyInstance, context: Context): void {
  app.post('/tokens/generate', async (request) => {
    const caller = await admit(context, request);
    if (caller.kind !== 'secret') throw new Refusal(403, 'SecretNeeded', 'Only the secret may make tokens.');
    const body = parseBody(generateSchema, request.body ?? {});
    const userId = body.user?.id ?? newUserId();
    if (!userId.startsWith('dl_')) throw new Refusal(400, 'BadArgument', 'user.id must start with "dl_".');
    return context.tokens.issue({
      conversationId: newConversationId(),
      userId,
      userName: body.user?.name && context.sanitizer.text(body.user.name),
      customerId: body.customerId,
      trustedOrigins: body.trustedOrigins,
    });
  });

  app.post('/tokens/refresh', async (request) => {
    const caller = await admit(context, request);
    if (caller.kind !== 'token') throw new Refusal(403, 'TokenNeeded', 'Only a token can be refreshed.');
    return context.tokens.issue(caller.grant);
  });
}
