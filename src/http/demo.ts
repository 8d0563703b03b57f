import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

/** A sandbox customer as the picker shows it. */
export const demoCustomerSchema = z.object({
  id: z.string().min(1),
  /** What is the matter with this customer's card, in Chinese. */
  title: z.string().min(1),
});
export type DemoCustomer = z.infer<typeof demoCustomerSchema>;

export interface DemoOptions {
  customers: DemoCustomer[];
  /** Makes a Direct Line token. */
  issue(grant: {
    conversationId: string;
    userId: string;
    customerId?: string | undefined;
  }): Promise<{ token: string; expires_in: number }>;
}

const querySchema = z.object({ customer: z.string().max(100).optional() });

/**
 * `GET /demo/token?customer=<id>` and `GET /demo/customers`. They let anybody be any of these customers, so they
 * are registered in demo mode only.
 */
export function addDemo(app: FastifyInstance, options: DemoOptions): void {
  const customers = z.array(demoCustomerSchema).parse(options.customers);
  const plainId = () => randomUUID().replaceAll('-', '');

  app.get('/demo/customers', async () => ({ customers }));

  app.get('/demo/token', async (request, reply) => {
    const { customer } = querySchema.parse(request.query);
    reply.header('Cache-Control', 'no-store');
    if (customer && !customers.some(({ id }) => id === customer)) {
      const known = customers.map(({ id }) => id).join(', ');
      const message = `There is no such sandbox customer. There are: ${known}.`;
      return reply.code(404).send({ error: { code: 'UnknownCustomer', message } });
    }
    const grant = { conversationId: plainId(), userId: `dl_${plainId()}`, customerId: customer || undefined };
    const { token, expires_in } = await options.issue(grant);
    return { token, conversationId: grant.conversationId, userId: grant.userId, expires_in };
  });
}
