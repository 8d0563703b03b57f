import {
  keepPreviousData,
  type QueryFunctionContext,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { CaseKind, CaseState } from '../../../domain/case.ts';
import { api, apiByItself } from '../api/client.ts';
import type { Account, QueuePage, QueueSummary, ReviewCase } from './model.ts';

/** Which cases are listed. */
export interface Filter {
  kinds: CaseKind[];
  states: CaseState[];
  view: 'all' | 'mine' | 'overdue' | 'toConfirm';
  search: string;
}

export const NO_FILTER: Filter = { kinds: [], states: [], view: 'all', search: '' };

const PAGE = 100;
const POLL_MS = 15_000;

function queryOf({ kinds, states, view, search }: Filter, limit: number, after?: string): string {
  const query = new URLSearchParams({ limit: String(limit) });
  for (const kind of kinds) query.append('kind', kind);
  for (const state of states) query.append('state', state);
  if (view !== 'all') query.set(view, 'true');
  if (search.trim()) query.set('search', search.trim());
  if (after) query.set('after', after);
  return query.toString();
}

const QUEUE = 'review-queue';
const SUMMARY = ['review-summary'];
const caseKey = (number: string) => ['review-case', number];

type Asked = Pick<QueryFunctionContext, 'client' | 'queryKey' | 'signal'>;

/** Reads for a query: what somebody opens counts as activity, what the page then looks after by itself does not. */
function read<T>(path: string, { client, queryKey, signal }: Asked): Promise<T> {
  const isKnown = client.getQueryData(queryKey) !== undefined;
  return (isKnown ? apiByItself : api)<T>('GET', path, undefined, signal);
}

/** The queue, page by page. */
export function useQueue(filter: Filter) {
  return useInfiniteQuery({
    queryKey: [QUEUE, filter],
    queryFn: (context) =>
      read<QueuePage>(`/review/cases?${queryOf(filter, PAGE, context.pageParam)}`, context),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    // Who has come far down is told that something has changed, and asks for it.
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 1 ? false : POLL_MS),
  });
}

/** The counts above the queue. */
export function useSummary() {
  return useQuery({
    queryKey: SUMMARY,
    queryFn: (context) => read<QueueSummary>('/review/summary', context),
    refetchInterval: POLL_MS,
  });
}

/** A case; looked after while it is open, since a colleague or the customer may change it. */
export function useCase(number: string) {
  return useQuery({
    queryKey: caseKey(number),
    queryFn: async (context) => (await read<{ case: ReviewCase }>(`/review/cases/${number}`, context)).case,
    refetchInterval: POLL_MS,
    gcTime: 0,
  });
}

/** The masked account, for the holder of the case. */
export function useAccount(number: string, enabled: boolean) {
  return useQuery({
    queryKey: ['review-account', number],
    queryFn: ({ signal }) => api<Account>('GET', `/review/cases/${number}/account`, undefined, signal),
    enabled,
    staleTime: 60_000,
    // Nothing of a customer's stays in the page after the case is left.
    gcTime: 0,
  });
}

/** One step of a reviewer: its path below the case and what it takes. */
export interface Step {
  path: string;
  body?: Record<string, unknown>;
}

/** Carries out steps on a case; the answer is the case as it is from then on, a refusal has it looked up again. */
export function useStep(number: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ path, body = {} }: Step) =>
      (await api<{ case: ReviewCase }>('POST', `/review/cases/${number}/${path}`, body)).case,
    onSuccess: (now) => client.setQueryData(caseKey(number), now),
    onError: () => client.invalidateQueries({ queryKey: caseKey(number) }),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: [QUEUE] });
      void client.invalidateQueries({ queryKey: SUMMARY });
    },
  });
}

/** Prolongs one's claim. */
export function useHeartbeat(number: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api<void>('POST', `/review/cases/${number}/heartbeat`, {}),
    onSettled: () => client.invalidateQueries({ queryKey: caseKey(number) }),
  });
}

/** The number of the case that is due first and that nobody works on. */
export async function nextFree(): Promise<string | undefined> {
  const filter: Filter = { ...NO_FILTER, states: ['submitted', 'in-review'] };
  const { cases } = await api<QueuePage>('GET', `/review/cases?${queryOf(filter, PAGE)}`);
  return cases.find(({ holder, proposal }) => !holder && !proposal?.mine)?.number;
}
