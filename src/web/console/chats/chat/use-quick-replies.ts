import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client.ts';
import type { QuickReply } from './quick-replies.ts';

export function useQuickReplies() {
  return useQuery({
    queryKey: ['quick-replies'],
    queryFn: ({ signal }) => api<{ replies: QuickReply[] }>('GET', '/quick-replies', undefined, signal),
    staleTime: 5 * 60_000,
    refetchOnWindowFocus: false,
  });
}
