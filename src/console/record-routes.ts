import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ReviewDesk } from '../cases/index.ts';
import type { CustomerData } from '../customers/index.ts';
import type { Holds } from '../documents/holds.ts';
import type { AuditReader } from '../domain/audit.ts';
import { SLOTS } from '../domain/document.ts';
import type { Mask } from '../domain/intent.ts';
import { RETENTION_OUTCOMES, type RetentionPolicy, retentionDays } from '../domain/retention.ts';
import { auditName } from '../domain/staff.ts';
import { actorOf } from './access.ts';
import { Refusal } from './refusal.ts';
import {
  auditCheck,
  auditPage,
  auditQuery,
  customerBody,
  customerExport,
  deletion,
  deletionBody,
  hold,
  holdBody,
  holdsQuery,
  liftBody,
  retentionTable,
} from './shapes-records.ts';

export interface RecordRoutesOptions {
  mask: Mask;
  desk: ReviewDesk;
  audit: AuditReader;
  holds: Holds;
  customers: CustomerData;
  retention: RetentionPolicy;
}

const made = z.object({ id: z.uuid() });
const dateOf = (time: string | undefined) => (time === undefined ? undefined : new Date(time));

/** The audit, and what is kept of customers and for how long. */
export const recordRoutes: FastifyPluginAsyncZod<RecordRoutesOptions> = async (app, options) => {
  const { desk, audit, holds, customers, retention, mask } = options;

  async function caseIdOf(number: string): Promise<string> {
    const found = await desk.find(number);
    if (!found) throw new Refusal(404, 'NotFound', 'There is no such case.');
    return found.caseId;
  }

  app.get(
    '/audit',
    {
      config: { access: 'audit' },
      schema: { summary: 'The audit, newest first', querystring: auditQuery, response: { 200: auditPage } },
    },
    async (request) => {
      const { caseNumber, from, to, before, limit, ...filter } = request.query;
      const caseId = caseNumber === undefined ? filter.caseId : await caseIdOf(caseNumber);
      const times = { from: dateOf(from), to: dateOf(to) };
      const lines = await audit.list({ ...filter, ...times, caseId, beforeSeq: before, limit: limit + 1 });
      await audit.noteReading(auditName(actorOf(request)), { ...filter, caseId, from, to, before });
      const page = lines.slice(0, limit);
      const last = lines.length > limit ? page.at(-1) : undefined;
      return { lines: page, ...(last && { next: last.seq }) };
    },
  );

  app.get(
    '/audit/verification',
    {
      config: { access: 'audit' },
      schema: { summary: 'Check the chain from its beginning', response: { 200: auditCheck } },
    },
    async () => audit.verify(),
  );

  app.get(
    '/review/retention',
    {
      config: { access: 'staff' },
      schema: { summary: 'How long which documents are kept', response: { 200: retentionTable } },
    },
    async () => ({
      classes: SLOTS.flatMap((slot) =>
        RETENTION_OUTCOMES.map((outcome) => ({
          slot,
          outcome,
          days: retentionDays(retention, slot, outcome),
        })),
      ),
    }),
  );

  app.get(
    '/review/holds',
    {
      config: { access: 'customer-data' },
      schema: {
        summary: 'Legal holds',
        querystring: holdsQuery,
        response: { 200: z.object({ holds: z.array(hold) }) },
      },
    },
    async (request) => ({ holds: await holds.list(request.query.standing === 'true') }),
  );

  app.post(
    '/review/holds',
    {
      config: { access: 'customer-data', stepUp: true },
      schema: {
        summary: 'Keep everything of a case or a customer until further notice',
        body: holdBody,
        response: { 201: made },
      },
    },
    async (request, reply) => {
      const { body } = request;
      const subject =
        'caseNumber' in body ? { caseId: await caseIdOf(body.caseNumber) } : { customerId: body.customerId };
      return reply.code(201).send({ id: await holds.set(subject, mask(body.reason).text, actorOf(request)) });
    },
  );

  app.post(
    '/review/holds/:id/lift',
    {
      config: { access: 'customer-data', stepUp: true },
      schema: { summary: 'End a legal hold', params: made, body: liftBody, response: { 204: z.null() } },
    },
    async (request, reply) => {
      const reason = mask(request.body.reason).text;
      const outcome = await holds.lift(request.params.id, reason, actorOf(request));
      if (outcome.kind === 'unknown-hold')
        throw new Refusal(404, 'NotFound', 'There is no such hold, or it has been lifted.');
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/review/customers/export',
    {
      config: { access: 'customer-data', stepUp: true },
      schema: {
        summary: 'All that is kept of a customer, at the customer’s request',
        body: customerBody,
        response: { 200: customerExport },
      },
    },
    async (request, reply) => {
      reply.header('Content-Disposition', 'attachment; filename="customer.json"');
      return customers.export(request.body.customerId, actorOf(request));
    },
  );

  app.post(
    '/review/customers/delete',
    {
      config: { access: 'customer-data', stepUp: true },
      schema: {
        summary: 'Delete what is kept of a customer, at the customer’s request',
        body: deletionBody,
        response: { 200: deletion },
      },
    },
    async (request) => {
      const { customerId, confirm } = request.body;
      if (confirm !== customerId)
        throw new Refusal(422, 'ConfirmationDiffers', 'Type the customer’s id once more to confirm.');
      return customers.delete(customerId, actorOf(request));
    },
  );
};
