import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import type { StaffMember } from '../../../../domain/staff.ts';
import { api, apiByItself, apiUpload } from '../../api/client.ts';
import { type Caller, useCalls } from '../alerts/use-calls.ts';
import { Desk, type DeskState } from './desk.ts';
import type { Room, RoomState } from './room.ts';

const DeskContext = createContext<Desk | undefined>(undefined);

function socketAddress(ticket: string, after: number): string {
  const address = new URL('../api/console/live', document.baseURI);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  address.search = new URLSearchParams({ ticket, after: String(after) }).toString();
  return address.href;
}

/** Keeps the desk live on whatever page its agent is: chats go on, and customers are heard. */
export function DeskProvider({ member, children }: { member: StaffMember; children: ReactNode }) {
  const client = useQueryClient();
  const [desk, setDesk] = useState<Desk>();
  const caller: Caller = useCalls(desk);

  useEffect(() => {
    const opened = new Desk({
      member,
      ...{ api, apiByItself, upload: apiUpload, storage: sessionStorage },
      createSocket: (ticket, after) => new WebSocket(socketAddress(ticket, after)),
      call: (call) => caller.current(call),
      changed: (chatId) => void client.invalidateQueries({ queryKey: ['chat', chatId] }),
      refused: () => void client.invalidateQueries({ queryKey: ['session'] }),
    });
    setDesk(opened);
    opened.onNews((news) => {
      if (!news.some(({ type }) => type === 'settings')) return;
      for (const read of ['quick-replies', 'settings']) void client.invalidateQueries({ queryKey: [read] });
    });
    void opened.reload();
    const wake = () => opened.wake();
    window.addEventListener('online', wake);
    window.addEventListener('focus', wake);
    return () => {
      window.removeEventListener('online', wake);
      window.removeEventListener('focus', wake);
      opened.close();
    };
  }, [member, client, caller]);

  return desk && <DeskContext value={desk}>{children}</DeskContext>;
}

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('there is no live desk around this component');
  return desk;
}

export function useDeskState(): DeskState {
  const desk = useDesk();
  return useSyncExternalStore(desk.subscribe, desk.read);
}

export function useRoomState(room: Room): RoomState {
  return useSyncExternalStore(room.subscribe, room.read);
}

function useCount(count: (desk: Desk) => number): number {
  const desk = useContext(DeskContext);
  return useSyncExternalStore(desk?.subscribe ?? (() => () => undefined), () => (desk ? count(desk) : 0));
}

/** Customers' words that wait for me, for the menu; 0 where there is no live desk. */
export const useUnread = (): number => useCount(({ unread }) => unread);

/** How many chats I have; 0 where there is no live desk. */
export const useActiveChats = (): number => useCount(({ active }) => active);
