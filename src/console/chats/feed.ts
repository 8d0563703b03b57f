import type { ConversationStore, LogEntry, Wake } from '../../conversation/store.ts';
import { HANDOFF_CHANGED, READ_EVENT } from '../../domain/handoff.ts';
import { messageOf } from './messages.ts';
import type { ChatMessage } from './shapes.ts';

/** What a watched chat tells a socket. `seq`: where to go on from after a break. */
export type FeedFrame =
  | { type: 'chat'; chatId: string; messages: ChatMessage[]; seq: number }
  | { type: 'typing'; chatId: string; from: 'customer' | 'bot' | 'agent'; number?: string }
  | { type: 'read'; chatId: string; from: 'customer' | 'agent'; number?: string; seq: number };

interface FeedParts {
  store: Pick<ConversationStore, 'read' | 'subscribe'>;
  chatId: string;
  conversationId: string;
  /** The number of the last entry that the page has. */
  after: number;
  /** The number of the chat's last entry, where it is over. */
  until?: number | undefined;
  send(frame: FeedFrame): void;
  failed(error: unknown): void;
}

const PAGE = 100;

/** Whether the entry ends the chat: what the customer says after it is said to others. */
function endsChat({ origin, activity }: LogEntry, chatId: string): boolean {
  if (origin !== 'system' || activity.name !== HANDOFF_CHANGED) return false;
  const { handoffId, change } = (activity.value ?? {}) as {
    handoffId?: unknown;
    change?: { kind?: unknown };
  };
  return handoffId === chatId && (change?.kind === 'closed' || change?.kind === 'returned');
}

/**
 * Follows a chat in its conversation's log from a number to its end, each entry once and in order: what comes with
 * a wake-up is sent at once when it is the next, otherwise the log is read. Returns what ends it earlier.
 */
export async function followChat(parts: FeedParts): Promise<() => Promise<void>> {
  const { store, chatId, conversationId, send, failed } = parts;
  let cursor = parts.after;
  let until = parts.until ?? Number.POSITIVE_INFINITY;
  let reading: Promise<void> | undefined;
  let again = false;
  let ended = cursor >= until;

  function tell(entries: readonly LogEntry[]): void {
    if (ended) return;
    until = entries.find((entry) => entry.seq <= until && endsChat(entry, chatId))?.seq ?? until;
    const own = entries.filter(({ seq }) => seq <= until);
    cursor = entries.at(-1)?.seq ?? cursor;
    const messages = own.map(messageOf).filter((it) => it !== undefined);
    if (messages.length > 0) send({ type: 'chat', chatId, messages, seq: cursor });
    ended = cursor >= until;
  }

  async function readOn(): Promise<void> {
    do {
      again = false;
      const entries = await store.read(conversationId, cursor, PAGE);
      tell(entries);
      again ||= entries.length === PAGE;
    } while (again && !ended);
  }

  function look(): void {
    again = true;
    reading ??= readOn()
      .catch(failed)
      .finally(() => {
        reading = undefined;
        // Asked for after the last reading but before this.
        if (again && !ended) look();
      });
  }

  function hearOf(entries: readonly LogEntry[]): void {
    const fresh = entries.filter(({ seq }) => seq > cursor);
    if (fresh.length === 0) return;
    const isNext = fresh.every(({ seq }, index) => seq === cursor + 1 + index);
    if (isNext && !reading) tell(fresh);
    else look();
  }

  function pass({ activity: { type, name, from, value } }: Extract<Wake, { kind: 'passing' }>): void {
    const by = from?.role === 'user' ? 'customer' : from?.id === from?.name ? 'agent' : 'bot';
    const number = by === 'agent' && from?.id ? from.id : undefined;
    if (type === 'typing') send({ type: 'typing', chatId, from: by, ...(number && { number }) });
    const seq = (value as { seq?: unknown } | undefined)?.seq;
    if (name !== READ_EVENT || by === 'bot' || typeof seq !== 'number') return;
    send({ type: 'read', chatId, from: by, ...(number && { number }), seq });
  }

  const unsubscribe = await store.subscribe(conversationId, (wake) => {
    if (ended) return;
    if (wake.kind === 'passing') pass(wake);
    else if (wake.entries.length > 0) hearOf(wake.entries);
    else look();
  });
  // Only now: what is appended from here on wakes us.
  if (!ended) look();
  return async () => {
    ended = true;
    await unsubscribe();
  };
}
