import type { FastifyReply } from 'fastify';

/** Answers with the contract's error body. */
export function sendError(reply: FastifyReply, status: number, code: string, message: string): FastifyReply {
  return reply.code(status).send({ error: { code, message } });
}
