import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { HeldCase, ReviewDesk } from '../cases/index.ts';
import type { Pictures, ViewMode } from '../documents/pictures.ts';
import type { Lookup, Platform } from '../domain/platform.ts';
import { actorOf } from './access.ts';
import { Refusal } from './refusal.ts';
import { refusalOf } from './review-refusal.ts';
import { account, oneCase, oneDocument, pictureAddress, plainBody } from './shapes-review.ts';

export interface PictureRoutesOptions {
  desk: ReviewDesk;
  pictures: Pictures;
  platform: Pick<Platform, 'customer' | 'cards' | 'eligibility'>;
}

const GONE = new Refusal(404, 'PictureGone', 'This address has been used or is over. Ask for a new one.');

function blank(lookup: Lookup<unknown>): { kind: 'not-found' | 'unavailable' } {
  return { kind: lookup.kind === 'unavailable' ? 'unavailable' : 'not-found' };
}

/** What the platform shows of the customer and the card that the case is about. */
async function factsOf(
  platform: PictureRoutesOptions['platform'],
  { customerId, cardLast4 }: HeldCase,
): Promise<z.infer<typeof account>> {
  const nobody = { kind: 'not-found' } as const;
  if (customerId === null) return { customer: nobody, cards: nobody, blockers: nobody };
  const [customer, cards] = await Promise.all([platform.customer(customerId), platform.cards(customerId)]);
  const known = cards.kind === 'found' ? cards.value : [];
  const own = known.filter(({ last4 }) => last4 === cardLast4);
  const [only] = own.length === 1 ? own : [];
  const eligibility = only ? await platform.eligibility(customerId, only.id) : nobody;
  return {
    customer:
      customer.kind === 'found'
        ? {
            kind: 'found',
            nameMasked: customer.value.nameMasked,
            phoneMasked: customer.value.phoneMasked ?? null,
            identityVerified: customer.value.identityVerified,
          }
        : blank(customer),
    cards:
      cards.kind === 'found'
        ? {
            kind: 'found',
            cards: known.map(({ bank, last4, type, status, boundAt }) => ({
              ...{ bank, last4, type, status, boundAt, ofCase: last4 === cardLast4 },
            })),
          }
        : blank(cards),
    blockers:
      eligibility.kind === 'found'
        ? { kind: 'found', codes: eligibility.value.blockers.map(({ code }) => code) }
        : blank(eligibility),
  };
}

/** What lies side by side at the desk: pictures and masked account, both for the holder of the case only. */
export const pictureRoutes: FastifyPluginAsyncZod<PictureRoutesOptions> = async (app, options) => {
  const { desk, pictures, platform } = options;

  async function heldCase(request: FastifyRequest, number: string): Promise<HeldCase> {
    const held = await desk.held(number, actorOf(request));
    if (held.kind === 'held-here') return held;
    throw refusalOf(held);
  }

  async function admit(request: FastifyRequest, of: z.infer<typeof oneDocument>, mode: ViewMode) {
    const { caseId } = await heldCase(request, of.number);
    const sessionId = request.staffSession?.id ?? '';
    const admission = await pictures.admit({ documentId: of.documentId, caseId, sessionId, ...mode });
    switch (admission.kind) {
      case 'admitted': {
        const { token, expiresAt } = admission;
        return { url: `${app.prefix}/review/pictures/${token}`, expiresAt };
      }
      case 'not-found':
        throw new Refusal(404, 'NotFound', 'The case has no such document.');
      case 'purged':
        throw new Refusal(410, 'Purged', 'This picture has been destroyed.');
    }
  }

  app.get(
    '/review/cases/:number/account',
    {
      config: { access: 'review' },
      schema: { summary: 'The account, masked', params: oneCase, response: { 200: account } },
    },
    async (request) => factsOf(platform, await heldCase(request, request.params.number)),
  );

  app.post(
    '/review/cases/:number/documents/:documentId/views',
    {
      config: { access: 'review' },
      schema: {
        summary: 'An address for one look at the masked picture',
        params: oneDocument,
        response: { 200: pictureAddress },
      },
    },
    async (request) => admit(request, request.params, { mode: 'masked' }),
  );

  app.post(
    '/review/cases/:number/documents/:documentId/plain-views',
    {
      config: { access: 'review', stepUp: true },
      schema: {
        summary: 'An address for one look at the plain picture, for a purpose',
        params: oneDocument,
        body: plainBody,
        response: { 200: pictureAddress },
      },
    },
    async (request) => admit(request, request.params, { mode: 'plain', purpose: request.body.purpose }),
  );

  app.get(
    '/review/pictures/:token',
    {
      config: { access: 'review' },
      exposeHeadRoute: false,
      schema: {
        summary: 'The picture (image/jpeg), once, for the session that asked, within a minute',
        params: z.object({ token: z.string().max(100) }),
      },
    },
    async (request, reply) => {
      const viewer = { sessionId: request.staffSession?.id ?? '', actor: actorOf(request) };
      const shown = await pictures.show(request.params.token, viewer);
      if (shown.kind === 'gone') throw GONE;
      if (shown.kind === 'busy')
        throw new Refusal(503, 'Busy', 'Too many pictures are being drawn. Please ask again.', 2);
      return reply
        .type('image/jpeg')
        .header('Content-Disposition', 'inline')
        .header('X-Content-Type-Options', 'nosniff')
        .header('Cross-Origin-Resource-Policy', 'same-origin')
        .header('Referrer-Policy', 'no-referrer')
        .send(shown.jpeg);
    },
  );
};
