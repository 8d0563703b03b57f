import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import type { ChatFacts } from './model.ts';

/** A chat with what is known about its customer; the platform is asked, so not more often than needed. */
export function useFacts(chatId: string | undefined) {
  return useQuery({
    queryKey: ['chat', chatId],
    queryFn: ({ signal }) => api<ChatFacts>('GET', `/chats/${chatId}`, undefined, signal),
    enabled: chatId !== undefined,
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
}
