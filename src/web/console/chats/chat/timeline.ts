import { UNDELIVERED } from '../../../../domain/delivery.ts';
import type { DeskNote } from '../../../../domain/desk.ts';
import { HANDOFF_STATUS } from '../../../../domain/handoff.ts';
import type { Outgoing } from '../live/room.ts';
import type { ChatMessage } from '../model.ts';

/** What the transcript shows, in its order. `joined`: goes on with the words before it. */
export type Item =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'message'; key: string; message: ChatMessage; joined: boolean }
  | { kind: 'status'; key: string; state: string; message: string; at: string }
  | { kind: 'undelivered'; key: string; reason: string; at: string }
  | { kind: 'note'; key: string; note: DeskNote }
  | { kind: 'outgoing'; key: string; outgoing: Outgoing }
  | { kind: 'boundary' | 'unread'; key: string };

const JOINED_MS = 120_000;

interface Parts {
  messages: readonly ChatMessage[];
  notes: readonly DeskNote[];
  outgoing: readonly Outgoing[];
  /** The message that asked for a person. */
  startSeq: number;
  /** Whether the log is here from its beginning to before the hand-off. */
  reachesStart: boolean;
  /** Up to where it was read when it was opened; absent where nothing was new. */
  readSeq: number | undefined;
}

type Timed = { at: string; seq: number; item: Item };

function messageItem(message: ChatMessage): Timed | undefined {
  const { seq, at, kind, event } = message;
  const key = `m${seq}`;
  if (kind === 'recall') return undefined;
  if (kind !== 'event') return { at, seq, item: { kind: 'message', key, message, joined: false } };
  const value = event?.value as { state?: unknown; message?: unknown; reason?: unknown } | undefined;
  if (event?.name === UNDELIVERED)
    return { at, seq, item: { kind: 'undelivered', key, reason: String(value?.reason), at } };
  if (event?.name !== HANDOFF_STATUS || typeof value?.state !== 'string') return undefined;
  const { state, message: about } = value;
  return { at, seq, item: { kind: 'status', key, state, message: String(about ?? ''), at } };
}

/** Messages keep the order of the log; a note stands before the first message that is later. */
function interleaved(messages: readonly ChatMessage[], notes: readonly DeskNote[]): Timed[] {
  const lines = messages.map(messageItem).filter((it) => it !== undefined);
  const rest = [...notes];
  const all: Timed[] = [];
  for (const line of lines) {
    while (rest[0] && rest[0].at < line.at) all.push(noteItem(rest.shift() as DeskNote));
    all.push(line);
  }
  return [...all, ...rest.map(noteItem)];
}

const noteItem = (note: DeskNote): Timed => ({
  at: note.at,
  seq: 0,
  item: { kind: 'note', key: note.id, note },
});

function isJoined(before: Timed | undefined, { at, item }: Timed): boolean {
  if (item.kind !== 'message' || before?.item.kind !== 'message') return false;
  const { origin, from } = before.item.message;
  const isSame = origin === item.message.origin && from === item.message.from;
  return isSame && Date.parse(at) - Date.parse(before.at) < JOINED_MS;
}

/** All that is to be seen: the talk with days, the boundary to people, notes, and my words on their way. */
export function timelineOf(parts: Parts): Item[] {
  const { messages, notes, outgoing, startSeq, reachesStart, readSeq } = parts;
  // Notes from before what is here would stand in a wrong place.
  const first = messages[0]?.at ?? '';
  const shown = reachesStart ? notes : notes.filter(({ at }) => at >= first);
  const items: Item[] = [];
  let before: Timed | undefined;
  let day = '';
  let hasBoundary = false;
  let hasUnread = readSeq === undefined;
  for (const line of interleaved(messages, shown)) {
    const isBeyond = line.seq > startSeq;
    if (!hasBoundary && isBeyond && (messages[0]?.seq ?? 0) <= startSeq) {
      items.push({ kind: 'boundary', key: 'boundary' });
      hasBoundary = true;
      before = undefined;
    }
    if (!hasUnread && readSeq !== undefined && line.seq > readSeq && isCustomers(line)) {
      items.push({ kind: 'unread', key: 'unread' });
      hasUnread = true;
      before = undefined;
    }
    const on = new Date(line.at).toDateString();
    if (on !== day) items.push({ kind: 'day', key: `d${on}`, at: line.at });
    day = on;
    const { item } = line;
    items.push(item.kind === 'message' ? { ...item, joined: isJoined(before, line) } : item);
    before = line;
  }
  const last = messages.at(-1)?.seq ?? 0;
  if (!hasBoundary && messages.length > 0 && last >= startSeq && (messages[0]?.seq ?? 0) <= startSeq)
    items.push({ kind: 'boundary', key: 'boundary' });
  return [...items, ...outgoing.map((it): Item => ({ kind: 'outgoing', key: it.clientId, outgoing: it }))];
}

const isCustomers = ({ item }: Timed) => item.kind === 'message' && item.message.origin === 'customer';
