import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Metric, ReportName, ReportQuery, ReportRow, Term } from '../../../domain/report.ts';
import { api } from '../api/client.ts';
import { useSpeech } from '../texts.tsx';

/** What columns are called and mean, words for their values, and the zone of all times. */
export interface Words {
  timeZone: string;
  groups: { id: string; name: string }[];
  metrics: Record<Metric, { title: string; means: string }>;
  terms: Record<Term, Record<string, string>>;
}

/** Figures may be a minute old; nobody has them made again by looking at another window. */
const CALM = { staleTime: 60_000, refetchOnWindowFocus: false } as const;

export function useWords() {
  const { locale } = useSpeech();
  return useQuery({
    queryKey: ['report-words', locale],
    queryFn: ({ signal }) => api<Words>('GET', `/reports?lang=${locale}`, undefined, signal),
    ...CALM,
    staleTime: Number.POSITIVE_INFINITY,
    // Until the other language is there: the page keeps what was chosen on it.
    placeholderData: keepPreviousData,
  });
}

function searchOf(query: ReportQuery): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return new URLSearchParams(given).toString();
}

export function useReport<Name extends ReportName>(name: Name, query: ReportQuery) {
  const path = `/reports/${name}?${searchOf(query)}`;
  return useQuery({
    queryKey: ['report', path],
    queryFn: async ({ signal }) =>
      (await api<{ rows: ReportRow<Name>[] }>('GET', path, undefined, signal)).rows,
    ...CALM,
  });
}

/** Where the browser gets a report as a file. */
export function csvAddress(name: ReportName, query: ReportQuery, lang: string): string {
  return `../api/console/reports/${name}.csv?${searchOf(query)}&lang=${lang}`;
}
