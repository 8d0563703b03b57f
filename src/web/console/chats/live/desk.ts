import type { DeskEventType } from '../../../../domain/desk.ts';
import type { StaffMember } from '../../../../domain/staff.ts';
import { backoffMs, DELAYS } from '../../../widget/client/pause.ts';
import { ApiError } from '../../api/api-error.ts';
import { serverNow, setServerTime } from '../../time.ts';
import type { Chat, ChatMessage, Frame, News, Snapshot } from '../model.ts';
import type { KeptIn } from './kept.ts';
import { Line, type LineState } from './line.ts';
import { byAge, withNews } from './news.ts';
import { type Api, Room, type Upload } from './room.ts';
import { Store } from './store.ts';

export interface DeskState {
  line: LineState;
  /** Since when nothing live comes in. */
  cutOffAt: number | undefined;
  snapshot: Snapshot | undefined;
  fault: unknown;
  /** Mine that have ended while this page is open, the last one first. */
  ended: Chat[];
}

/** Something an agent wants to hear of. */
export type Call =
  | { kind: 'message'; chat: Chat; messages: ChatMessage[] }
  | { kind: 'offered' | 'given' | 'queued' | 'noted'; chat: Chat };

export interface DeskParts {
  member: StaffMember;
  api: Api;
  upload: Upload;
  /** For what nobody has asked for: an open page alone keeps nobody logged in. */
  apiByItself: Api;
  storage: KeptIn;
  createSocket(ticket: string, after: number): WebSocket;
  call(call: Call): void;
  /** A chat's facts have changed. */
  changed(chatId: string): void;
  /** The login is over. */
  refused(): void;
}

/** Between two readings of the whole; events come in between. */
const REGULAR_MS = 60_000;
/** So long after events that move the queue its places are read again. */
const SOON_MS = 4000;
/** A line that has not told by then what a reading shows is dead. */
const LATE_MS = 5000;
const MOST_ENDED = 10;
/** After these there are notes, past chats or a rating that were not there before. */
const CHANGES_FACTS: readonly DeskEventType[] = ['noted', 'transferred', 'closed', 'returned', 'rated'];
const KEPT_NEWS = 200;

/** The desk of one member, live: queue, chats and their rooms. */
export class Desk extends Store<DeskState> {
  readonly #parts: DeskParts;
  readonly #rooms = new Map<string, Room>();
  readonly #hearers = new Set<(news: News[]) => void>();
  #line: Line | undefined;
  /** What was told lately: a reading that was begun before it is brought up to it. */
  #news: News[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #timerAt = Number.POSITIVE_INFINITY;
  #failures = 0;
  #closed = false;

  constructor(parts: DeskParts) {
    super({ line: 'connecting', cutOffAt: undefined, snapshot: undefined, fault: undefined, ended: [] });
    this.#parts = parts;
  }

