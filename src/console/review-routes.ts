import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ReviewDesk, ReviewOutcome } from '../cases/index.ts';
import type { Mask } from '../domain/intent.ts';
import { actorOf } from './access.ts';
import { customerTexts } from './customer-texts.ts';
import { refusalOf, refuseUnlessDone } from './review-refusal.ts';
import {
  breakBody,
  conclusionBody,
  noteBody,
  oneCase,
  oneDocument,
  queueItem,
  queueQuery,
  queueSummary,
  refusalBody,
  reviewCase,
  verdictBody,
  version,
} from './shapes-review.ts';

const asList = <T>(given: T | T[] | undefined): T[] | undefined =>
  given === undefined ? undefined : Array.isArray(given) ? given : [given];

/** The review desk: its queue, who works on what, and what is decided. Every step answers with the case as it is now. */
export const reviewRoutes: FastifyPluginAsyncZod<{ desk: ReviewDesk; mask: Mask }> = async (app, parts) => {
  const { desk } = parts;
  /** What colleagues leave for each other is kept no less masked than what customers write. */
  const masked = (text: string) => parts.mask(text).text;

  async function caseFor(request: FastifyRequest, number: string) {
    const found = await desk.detail(number, actorOf(request));
    if (!found) throw refusalOf({ kind: 'unknown-case' });
    // Nor does anybody read what colleagues note about them.
    if (found.ownAccount) throw refusalOf({ kind: 'own-account' });
    const asksAgain = actorOf(request).roles.includes('supervisor');
    return { case: { ...found, customerTexts: customerTexts(found, asksAgain) } };
  }

  async function after(request: FastifyRequest, number: string, outcome: ReviewOutcome) {
    refuseUnlessDone(outcome);
    return caseFor(request, number);
  }

  app.get(
    '/review/summary',
    {
      config: { access: 'review' },
      schema: { summary: 'How much waits at the review desk', response: { 200: queueSummary } },
    },
    async (request) => desk.summary(actorOf(request)),
  );

  app.get(
    '/review/cases',
    {
      config: { access: 'review' },
      schema: {
        summary: 'Cases, the one that is due first on top',
        querystring: queueQuery,
        response: { 200: z.object({ cases: z.array(queueItem), next: z.string().optional() }) },
      },
    },
    async (request) => {
      const { kind, state, mine, overdue, toConfirm, ...rest } = request.query;
      const flags = { mine: mine === 'true', overdue: overdue === 'true', toConfirm: toConfirm === 'true' };
      return desk.list({ ...rest, ...flags, kinds: asList(kind), states: asList(state) }, actorOf(request));
    },
  );

  app.get(
    '/review/cases/:number',
    {
      config: { access: 'review' },
      schema: { summary: 'One case', params: oneCase, response: { 200: reviewCase } },
    },
    async (request) => caseFor(request, request.params.number),
  );

  for (const [path, summary, step] of [
    ['claim', 'Take a case for a quarter of an hour, or go on with one’s own', desk.claim],
    ['release', 'Give a case back to the queue', desk.release],
  ] as const) {
    app.post(
      `/review/cases/:number/${path}`,
      { config: { access: 'review' }, schema: { summary, params: oneCase, response: { 200: reviewCase } } },
      async (request) => {
        const { number } = request.params;
        return after(request, number, await step({ number, actor: actorOf(request) }));
      },
    );
  }

  app.post(
    '/review/cases/:number/break-claim',
    {
      config: { access: 'supervise' },
      schema: {
        summary: 'Take a case from whoever holds it; the reason is left as a note',
        params: oneCase,
        body: breakBody,
        response: { 200: reviewCase },
      },
    },
    async (request) => {
      const { number } = request.params;
      const asked = { number, actor: actorOf(request), reason: masked(request.body.reason) };
      return after(request, number, await desk.breakClaim(asked));
    },
  );

  app.post(
    '/review/cases/:number/heartbeat',
    {
      config: { access: 'review' },
      schema: { summary: 'Prolong one’s claim', params: oneCase, response: { 204: z.null() } },
    },
    async (request, reply) => {
      const { number } = request.params;
      refuseUnlessDone(await desk.heartbeat({ number, actor: actorOf(request) }));
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/review/cases/:number/documents/:documentId/verdict',
    {
      config: { access: 'review' },
      schema: {
        summary: 'Accept, return or refuse one document; null takes it back',
        params: oneDocument,
        body: verdictBody,
        response: { 200: reviewCase },
      },
    },
    async (request) => {
      const { number, documentId } = request.params;
      const asked = { number, documentId, actor: actorOf(request), ...request.body };
      return after(request, number, await desk.giveVerdict(asked));
    },
  );

  app.post(
    '/review/cases/:number/conclusion',
    {
      config: { access: 'review' },
      schema: {
        summary: 'Conclude: returned, decided, or proposed to a second person',
        params: oneCase,
        body: conclusionBody,
        response: { 200: reviewCase },
      },
    },
    async (request) => {
      const { number } = request.params;
      const { note, ...rest } = request.body;
      return after(
        request,
        number,
        await desk.conclude({ number, actor: actorOf(request), ...rest, note: note && masked(note) }),
      );
    },
  );

  app.post(
    '/review/cases/:number/proposal/confirm',
    {
      config: { access: 'confirm' },
      schema: {
        summary: 'Agree as the second person; customer and platform are told',
        params: oneCase,
        body: version,
        response: { 200: reviewCase },
      },
    },
    async (request) => {
      const { number } = request.params;
      return after(request, number, await desk.confirm({ number, actor: actorOf(request), ...request.body }));
    },
  );

  app.post(
    '/review/cases/:number/proposal/refuse',
    {
      config: { access: 'confirm' },
      schema: {
        summary: 'Disagree as the second person; the case goes back to the desk',
        params: oneCase,
        body: refusalBody,
        response: { 200: reviewCase },
      },
    },
    async (request) => {
      const { number } = request.params;
      const { version: seen, note } = request.body;
      const asked = { number, actor: actorOf(request), version: seen, note: masked(note) };
      return after(request, number, await desk.refuse(asked));
    },
  );

  app.post(
    '/review/cases/:number/notes',
    {
      config: { access: 'review' },
      schema: {
        summary: 'Leave a note for colleagues',
        params: oneCase,
        body: noteBody,
        response: { 200: reviewCase },
      },
    },
    async (request) => {
      const { number } = request.params;
      const { text } = request.body;
      return after(
        request,
        number,
        await desk.addNote({ number, actor: actorOf(request), text: masked(text) }),
      );
    },
  );
};
