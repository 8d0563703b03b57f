import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  type ColumnKind,
  columnsOf,
  REPORT_NAMES,
  type ReportName,
  type ReportRow,
} from '../../domain/report.ts';
import type { Reports } from '../../insight/index.ts';
import { csv } from './csv.ts';
import { reportQuery } from './query.ts';
import { DESK_LOCALES, type ReportWords, reportWords, wordFor } from './words.ts';

const SHAPES: Partial<Record<ColumnKind, z.ZodType>> = {
  count: z.int(),
  hour: z.int(),
  share: z.number().nullable(),
  seconds: z.number().nullable(),
  mark: z.number().nullable(),
};

const rowOf = (name: ReportName) =>
  z.object(Object.fromEntries(columnsOf(name).map(([column, kind]) => [column, SHAPES[kind] ?? z.string()])));

const language = z.object({ lang: z.enum(DESK_LOCALES).default('zh-CN') });
const words = z.record(z.string(), z.string());

/** Parts of a whole to a hundredth of a percent, seconds to tenths. */
const rounded = (value: unknown, kind: ColumnKind) =>
  typeof value === 'number' ? Number(value.toFixed(kind === 'seconds' ? 1 : 4)) : null;

function sheet(name: ReportName, rows: readonly ReportRow<ReportName>[], told: ReportWords): string {
  const columns = columnsOf(name);
  const lines = rows.map((row) => {
    const values: Record<string, unknown> = row;
    return columns.map(([column, kind]) => {
      const value = values[column];
      return typeof value === 'string' ? wordFor(told, kind, value) : rounded(value, kind);
    });
  });
  return csv(
    columns.map(([column]) => told.metrics[column].title),
    lines,
  );
}

/** Figures of the desk and the bot: each report as rows, and as a file for spreadsheets. */
export const reportRoutes: FastifyPluginAsyncZod<{ reports: Reports }> = async (app, { reports }) => {
  const config = { access: 'reports' } as const;

  app.get(
    '/reports',
    {
      config,
      schema: {
        summary: 'What the reports’ columns mean, and words for their values',
        querystring: language,
        response: {
          200: z.object({
            timeZone: z.string(),
            groups: z.array(z.object({ id: z.string(), name: z.string() })),
            metrics: z.record(z.string(), z.object({ title: z.string(), means: z.string() })),
            terms: z.record(z.string(), words),
          }),
        },
      },
    },
    async ({ query }) => ({
      timeZone: reports.timeZone,
      groups: await reports.groups(),
      ...reportWords(query.lang),
    }),
  );

  for (const name of REPORT_NAMES) {
    const row = rowOf(name);
    app.get(
      `/reports/${name}`,
      {
        config,
        schema: {
          summary: `Report: ${name}`,
          querystring: reportQuery,
          response: { 200: z.object({ rows: z.array(row) }) },
        },
      },
      async ({ query }) => ({ rows: await reports.read(name, query) }),
    );
    app.get(
      `/reports/${name}.csv`,
      {
        config,
        schema: { summary: `Report as CSV: ${name}`, querystring: reportQuery.and(language) },
      },
      async ({ query: { lang, ...query } }, reply) => {
        const file = `${name}-${query.from.slice(0, 10)}-${query.to.slice(0, 10)}.csv`;
        return reply
          .type('text/csv; charset=utf-8')
          .header('Content-Disposition', `attachment; filename="${file}"`)
          .send(sheet(name, await reports.read(name, query), reportWords(lang)));
      },
    );
  }
};
