import type { Presence } from '../../../../domain/staff.ts';
import type { Chat, News, QueuedChat, Snapshot } from '../model.ts';

const without = <T extends Chat>(list: T[], id: string): T[] => {
  const rest = list.filter((it) => it.id !== id);
  return rest.length === list.length ? list : rest;
};

/** The order in which chats are called; the exact one comes with the next reading. */
function inOrder(one: Chat, other: Chat): number {
  return (
    one.priority - other.priority ||
    Number(other.returned) - Number(one.returned) ||
    Date.parse(one.queuedAt) - Date.parse(other.queuedAt)
  );
}

function placed(queue: Chat[], before: QueuedChat[]): QueuedChat[] {
  const known = new Map(before.map((it) => [it.id, it.etaMinutes]));
  const places = new Map<string, number>();
  return [...queue].sort(inOrder).map((it) => {
    const position = (places.get(it.group) ?? 0) + 1;
    places.set(it.group, position);
    return { ...it, position, etaMinutes: known.get(it.id) ?? null };
  });
}

/** What I am offered first, then in the order in which I took them: rows must not jump under the mouse. */
export function byAge(one: Chat, other: Chat): number {
  const since = ({ acceptedAt }: Chat) => (acceptedAt ? Date.parse(acceptedAt) : 0);
  return since(one) - since(other);
}

function withChat(snapshot: Snapshot, id: string, chat: Chat | undefined): Snapshot {
  const { me } = snapshot;
  const known = [...snapshot.chats, ...snapshot.queue, ...snapshot.messages].find((it) => it.id === id);
  // Told late: what is here is newer.
  if (known && chat && known.version > chat.version) return snapshot;
  const chats = without(snapshot.chats, id);
  const queue = without(snapshot.queue, id);
  const messages = without(snapshot.messages, id);
  const isMine =
    chat && ((chat.state === 'active' && chat.agent?.id === me.id) || chat.offeredTo?.id === me.id);
  const inGroups = chat && me.groups.includes(chat.group);
  const waits = chat?.state === 'queued' && inGroups;
  return {
    ...snapshot,
    chats: isMine ? [...chats, chat].sort(byAge) : chats,
    queue:
      waits || queue !== snapshot.queue ? placed(waits ? [...queue, chat] : queue, snapshot.queue) : queue,
    messages: chat?.state === 'message' && inGroups ? [...messages, chat] : messages,
  };
}

function withPresence(snapshot: Snapshot, { staffId, at, data }: News): Snapshot {
  const changed = { presence: data.presence as Presence, since: at };
  if (staffId === snapshot.me.id) return { ...snapshot, me: { ...snapshot.me, ...changed } };
  const colleagues = snapshot.colleagues.map((it) => (it.id === staffId ? { ...it, ...changed } : it));
  return { ...snapshot, colleagues };
}

/** The desk after one more event. What the events do not tell (times, loads) comes with the next reading. */
export function withNews(snapshot: Snapshot, news: News): Snapshot {
  if (news.type === 'presence') return withPresence(snapshot, news);
  if (news.handoffId === undefined) return snapshot;
  return withChat(snapshot, news.handoffId, news.handoff);
}
