import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

/** `GET /session/getsessionid`: asked for by stock clients when a bot wants somebody to sign in. */
export function sessionRoutes(app: FastifyInstance): void {
  app.get('/session/getsessionid', async (request, reply) => {
    const sessionId = randomUUID();
    // Sent from other sites, which browsers allow over https only.
    const site = request.protocol === 'https' ? 'SameSite=None; Secure' : 'SameSite=Lax';
    reply.header('Set-Cookie', `dl_session=${sessionId}; Path=/; HttpOnly; ${site}`);
    return { sessionId };
  });
}
