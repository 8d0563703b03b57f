import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { reviewDecisionBody } from '../schemas.ts';
import type { Book } from './book.ts';
import { IDENTITY_LINKS, SILENT_CUSTOMER } from './customers.ts';
import { type Failures, failAs } from './failures.ts';
import { sendError } from './reply.ts';

const idempotencyKey = z.string().min(1).max(255);

/** The paths of openapi.yaml. */
export function addContractRoutes(app: FastifyInstance, book: Book, failures: Failures): void {
  const orNotFound = (reply: FastifyReply, value: object | undefined) =>
    value ? reply.send(value) : sendError(reply, 404, 'NOT_FOUND', 'no such customer, card or link');

  app.register(async (v1) => {
    v1.addHook('preHandler', async (request, reply) => {
      const customer = customerOf(request);
      const mode = customer === SILENT_CUSTOMER ? 'hang' : failures.modeFor(customer);
      if (mode !== 'none') return failAs(mode, reply);
    });

    v1.get<ByCustomer>('/v1/customers/:customerId', async (request, reply) =>
      orNotFound(reply, book.account(request.params.customerId)?.customer),
    );
    v1.get<ByCustomer>('/v1/customers/:customerId/cards', async (request, reply) => {
      const cards = book.account(request.params.customerId)?.cards.map((entry) => entry.card);
      return orNotFound(reply, cards && { cards });
    });
    v1.get<ByCard>('/v1/customers/:customerId/cards/:cardId/unbind-eligibility', async ({ params }, reply) =>
      orNotFound(reply, book.eligibility(params.customerId, params.cardId)),
    );
    v1.get<ByCustomer>('/v1/customers/:customerId/unbind-requests', async (request, reply) => {
      const unbindRequests = book.account(request.params.customerId)?.unbindRequests;
      return orNotFound(reply, unbindRequests && { unbindRequests });
    });
    v1.get('/v1/announcements', async () => ({ announcements: book.announcements() }));
    v1.get<ByLink>('/v1/identity-links/:channel/:externalId', async ({ params }, reply) => {
      const customerId = IDENTITY_LINKS.get(`${params.channel}/${params.externalId}`);
      return orNotFound(reply, customerId && { customerId });
    });

    v1.post('/v1/review-decisions', async (request, reply) => {
      const key = idempotencyKey.parse(request.headers['idempotency-key']);
      const outcome = book.decide(reviewDecisionBody.parse(request.body), key);
      switch (outcome.kind) {
        case 'taken':
          return reply.send(outcome.receipt);
        case 'no-customer':
          return orNotFound(reply, undefined);
        case 'key-reused':
          return sendError(reply, 409, 'IDEMPOTENCY_KEY_REUSED', 'key was used with another body');
      }
    });
  });
}

interface ByCustomer {
  Params: { customerId: string };
}
interface ByCard {
  Params: { customerId: string; cardId: string };
}
interface ByLink {
  Params: { channel: string; externalId: string };
}

const named = z.object({ customerId: z.string() });

/** Whom a call is about, from its path or its body. */
function customerOf(request: FastifyRequest): string | undefined {
  return named.safeParse(request.params).data?.customerId ?? named.safeParse(request.body).data?.customerId;
}
