import { App } from 'antd';
import { type RefObject, useEffect, useRef, useSyncExternalStore } from 'react';
import { useLocation } from 'wouter';
import { useSpeech } from '../../texts.tsx';
import type { Call, Desk } from '../live/desk.ts';
import { alertPrefs, useAlertPrefs } from './prefs.ts';
import { chime } from './sound.ts';

export type Caller = RefObject<(call: Call) => void>;

const CHATS = '/chats';
const nothing = () => () => undefined;

/** Whether whoever sits here has this chat before their eyes. */
function isSeen(chatId: string, location: string): boolean {
  return document.hasFocus() && location === `${CHATS}/${chatId}`;
}

/** Calls the agent: by a sound, by the title of the page, by a message of the browser. Each can be switched off. */
export function useCalls(desk: Desk | undefined): Caller {
  const { t } = useSpeech();
  const { notification } = App.useApp();
  const [location, navigate] = useLocation();
  const { title } = useAlertPrefs();
  const unread = useSyncExternalStore(desk?.subscribe ?? nothing, () => desk?.unread ?? 0);
  const badge = title && unread > 0 ? `(${unread}) ` : '';
  const name = t('title');
  useEffect(() => {
    document.title = `${badge}${name}`;
  }, [badge, name]);

  const caller = useRef<(call: Call) => void>(() => undefined);
  caller.current = ({ kind, chat }) => {
    const { sound, notify } = alertPrefs.state;
    if (kind === 'message' && isSeen(chat.id, location)) return;
    if (sound) chime(kind === 'message' || kind === 'noted' ? 'message' : 'customer');
    const words = t(`call-${kind}`);
    const open = () => navigate(`${CHATS}/${chat.id}`);
    // On another page of the desk nobody sees the list.
    if (!location.startsWith(CHATS) && kind !== 'queued')
      notification.info({ key: chat.id, title: words, onClick: open, duration: 8 });
    if (
      !notify ||
      document.hasFocus() ||
      !('Notification' in window) ||
      Notification.permission !== 'granted'
    )
      return;
    // Nothing of what was said: it may show on a locked screen.
    const shown = new Notification(name, { body: words, tag: chat.id });
    shown.onclick = () => {
      window.focus();
      open();
    };
  };
  return caller;
}
