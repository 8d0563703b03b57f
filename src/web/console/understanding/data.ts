import { useQuery } from '@tanstack/react-query';
import type { Unclear } from '../../../domain/insight.ts';
import { api } from '../api/client.ts';
import { useSpeech } from '../texts.tsx';

export interface Group {
  count: number;
  guess: { intent: string; title: string };
  whys: { why: Unclear; count: number }[];
  wordings: string[];
  /** Wordings that are left out. */
  more: number;
  /** ISO-8601. */
  latest: string;
}

interface Misunderstood {
  groups: Group[];
  moreGroups: number;
  utterances: number;
}

export function useMisunderstood(days: number) {
  const { locale } = useSpeech();
  const path = `/understanding?days=${days}&lang=${locale}`;
  return useQuery({
    queryKey: ['understanding', path],
    queryFn: ({ signal }) => api<Misunderstood>('GET', path, undefined, signal),
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
}

/** Where the browser gets the phrases as a file. */
export function phrasesAddress(days: number): string {
  return `../api/console/understanding.yml?days=${days}`;
}
