import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { text } from '../../locales/index.ts';
import type { Clock } from '../domain/clock.ts';
import { UNCLEAR } from '../domain/insight.ts';
import { INTENTS } from '../domain/intent.ts';
import { type UnclearGroups, unclearPhrases } from '../insight/index.ts';
import { DESK_LOCALES } from './reports/words.ts';

const MOST_DAYS = 3650;
const MOST_GROUPS = 500;
/** Enough to see what a group is about; the file has all. */
const MOST_WORDINGS = 20;

const days = z.coerce.number().int().min(1).max(MOST_DAYS).default(30);

const group = z.object({
  count: z.int(),
  guess: z.object({ intent: z.enum(INTENTS), title: z.string() }),
  whys: z.array(z.object({ why: z.enum(UNCLEAR), count: z.int() })),
  wordings: z.array(z.string()),
  /** Wordings that are left out here. */
  more: z.int(),
  latest: z.iso.datetime(),
});

/** What customers said, masked, that was not understood: grouped by likeness, and as phrases to label. */
export const understandingRoutes: FastifyPluginAsyncZod<{ unclear: UnclearGroups; clock: Clock }> = async (
  app,
  { unclear, clock },
) => {
  const config = { access: 'understanding' } as const;

  app.get(
    '/understanding',
    {
      config,
      schema: {
        summary: 'What was not understood in the last days, what is alike together, most frequent first',
        querystring: z.object({ days, lang: z.enum(DESK_LOCALES).default('zh-CN') }),
        response: {
          200: z.object({ groups: z.array(group), moreGroups: z.int(), utterances: z.int() }),
        },
      },
    },
    async ({ query }) => {
      const all = await unclear.of(query.days);
      return {
        utterances: all.reduce((sum, { count }) => sum + count, 0),
        moreGroups: Math.max(0, all.length - MOST_GROUPS),
        groups: all.slice(0, MOST_GROUPS).map(({ guess, wordings, ...rest }) => ({
          ...rest,
          guess: { intent: guess, title: text(query.lang, `intents.${guess}`) },
          wordings: wordings.slice(0, MOST_WORDINGS),
          more: Math.max(0, wordings.length - MOST_WORDINGS),
        })),
      };
    },
  );

  app.get(
    '/understanding.yml',
    {
      config,
      schema: {
        summary: 'The same as phrases to label, as they stand beside the dialogs',
        querystring: z.object({ days }),
      },
    },
    async ({ query }, reply) =>
      reply
        .type('application/yaml; charset=utf-8')
        .header(
          'Content-Disposition',
          `attachment; filename="unclear-${clock.now().toISOString().slice(0, 10)}.yml"`,
        )
        .send(unclearPhrases(await unclear.of(query.days))),
  );
};
