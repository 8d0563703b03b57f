import type { ChatMessage, MessagePage } from '../model.ts';
import { type Kept, type KeptIn, keptOf } from './kept.ts';
import { firstPage, type Log, unreadIn, withNewer, withOlder } from './log.ts';
import { Store } from './store.ts';

/** My words, or a file, on their way. The same `clientId` again is the same message. */
export interface Outgoing {
  clientId: string;
  /** Of a file its name. */
  text: string;
  file?: File | undefined;
  /** How much of the file has left, 0 to 1. */
  share?: number;
  at: string;
  state: 'sending' | 'failed';
}

export interface RoomState {
  log: Log | undefined;
  fault: unknown;
  loadingOlder: boolean;
  outgoing: Outgoing[];
  /** Files beside the words that are being written. */
  staged: readonly File[];
  /** The customer is writing at this moment. */
  typing: boolean;
  /** How far the customer is known to have read: told while somebody looks, by clients that tell it. */
  readByCustomer: number;
  /** How far I have read. */
  readSeq: number;
  /** Somebody has written a note that I have not seen. */
  newNote: boolean;
  /** It has gone to somebody else. */
  lost: boolean;
}

export type Api = <T>(method: string, path: string, body?: unknown, signal?: AbortSignal) => Promise<T>;

/** Sends a form and tells how much of it has left, 0 to 1. */
export type Upload = <T>(path: string, form: FormData, progress: (share: number) => void) => Promise<T>;

export interface RoomParts {
  chatId: string;
  /** Where the hand-off begins in the log. */
  startSeq: number;
  /** 工号 of whoever looks. */
  number: string;
  /** Staff id of whoever looks. */
  owner: string;
  storage: KeptIn;
  api: Api;
  upload: Upload;
  /** For what nobody has asked for. */
  apiByItself: Api;
  watch(chatId: string, after: number): void;
}

const PAGE = 60;
const TYPING_SHOWN_MS = 6000;
const TYPING_TOLD_MS = 3000;
const READ_TOLD_MS = 1000;
/** A message that is not acknowledged by then counts as not sent; sent again, it is still one. */
const SEND_MS = 20_000;

const newId = () =>
  [...crypto.getRandomValues(new Uint32Array(3))].map((part) => part.toString(36)).join('-');

function formOf(clientId: string, file: File): FormData {
  const form = new FormData();
  form.append('clientId', clientId);
  form.append('file', file);
  return form;
}

