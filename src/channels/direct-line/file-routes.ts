import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { headersFor } from '../../domain/chat-file.ts';
import { admit, type Context } from './context.ts';
import { Refusal } from './refusal.ts';
import { parseBody } from './schema.ts';
import { refusedText } from './texts.ts';

const bodySchema = z.object({ look: z.enum(['small', 'whole']).default('whole') });
const paramsSchema = z.object({ conversationId: z.string(), fileId: z.string() });

const gone = () => new Refusal(404, 'FileGone', refusedText('fileGone'));

/** Files that the desk has sent: an address for whoever has the conversation's token, and the file at it, once. */
export function fileRoutes(app: FastifyInstance, context: Context): void {
  const { forCustomer } = context.options.files;

  app.post('/conversations/:conversationId/files/:fileId/address', async (request) => {
    const { conversationId, fileId } = paramsSchema.parse(request.params);
    await context.auth.grantFor(await admit(context, request), conversationId);
    const { look } = parseBody(bodySchema, request.body ?? {});
    const address = await forCustomer.admit({ fileId, conversationId, look });
    if (address.kind === 'gone') throw gone();
    return { url: `${context.basePath}/files/${address.token}`, expiresAt: address.expiresAt };
  });

  // Somebody who only asks whether it is there must not use it up.
  app.get<{ Params: { token: string } }>(
    '/files/:token',
    { exposeHeadRoute: false },
    async (request, reply) => {
      const shown = await forCustomer.show(request.params.token);
      if (shown.kind === 'gone') throw gone();
      if (shown.kind === 'busy')
        throw new Refusal(503, 'Busy', refusedText('unavailable'), { retryAfterSeconds: 2 });
      // The page of a partner may show it; whoever has the address was given it.
      return reply
        .headers({ ...headersFor(shown), 'Cross-Origin-Resource-Policy': 'cross-origin' })
        .send(shown.bytes);
    },
  );
}
