import type { FastifyReply } from 'fastify';
import { z } from 'zod';

/** How the sandbox can be made to fail. */
export const FAIL_MODES = ['none', 'error', 'nonsense', 'hang', 'truncate'] as const;
export type FailMode = (typeof FAIL_MODES)[number];

/** Body of `POST /sandbox/fail`; without `customer` it holds for every call. */
export const failRequest = z.object({ mode: z.enum(FAIL_MODES), customer: z.string().min(1).optional() });
export type FailRequest = z.infer<typeof failRequest>;

const EVERYBODY = '*';

/** Which calls are to fail, and how. Not kept over a restart. */
export class Failures {
  readonly #modes = new Map<string, FailMode>();

  /** `none` without a customer ends all failures. */
  set({ mode, customer }: FailRequest): void {
    if (mode === 'none' && customer === undefined) this.#modes.clear();
    else if (mode === 'none') this.#modes.delete(customer ?? EVERYBODY);
    else this.#modes.set(customer ?? EVERYBODY, mode);
  }

  modeFor(customer: string | undefined): FailMode {
    const own = customer === undefined ? undefined : this.#modes.get(customer);
    return own ?? this.#modes.get(EVERYBODY) ?? 'none';
  }
}

/** Answers as a broken platform would. */
export function failAs(mode: Exclude<FailMode, 'none'>, reply: FastifyReply): FastifyReply {
  switch (mode) {
    case 'error':
      return reply.code(500).send({ error: { code: 'INTERNAL', message: 'please try again later' } });
    case 'nonsense':
      return reply.send({ eligible: 'perhaps', cards: 7 });
    case 'hang':
      // The socket stays open until the caller gives up or the sandbox closes.
      return reply.hijack();
    case 'truncate':
      reply.hijack();
      reply.raw.writeHead(200, { 'content-type': 'application/json', 'content-length': '512' });
      reply.raw.write('{"cards":[', () => reply.raw.destroy());
      return reply;
  }
}