/** One chat as it is looked at: its words, mine on their way, who writes, how far it was read. */
export class Room extends Store<RoomState> {
  readonly id: string;
  /** Where the transcript was left: pixels from its top, unless it was at its end. */
  scrolledTo: number | undefined;
  readonly #parts: RoomParts;
  readonly #kept: ReturnType<typeof keptOf>;
  #loading: Promise<void> | undefined;
  #sending: Promise<unknown> = Promise.resolve();
  #sendingFiles: Promise<unknown> = Promise.resolve();
  #typingEnds: ReturnType<typeof setTimeout> | undefined;
  #typingToldAt = 0;
  #readTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: RoomParts) {
    const kept = keptOf(parts.storage, parts.owner, parts.chatId);
    super({
      ...{
        log: undefined,
        fault: undefined,
        loadingOlder: false,
        outgoing: [],
        typing: false,
        readByCustomer: 0,
        staged: [],
      },
      ...{ readSeq: kept.read().readSeq, newNote: false, lost: false },
    });
    this.id = parts.chatId;
    this.#parts = parts;
    this.#kept = kept;
  }

  get #path(): string {
    return `/chats/${this.id}`;
  }

  /** Words not sent yet. */
  get draft(): Pick<Kept, 'reply' | 'note'> {
    return this.#kept.read();
  }

  keepDraft(draft: Partial<Pick<Kept, 'reply' | 'note'>>): void {
    this.#kept.write(draft);
  }

  /** Reads the newest page, once, and follows what comes after it. */
  load(): Promise<void> {
    this.#loading ??= this.#loadNewest().catch((fault: unknown) => {
      this.#loading = undefined;
      this.set({ fault });
    });
    return this.#loading;
  }

  /** Reads anew: after a reset, or when it has come back to me. */
  reload(): Promise<void> {
    this.#loading = undefined;
    return this.load();
  }

  async #loadNewest(): Promise<void> {
    this.set({ fault: undefined });
    const { apiByItself, watch, number, startSeq } = this.#parts;
    const page = await apiByItself<MessagePage>('GET', `${this.#path}/messages?limit=${PAGE}`);
    const log = firstPage(page);
    const own = log.messages.findLast(({ from }) => from === number)?.seq ?? 0;
    this.set({ log, lost: false, readSeq: Math.max(this.state.readSeq, own, startSeq) });
    watch(this.id, page.to);
  }

  async loadOlder(): Promise<void> {
    const { log, loadingOlder } = this.state;
    if (!log?.more || loadingOlder) return;
    this.set({ loadingOlder: true });
    try {
      const path = `${this.#path}/messages?limit=${PAGE}&before=${log.from}`;
      const page = await this.#parts.api<MessagePage>('GET', path);
      this.set({ log: withOlder(this.state.log ?? log, page) });
    } finally {
      this.set({ loadingOlder: false });
    }
  }

  /** What the socket tells of it. */
  take(messages: readonly ChatMessage[]): void {
    const { log, outgoing } = this.state;
    if (!log) return;
    const arrived = new Set(messages.map(({ clientId }) => clientId));
    this.set({
      log: withNewer(log, messages),
      outgoing: outgoing.filter(({ clientId }) => !arrived.has(clientId)),
    });
    if (messages.some(({ origin }) => origin === 'customer')) this.#showTyping(false);
  }

  customerRead(seq: number): void {
    if (seq > this.state.readByCustomer) this.set({ readByCustomer: seq });
  }

  customerTypes(): void {
    this.#showTyping(true);
  }

  #showTyping(typing: boolean): void {
    clearTimeout(this.#typingEnds);
    if (typing) this.#typingEnds = setTimeout(() => this.set({ typing: false }), TYPING_SHOWN_MS);
    if (typing !== this.state.typing) this.set({ typing });
  }

  /** It has gone to somebody else. */
  leave(): void {
    this.close();
    this.set({ lost: true, typing: false });
  }

  /** Nothing more is told of it. */
  close(): void {
    clearTimeout(this.#typingEnds);
    clearTimeout(this.#readTimer);
  }

  noteArrived(): void {
    this.set({ newNote: true });
  }

  get unread(): ChatMessage[] {
    const { log, readSeq } = this.state;
    return log ? unreadIn(log, readSeq) : [];
  }

  /** All that is here has been seen, on this screen or (`upTo`) in another tab. */
  seen(upTo?: number): void {
    const last = upTo ?? this.state.log?.messages.at(-1)?.seq ?? 0;
    if (upTo === undefined && this.state.newNote) this.set({ newNote: false });
    if (last <= this.state.readSeq) return;
    this.set({ readSeq: last });
    this.#kept.write({ readSeq: last });
    if (upTo !== undefined) return;
    clearTimeout(this.#readTimer);
    this.#readTimer = setTimeout(() => this.#tell('read', { seq: last }), READ_TOLD_MS);
  }

  /** Tells the customer that I write, not more often than it is shown. */
  tellTyping(): void {
    if (Date.now() - this.#typingToldAt < TYPING_TOLD_MS) return;
    this.#typingToldAt = Date.now();
    this.#tell('typing', {});
  }

  /** Signs that pass: the next one is soon enough when one is lost. */
  #tell(what: 'read' | 'typing', body: object): void {
    if (this.state.lost) return;
    const { api, apiByItself } = this.#parts;
    const call = what === 'read' ? apiByItself : api;
    call('POST', `${this.#path}/${what}`, body).catch(() => undefined);
  }

  /** Sends my words, after those before them. Throws what the server refuses with; unreachable, they stay as failed. */
  send(text: string): Promise<void> {
    return this.#sendNext({ text });
  }

  /** Sends a file after those before it; words do not wait for files. Throws like `send`. */
  sendFile(file: File): Promise<void> {
    return this.#sendNext({ text: file.name, file });
  }

  /** Puts these files beside the words that are being written. */
  stage(staged: readonly File[]): void {
    this.set({ staged });
  }

  /** Tries once more; the customer gets it once. */
  resend({ clientId, text, file }: Outgoing): Promise<void> {
    return this.#sendNext({ text, file }, clientId);
  }

  #sendNext(words: Pick<Outgoing, 'text' | 'file'>, clientId = newId()): Promise<void> {
    const rest = this.state.outgoing.filter((it) => it.clientId !== clientId);
    const outgoing: Outgoing = { ...words, clientId, at: new Date().toISOString(), state: 'sending' };
    this.set({ outgoing: [...rest, outgoing] });
    const before = words.file ? this.#sendingFiles : this.#sending;
    const sent = before.then(() => this.#post(outgoing));
    const settled = sent.catch(() => undefined);
    if (words.file) this.#sendingFiles = settled;
    else this.#sending = settled;
    return sent;
  }

  async #post(outgoing: Outgoing): Promise<void> {
    try {
      const { message } = await this.#posted(outgoing);
      this.take([message]);
    } catch (fault) {
      this.#change(outgoing, { state: 'failed' });
      throw fault;
    }
  }

  #posted(outgoing: Outgoing): Promise<{ message: ChatMessage }> {
    const { clientId, text, file } = outgoing;
    const { api, upload } = this.#parts;
    if (file)
      return upload(`${this.#path}/files`, formOf(clientId, file), (share) =>
        this.#change(outgoing, { share }),
      );
    return api('POST', `${this.#path}/messages`, { text, clientId }, AbortSignal.timeout(SEND_MS));
  }

  #change({ clientId }: Outgoing, change: Partial<Outgoing>): void {
    const { outgoing } = this.state;
    this.set({ outgoing: outgoing.map((it) => (it.clientId === clientId ? { ...it, ...change } : it)) });
  }

  discard(clientId: string): void {
    this.set({ outgoing: this.state.outgoing.filter((it) => it.clientId !== clientId) });
  }

  async recall(seq: number): Promise<void> {
    const { message } = await this.#parts.api<{ message: ChatMessage }>('POST', `${this.#path}/recall`, {
      seq,
    });
    this.take([message]);
  }
}
