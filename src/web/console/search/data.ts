import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { StaffName } from '../../../domain/desk.ts';
import type { WrapUpCode } from '../../../domain/handoff.ts';
import type { StaffMember } from '../../../domain/staff.ts';
import { api } from '../api/client.ts';

export interface ArchivedLine {
  seq: number;
  at: string;
  origin: 'customer' | 'bot' | 'agent';
  /** 工号 */
  from?: string;
  text: string;
}

/** A talk that is over. */
export interface Found {
  handoffId: string;
  conversationId: string;
  customerId?: string;
  group: string;
  requestedAt: string;
  endedAt: string;
  reason?: string;
  topic?: string;
  agent?: StaffName;
  wrapUpCode?: WrapUpCode;
  score?: number;
  hits: ArchivedLine[];
}

interface Page {
  found: Found[];
  next?: string;
  groups: { id: string; name: string; active: boolean }[];
}

export interface Wish {
  q: string;
  group?: string | undefined;
  staffId?: string | undefined;
  /** Local days, both included. */
  first?: string | undefined;
  last?: string | undefined;
}

const DAY_MS = 86_400_000;
const midnight = (day: string) => new Date(`${day}T00:00:00`);

function queryOf({ q, group, staffId, first, last }: Wish, after: string | undefined): string {
  const to = last && new Date(midnight(last).getTime() + DAY_MS).toISOString();
  const given = { q, group, staffId, from: first && midnight(first).toISOString(), to, after };
  const set = Object.entries(given).filter((it): it is [string, string] => Boolean(it[1]));
  return new URLSearchParams(set).toString();
}

/** Past talks, page after page; what was found last stays until there is something else. */
export function useFound(wish: Wish) {
  return useInfiniteQuery({
    queryKey: ['search', wish],
    queryFn: ({ pageParam, signal }) =>
      api<Page>('GET', `/search?${queryOf(wish, pageParam)}`, undefined, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}

/** What was said in a chat that is over. */
export function useTranscript(handoffId: string) {
  return useQuery({
    queryKey: ['transcript', handoffId],
    queryFn: ({ signal }) =>
      api<{ lines: ArchivedLine[] } & Pick<Found, 'group' | 'endedAt' | 'customerId'>>(
        'GET',
        `/transcripts/${handoffId}`,
        undefined,
        signal,
      ),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Everybody who may have had a chat, also those who have left. */
export function useAgents() {
  return useQuery({
    queryKey: ['staff'],
    queryFn: async ({ signal }) =>
      (await api<{ staff: StaffMember[] }>('GET', '/staff', undefined, signal)).staff,
    select: (staff) =>
      staff.filter(({ roles }) => roles.some((role) => role === 'agent' || role === 'supervisor')),
    staleTime: 60_000,
  });
}
