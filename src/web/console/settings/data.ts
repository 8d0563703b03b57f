import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { DeskGroup, DeskSettings } from '../../../domain/desk.ts';
import type { StaffMember } from '../../../domain/staff.ts';
import { ApiError, api } from '../api/client.ts';

export interface SettingsAnswer {
  desk: { value: DeskSettings; defaults: DeskSettings; version: number };
  groups: DeskGroup[];
}

const KEY = ['settings'];

export function useSettings() {
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => api<SettingsAnswer>('GET', '/settings', undefined, signal),
  });
}

/** Everybody who may be given chats. */
export function useMembers() {
  return useQuery({
    queryKey: ['staff'],
    // As the page of the accounts keeps it: both look at the same.
    queryFn: ({ signal }) => api<{ staff: StaffMember[] }>('GET', '/staff', undefined, signal),
    select: ({ staff }) =>
      staff.filter(
        ({ active, roles }) => active && roles.some((role) => role === 'agent' || role === 'supervisor'),
      ),
  });
}

/** Reads anew what a step may have changed. */
export function useReread(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await Promise.all([
      client.invalidateQueries({ queryKey: KEY }),
      client.invalidateQueries({ queryKey: ['staff'] }),
    ]);
  };
}

/** What somebody else has made of it meanwhile; undefined for any other fault. */
export function changedMeanwhile(fault: unknown): { version: number; now: unknown } | undefined {
  if (!(fault instanceof ApiError) || fault.code !== 'ChangedMeanwhile') return undefined;
  const { version, now } = fault.details;
  return typeof version === 'number' && now ? { version, now } : undefined;
}
