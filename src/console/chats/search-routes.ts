import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { mayDo, type StaffMember } from '../../domain/staff.ts';
import { memberOf } from '../access.ts';
import { Refusal } from '../refusal.ts';
import type { ChatParts } from './parts.ts';
import { one, staffName } from './shapes.ts';

const line = z.object({
  seq: z.int(),
  at: z.string(),
  origin: z.enum(['customer', 'bot', 'agent']),
  from: z.string().optional(),
  text: z.string(),
});
const found = z.object({
  handoffId: z.uuid(),
  conversationId: z.string(),
  customerId: z.string().optional(),
  group: z.string(),
  endedAt: z.iso.datetime(),
});

/** Where the next page begins; made here and given back as it is. */
const cursor = z
  .string()
  .regex(/^[^|]{20,32}\|[0-9a-f-]{36}$/)
  .transform((text) => {
    const [endedAt = '', handoffId = ''] = text.split('|');
    return { endedAt, handoffId };
  })
  .refine(({ endedAt }) => !Number.isNaN(Date.parse(endedAt)), 'not of an earlier page');

/** Agents find what their groups have talked about; who supervises or audits finds everything. */
const groupsFor = ({ roles, groups }: StaffMember) =>
  mayDo(roles, 'supervise') || mayDo(roles, 'audit') ? undefined : groups;

/** Past conversations. */
export const searchRoutes: FastifyPluginAsyncZod<ChatParts> = async (app, { search, transcripts }) => {
  app.get(
    '/search',
    {
      config: { access: 'search' },
      schema: {
        summary: 'Talks that are over and have all these words, newest first',
        querystring: z.object({
          q: z.string().trim().min(2).max(100),
          after: cursor.optional(),
          limit: z.coerce.number().int().min(1).max(50).default(20),
        }),
        response: {
          200: z.object({
            found: z.array(found.extend({ agent: staffName.optional(), hits: z.array(line) })),
            next: z.string().optional(),
          }),
        },
      },
    },
    async (request) => {
      const { q, after, limit } = request.query;
      const page = await search({ words: q, groups: groupsFor(memberOf(request)), after, limit });
      const last = page.at(-1);
      const more = last && page.length === limit;
      return { found: page, ...(more && { next: `${last.endedAt}|${last.handoffId}` }) };
    },
  );

  app.get(
    '/transcripts/:id',
    {
      config: { access: 'search' },
      schema: {
        summary: 'What was said in a chat that is over',
        params: one,
        response: { 200: found.extend({ lines: z.array(line) }) },
      },
    },
    async (request) => {
      const groups = groupsFor(memberOf(request));
      const transcript = await transcripts.read(request.params.id);
      if (!transcript || (groups && !groups.includes(transcript.group)))
        throw new Refusal(404, 'NotFound', 'There is no such talk.');
      return transcript;
    },
  );
};
