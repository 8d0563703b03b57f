import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Book } from './book.ts';
import { type Failures, failRequest } from './failures.ts';
import { sendError } from './reply.ts';

const unbindRequest = z.object({ cardId: z.string().min(1) });

/** What only a sandbox can do: move time and money along, and fail on demand. No part of the contract. */
export function addControlRoutes(
  app: FastifyInstance,
  book: Book,
  failures: Failures,
  reset: () => void,
): void {
  app.post('/sandbox/maintenance/end', async (_, reply) => {
    book.endMaintenance();
    return reply.code(204).send();
  });

  app.post<{ Params: { id: string } }>('/sandbox/customers/:id/settle', async (request, reply) => {
    if (book.settle(request.params.id)) return reply.code(204).send();
    return sendError(reply, 404, 'NOT_FOUND', 'no such customer');
  });

  app.post<{ Params: { id: string } }>('/sandbox/customers/:id/unbind', async (request, reply) => {
    const { cardId } = unbindRequest.parse(request.body);
    if (book.unbind(request.params.id, cardId)) return reply.code(204).send();
    return sendError(reply, 409, 'NOT_ELIGIBLE', 'this card cannot be unbound now');
  });

  app.post('/sandbox/reset', async (_, reply) => {
    reset();
    return reply.code(204).send();
  });

  app.post('/sandbox/fail', async (request, reply) => {
    failures.set(failRequest.parse(request.body));
    return reply.code(204).send();
  });
}
