import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { StaffMember } from '../../../domain/staff.ts';
import { api } from './client.ts';

/** A login as the server tells it; absent `session` = nobody has logged in. */
export interface SessionAnswer {
  oidc: boolean;
  session?: {
    stage: 'totp' | 'enrol' | 'new-password' | 'full';
    member: StaffMember;
    steppedUp: boolean;
    expiresAt: string;
  };
}

export type LoginAnswer = Required<Pick<SessionAnswer, 'session'>> & { recoveryCodes?: string[] };

const KEY = ['session'];

export function useSession() {
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => api<SessionAnswer>('GET', '/session', undefined, signal),
    // An idle session ends on the server; the page finds out when it is looked at again.
    refetchOnWindowFocus: 'always',
    staleTime: 60_000,
  });
}

/** One step of a login; the session of its answer is the session from now on. */
export function useLoginStep<T>(path: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: T) => api<LoginAnswer>('POST', path, body),
    onSuccess: ({ session }) =>
      client.setQueryData<SessionAnswer>(KEY, (before) => ({ oidc: before?.oidc ?? false, session })),
  });
}

export function useLogout() {
  return useMutation({
    mutationFn: () => api<void>('POST', '/logout'),
    // Nothing of one person's is left for the next one at this screen: the page begins anew.
    onSettled: () => {
      sessionStorage.clear();
      window.location.replace(window.location.pathname);
    },
  });
}
