import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { WRAP_UP_CODES } from '../../domain/handoff.ts';
import { mayDo, type StaffMember } from '../../domain/staff.ts';
import { memberOf } from '../access.ts';
import { Refusal } from '../refusal.ts';
import { searchTime } from '../shapes.ts';
import type { ChatParts } from './parts.ts';
import { group, one, staffName } from './shapes.ts';

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
const hit = found.extend({
  requestedAt: z.iso.datetime(),
  reason: z.string().optional(),
  topic: z.string().optional(),
  agent: staffName.optional(),
  wrapUpCode: z.enum(WRAP_UP_CODES).optional(),
  score: z.int().optional(),
  hits: z.array(line),
});

/** Where the next page begins; made here and given back as it is. */
const cursor = z
  .string()
  .max(80)
  .transform((text) => {
    const [endedAt = '', handoffId = ''] = text.split('|');
    return { endedAt, handoffId };
  })
  .pipe(z.object({ endedAt: searchTime, handoffId: z.uuid() }));

/** Agents find what their groups have talked about; who supervises or audits finds everything. */
const groupsFor = ({ roles, groups }: StaffMember) =>
  mayDo(roles, 'supervise') || mayDo(roles, 'audit') ? undefined : groups;

/** Past conversations. */
export const searchRoutes: FastifyPluginAsyncZod<ChatParts> = async (app, { desk, search, transcripts }) => {
  app.get(
    '/search',
    {
      config: { access: 'search' },
      schema: {
        summary: 'Talks that are over and have all these words, newest first; without words the latest',
        querystring: z.object({
          q: z.string().trim().max(100).default(''),
          group: z.string().max(32).optional(),
          staffId: z.uuid().optional(),
          from: searchTime.optional(),
          to: searchTime.optional(),
          after: cursor.optional(),
          limit: z.coerce.number().int().min(1).max(50).default(20),
        }),
        response: {
          200: z.object({
            found: z.array(hit),
            next: z.string().optional(),
            /** Those whose talks the reader may find. */
            groups: z.array(group),
          }),
        },
      },
    },
    async (request) => {
      const { q, group: wanted, staffId: agentId, ...rest } = request.query;
      const visible = groupsFor(memberOf(request));
      const groups = wanted === undefined ? visible : [wanted].filter((id) => visible?.includes(id) ?? true);
      const [page, all] = await Promise.all([search({ ...rest, words: q, groups, agentId }), desk.groups()]);
      const last = page.at(-1);
      const more = last && page.length === rest.limit;
      return {
        found: page,
        ...(more && { next: `${last.endedAt}|${last.handoffId}` }),
        groups: all
          .filter(({ id }) => visible?.includes(id) ?? true)
          .map(({ id, name, active }) => ({ id, name, active })),
      };
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
