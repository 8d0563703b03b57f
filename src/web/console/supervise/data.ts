import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { AgentAtDesk } from '../../../domain/desk.ts';
import { apiByItself } from '../api/client.ts';
import { useDesk } from '../chats/live/provider.tsx';
import type { Chat, Group, QueuedChat } from '../chats/model.ts';

/** The whole desk. */
export interface Floor {
  seq: number;
  now: string;
  agents: AgentAtDesk[];
  groups: Group[];
  /** How many wait in each group, and since when the first one. */
  sizes: { group: string; waiting: number; oldestAt: string }[];
  chats: Chat[];
  queue: QueuedChat[];
  messages: Chat[];
}

/** Read anew so long after an event: what happens together is read once. */
const SOON_MS = 400;
/** And without events, for what they do not tell. */
const REGULAR_MS = 20_000;

/** The desk as it is, kept current by the events of the live socket. */
export function useFloor() {
  const desk = useDesk();
  const query = useQuery({
    queryKey: ['supervise'],
    queryFn: () => apiByItself<Floor>('GET', '/supervise'),
    refetchInterval: REGULAR_MS,
  });
  const { refetch } = query;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const unsubscribe = desk.onNews(() => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void refetch();
      }, SOON_MS);
    });
    return () => {
      unsubscribe();
      clearTimeout(timer);
    };
  }, [desk, refetch]);
  return query;
}
