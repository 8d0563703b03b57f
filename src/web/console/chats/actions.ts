import { App } from 'antd';
import { useLocation } from 'wouter';
import { api } from '../api/client.ts';
import { useDesk } from './live/provider.tsx';
import type { Chat } from './model.ts';
import { useChatErrorText } from './texts.ts';

/** Steps with a chat whose answer is the chat as it is then. A refusal is told, and the desk read anew. */
export function useChatActions() {
  const desk = useDesk();
  const errorText = useChatErrorText();
  const { message } = App.useApp();
  const [, navigate] = useLocation();

  async function step(path: string, body: object = {}): Promise<Chat | undefined> {
    try {
      const { chat } = await api<{ chat: Chat }>('POST', path, body);
      desk.apply(chat);
      return chat;
    } catch (fault) {
      void message.warning(errorText(fault));
      void desk.reload();
      return undefined;
    }
  }

  async function opened(path: string): Promise<void> {
    const chat = await step(path);
    if (chat) navigate(`/${chat.id}`);
  }

  return {
    step,
    takeNext: () => opened('/chats/next/claim'),
    claim: (id: string) => opened(`/chats/${id}/claim`),
    reopen: (id: string) => opened(`/chats/${id}/reopen`),
  };
}