  /** Reads the desk and keeps it current; again after a failure. */
  async reload(): Promise<void> {
    try {
      const read = await this.#parts.apiByItself<Snapshot>('GET', '/desk');
      if (this.#closed) return;
      this.#failures = 0;
      this.#take(read);
      this.#lookAgainIn(REGULAR_MS);
    } catch (fault) {
      if (this.#closed) return;
      if (fault instanceof ApiError && (fault.status === 401 || fault.status === 403)) this.#parts.refused();
      this.set({ fault });
      this.#lookAgainIn(backoffMs(this.#failures++, DELAYS));
    }
  }

  #take(read: Snapshot): void {
    setServerTime(read.now);
    const fresh = { ...read, chats: read.chats.sort(byAge) };
    const snapshot = this.#news.filter(({ seq }) => seq > read.seq).reduce(withNews, fresh);
    this.set({ snapshot, fault: undefined });
    for (const chat of snapshot.chats) if (chat.state === 'active') void this.room(chat).load();
    if (this.#line) this.#checkLine(read.seq);
    else this.#open(read.seq);
  }

  #lookAgainIn(ms: number): void {
    const at = Date.now() + ms;
    if (this.#timerAt > Date.now() && this.#timerAt <= at) return;
    clearTimeout(this.#timer);
    this.#timerAt = at;
    this.#timer = setTimeout(() => {
      this.#timerAt = Number.POSITIVE_INFINITY;
      void this.reload();
    }, ms);
  }

  #open(after: number): void {
    const { apiByItself, createSocket, refused } = this.#parts;
    this.#line = new Line(
      {
        createSocket,
        ticket: async () => (await apiByItself<{ ticket: string }>('POST', '/live-ticket')).ticket,
        frame: (frame) => this.#hear(frame),
        changed: (line) => {
          const cutOffAt = line === 'online' ? undefined : (this.state.cutOffAt ?? serverNow());
          this.set({ line, cutOffAt });
        },
        isFinal(error) {
          const isOver = error instanceof ApiError && (error.status === 401 || error.status === 403);
          if (isOver) refused();
          return isOver;
        },
      },
      after,
    );
    void this.#line.run();
  }

  #checkLine(seq: number): void {
    const line = this.#line;
    if (!line || line.seq >= seq) return;
    setTimeout(() => {
      if (line.seq < seq) line.drop();
    }, LATE_MS);
  }

  #hear(frame: Frame): void {
    switch (frame.type) {
      case 'desk':
        for (const news of frame.events) this.#hearNews(news);
        for (const hear of this.#hearers) hear(frame.events);
        return;
      case 'chat':
        this.#hearWords(frame.chatId, frame.messages);
        return;
      case 'typing':
        if (frame.from === 'customer') this.#rooms.get(frame.chatId)?.customerTypes();
        return;
      case 'read':
        if (frame.from === 'customer') this.#rooms.get(frame.chatId)?.customerRead(frame.seq);
        else if (frame.number === this.#parts.member.number) this.#rooms.get(frame.chatId)?.seen(frame.seq);
        return;
      case 'unwatched':
        this.#rooms.get(frame.chatId)?.leave();
        return;
      case 'reset':
        this.#news = [];
        for (const room of this.#rooms.values()) void room.reload();
        void this.reload();
    }
  }

  #hearWords(chatId: string, messages: ChatMessage[]): void {
    this.#rooms.get(chatId)?.take(messages);
    const chat = this.state.snapshot?.chats.find(({ id }) => id === chatId);
    const words = messages.filter(({ origin, kind }) => origin === 'customer' && kind !== 'event');
    if (chat && words.length > 0) this.#parts.call({ kind: 'message', chat, messages: words });
  }

  #hearNews(news: News): void {
    const { snapshot } = this.state;
    this.#news = [...this.#news, news].slice(-KEPT_NEWS);
    if (!snapshot) return;
    const was = snapshot.chats.find(({ id }) => id === news.handoffId);
    const next = withNews(snapshot, news);
    this.set({ snapshot: next });
    if (
      news.type === 'settings' ||
      next.queue !== snapshot.queue ||
      next.chats.length !== snapshot.chats.length
    )
      this.#lookAgainIn(SOON_MS);
    const { handoff: chat, type } = news;
    if (!chat) return;
    this.#keepEnded(chat);
    if (CHANGES_FACTS.includes(type)) this.#parts.changed(chat.id);
    this.#tell(news, chat, was);
  }

  #tell({ type, actor }: News, chat: Chat, was: Chat | undefined): void {
    const { id } = this.#parts.member;
    const byMe = actor === `staff:${id}`;
    const isMine = this.#has(chat);
    if (isMine && !was) this.#arrived(chat);
    if (was?.state === 'active' && chat.state === 'closed') this.#remember(chat);
    if (byMe) return;
    if (type === 'noted' && isMine) {
      this.#rooms.get(chat.id)?.noteArrived();
      this.#parts.call({ kind: 'noted', chat });
    } else if (chat.offeredTo?.id === id && was?.offeredTo?.id !== id)
      this.#parts.call({ kind: 'offered', chat });
    else if (isMine && was?.state !== 'active') this.#parts.call({ kind: 'given', chat });
    else if (type === 'queued' && this.#serves(chat)) this.#parts.call({ kind: 'queued', chat });
  }

  #has({ state, agent }: Chat): boolean {
    return state === 'active' && agent?.id === this.#parts.member.id;
  }

  #serves({ group }: Chat): boolean {
    return this.state.snapshot?.me.groups.includes(group) ?? false;
  }

  #arrived(chat: Chat): void {
    const known = this.#rooms.get(chat.id);
    if (known?.state.lost) void known.reload();
    else void this.room(chat).load();
  }

  /** What happens after the end of a chat of mine (the customer rates it) is seen in it, too. */
  #keepEnded(chat: Chat): void {
    const { ended } = this.state;
    const known = ended.find(({ id }) => id === chat.id);
    if (known && known.version < chat.version)
      this.set({ ended: ended.map((it) => (it === known ? chat : it)) });
  }

  #remember(chat: Chat): void {
    const rest = this.state.ended.filter(({ id }) => id !== chat.id);
    this.set({ ended: [chat, ...rest].slice(0, MOST_ENDED) });
    // What the customer goes on to say to the bot is not for me any more.
    this.#line?.unwatch(chat.id);
  }

  /** A chat that is not mine is not looked at any longer. */
  leave(chatId: string): void {
    if (this.state.snapshot?.chats.some(({ id }) => id === chatId)) return;
    this.#line?.unwatch(chatId);
    this.#rooms.get(chatId)?.close();
    this.#rooms.delete(chatId);
  }

  /** Tells what happens at the desk, as far as I may know of it. Returns what ends that. */
  onNews(hearer: (news: News[]) => void): () => void {
    this.#hearers.add(hearer);
    return () => void this.#hearers.delete(hearer);
  }

  /** How many chats I have. */
  get active(): number {
    return (this.state.snapshot?.chats ?? []).filter(({ state }) => state === 'active').length;
  }

  /** Customers' words in my chats that I have not read, and offers. */
  get unread(): number {
    const chats = this.state.snapshot?.chats ?? [];
    return chats.reduce(
      (sum, chat) => sum + (chat.state === 'active' ? this.room(chat).unread.length : 1),
      0,
    );
  }

  /** A chat as the server has just answered it, before its event comes. */
  apply(chat: Chat): void {
    const { snapshot } = this.state;
    if (!snapshot) return;
    const was = snapshot.chats.find(({ id }) => id === chat.id);
    const news: News = {
      ...{ seq: 0, at: '', type: 'accepted', actor: '', data: {} },
      ...{ handoffId: chat.id, handoff: chat },
    };
    this.set({ snapshot: withNews(snapshot, news) });
    if (this.#has(chat) && !was) this.#arrived(chat);
    if (was && chat.state === 'closed') this.#remember(chat);
    this.#lookAgainIn(SOON_MS);
  }

  /** The room of a chat; `load` it to see what was said. */
  room({ id, startSeq }: Pick<Chat, 'id' | 'startSeq'>): Room {
    const known = this.#rooms.get(id);
    if (known) return known;
    const { api, upload, apiByItself, member, storage } = this.#parts;
    const room = new Room({
      ...{ chatId: id, startSeq, number: member.number, owner: member.id },
      ...{ api, upload, apiByItself, storage },
      watch: (chatId, after) => this.#line?.watch(chatId, after),
    });
    this.#rooms.set(id, room);
    room.subscribe(() => this.set({}));
    return room;
  }

  /** The line or the screen may be back: look at once. */
  wake(): void {
    this.#line?.wake();
    if (this.state.fault || !this.state.snapshot) void this.reload();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#line?.close();
  }
}
