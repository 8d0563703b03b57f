import { Connection, type Opening } from './client/connection.ts';
import { FileOutbox, type OutgoingFile } from './client/file-outbox.ts';
import { type KeyValue, newId, Outbox, type Outgoing } from './client/outbox.ts';
import { DELAYS, type Delays } from './client/pause.ts';
import {
  type Activity,
  type ActivitySet,
  asRecord,
  asText,
  decodeActivitySet,
  decodeFrame,
  decodeGrant,
} from './client/protocol.ts';
import { type Reply, Rest } from './client/rest.ts';
import { type Credentials, type RequestToken, Session } from './client/session.ts';
import type { SocketFactory } from './client/socket.ts';
import { clientIdOf, type Entry, Timeline } from './client/timeline.ts';

/** The address of a file that the desk has sent, good for one look; undefined when there is none any more. */
export type AskFile = (fileId: string, look: 'small' | 'whole') => Promise<string | undefined>;

/** How a file leaves: the address it is posted to, and with what. */
export type PostFile = (
  post: { url: string; token: string; language: string; file: File; clientId: string },
  progress: (share: number) => void,
) => Promise<Reply>;

export type { KeyValue } from './client/outbox.ts';
export type { Activity, QuickReply } from './client/protocol.ts';
export type { Credentials, RequestToken } from './client/session.ts';
export type { Entry } from './client/timeline.ts';

/**
 * `expired`: the token ran out and the host gave none for this conversation. `ended`: the server no
 * longer knows the conversation. `refused`: it did not let one start. These three are final.
 */
export type Status = 'connecting' | 'online' | 'reconnecting' | 'expired' | 'ended' | 'refused' | 'closed';

export interface Snapshot {
  status: Status;
  conversationId: string | undefined;
  entries: readonly Entry[];
  /** Somebody at the other end is writing. */
  typing: boolean;
  /** The language of what was said last on the other side; before that, the page's. */
  locale: string;
}

export interface DirectLineOptions {
  /** Up to and with `/v3/directline`, no slash at its end. */
  baseUrl: string;
  /** For a new conversation. */
  credentials: Credentials;
  /** A conversation held before; when the server no longer takes it, a new one starts with `credentials`. */
  resume?: Credentials | undefined;
  requestToken?: RequestToken | undefined;
  createSocket: SocketFactory;
  fetch: typeof fetch;
  /** Without it files cannot be sent. */
  postFile?: PostFile | undefined;
  /** Unsent messages outlive a reload here, under `outboxKey`. */
  storage: KeyValue;
  outboxKey: string;
  /** The page's language. */
  locale: string;
  /** Called with what a later visit needs to resume. */
  sessionChanged?: ((credentials: Credentials) => void) | undefined;
  delays?: Partial<Delays> | undefined;
}

/** A Direct Line 3.0 client for one conversation, in the browser and in Node. */
export class DirectLine {
  readonly #options: DirectLineOptions;
  readonly #delays: Delays;
  readonly #rest: Rest;
  readonly #timeline = new Timeline();
  readonly #outbox: Outbox;
  readonly #files: FileOutbox;
  readonly #sentFiles = new Map<string, File>();
  readonly #connection: Connection;
  readonly #listeners = new Set<(snapshot: Snapshot) => void>();
  #session: Session;
  #status: Status = 'connecting';
  #started: boolean;
  #watermark = '';
  #typingTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: DirectLineOptions) {
    this.#options = options;
    this.#delays = { ...DELAYS, ...options.delays };
    this.#rest = new Rest({
      baseUrl: options.baseUrl,
      fetch: options.fetch,
      timeoutMs: this.#delays.requestTimeoutMs,
      language: () => this.snapshot.locale,
    });
    this.#started = options.resume !== undefined;
    this.#session = this.#newSession(options.resume ?? options.credentials);
    this.#outbox = new Outbox({
      storage: options.storage,
      key: options.outboxKey,
      delays: this.#delays,
      post: (message) => this.#post(message),
      changed: () => this.#emit(),
    });
    this.#files = new FileOutbox({
      newId,
      post: (file, progress) => this.#postFile(file, progress),
      changed: () => this.#emit(),
    });
    this.#connection = new Connection({
      delays: this.#delays,
      createSocket: options.createSocket,
      open: () => this.#open(),
      poll: () => this.#fetchNew(),
      ready: () => this.#outbox.flush(),
      frame: (frame) => this.#receive(decodeFrame(frame)),
      lineChanged: (line) => this.#setLine(line),
      refused: (status) => void this.#end(status),
    });
  }

  get snapshot(): Snapshot {
    const entries = this.#timeline.entries(this.#outbox.messages, this.#files.files, this.#sentFiles);
    const spoken = entries.findLast(({ activity }) => activity.from.role !== 'user' && activity.locale);
    return {
      status: this.#status,
      conversationId: this.#session.conversationId,
      entries,
      locale: spoken?.activity.locale ?? this.#options.locale,
      typing: this.#typingTimer !== undefined,
    };
  }

  /** Calls the listener at every change; the returned function ends that. */
  subscribe(listener: (snapshot: Snapshot) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Starts or resumes and keeps the connection until `close`. */
  start(): void {
    void this.#connection.run();
    void this.#session.keepFresh();
  }

  /** Queues a message and returns its id; delivery shows in the snapshot. */
  send(text: string): string {
    return this.#outbox.add(text);
  }

  /** Sends a file to the people who have the conversation; how far it is shows in the snapshot. */
  sendFile(file: File): string {
    return this.#files.add(file);
  }

  resend(clientId: string): void {
    if (!this.#files.resend(clientId)) this.#outbox.resend(clientId);
  }

  /** Does without a file that was not taken. */
  dropFile(clientId: string): void {
    this.#files.drop(clientId);
  }

  /** Where a file of the desk is, for one look. */
  readonly askFile: AskFile = async (fileId, look) => {
    const path = `${this.#path()}/files/${encodeURIComponent(fileId)}/address`;
    const reply = await this.#session.call({ method: 'POST', path, body: { look } });
    const url = reply.kind === 'ok' ? asText(asRecord(reply.body)?.url) : undefined;
    return url && new URL(url, this.#options.baseUrl).href;
  };

  /** Tells people that the customer is writing, or has read up to here; the next one is soon enough when one is lost. */
  tell(sign: { type: 'typing' } | { type: 'event'; name: string; value: { seq: number } }): void {
    const body = { ...sign, from: { id: 'user', role: 'user' } };
    void this.#session.call({ method: 'POST', path: `${this.#path()}/activities`, body });
  }

  /** The network is back or the page is looked at again: stop waiting, and look for what was missed. */
  wake(): void {
    this.#connection.wake();
    this.#session.wake();
    if (this.#status !== 'online') return;
    this.#outbox.flush();
    void this.#catchUp();
  }

  close(): void {
    this.#stop('closed');
  }

  #newSession(credentials: Credentials): Session {
    const session: Session = new Session({
      rest: this.#rest,
      delays: this.#delays,
      credentials,
      requestToken: this.#options.requestToken,
      changed: () => this.#sessionChanged(session),
      expired: () => this.#stop('expired'),
    });
    return session;
  }

  #sessionChanged(session: Session): void {
    const { token, conversationId } = session;
    if (this.#started) this.#options.sessionChanged?.({ token, conversationId });
  }

  async #open(): Promise<Opening> {
    if (!this.#started) return this.#startConversation();
    const path = `${this.#path()}?watermark=${encodeURIComponent(this.#watermark)}`;
    const resumed = this.#resumedUnseen();
    // A stored token that fails must not cost the host a question: the fresh one is at hand.
    const call = { method: 'GET', path } as const;
    const reply = resumed ? await this.#rest.call(this.#session.token, call) : await this.#session.call(call);
    if (reply.kind === 'refused') return resumed ? this.#startAnew() : this.#end(reply.status);
    return this.#opened(reply);
  }

  async #startConversation(): Promise<Opening> {
    const body = { user: {}, locale: this.#options.locale };
    const reply = await this.#session.call({ method: 'POST', path: '/conversations', body });
    if (reply.kind === 'refused') {
      const late = reply.status === 401 || reply.status === 403;
      return this.#stop(late ? 'expired' : 'refused');
    }
    return this.#opened(reply);
  }

  /** The stored conversation is stale or not this customer's. */
  #startAnew(): Promise<Opening> {
    this.#session.close();
    this.#started = false;
    this.#session = this.#newSession(this.#options.credentials);
    this.#outbox.failAll();
    void this.#session.keepFresh();
    return this.#startConversation();
  }

  #opened(reply: Reply): Opening {
    if (reply.kind !== 'ok') return reply;
    const grant = decodeGrant(reply.body);
    this.#started = true;
    this.#session.adopt(grant);
    return { kind: 'opened', streamUrl: grant.streamUrl };
  }

  #resumedUnseen(): boolean {
    return this.#options.resume?.conversationId === this.#session.conversationId && this.#watermark === '';
  }

  #end(status: number): Opening {
    return this.#stop(status === 404 ? 'ended' : 'expired');
  }

  /** A line that died in the sleep of the device looks open: one request tells, and brings what was missed. */
  async #catchUp(): Promise<void> {
    const reply = await this.#fetchNew();
    if (reply.kind !== 'ok') this.#connection.drop();
  }

  async #fetchNew(): Promise<Reply> {
    const path = `${this.#path()}/activities?watermark=${encodeURIComponent(this.#watermark)}`;
    const reply = await this.#session.call({ method: 'GET', path });
    if (reply.kind === 'ok') this.#receive(decodeActivitySet(reply.body));
    return reply;
  }

  async #post(message: Outgoing): Promise<Reply> {
    const reply = await this.#session.call({
      method: 'POST',
      path: `${this.#path()}/activities`,
      body: {
        type: 'message',
        text: message.text,
        from: { id: 'user', role: 'user' },
        locale: this.#options.locale,
        localTimestamp: new Date(message.queuedAt).toISOString(),
        channelData: { clientActivityID: message.clientId },
      },
    });
    if (reply.kind === 'refused' && (reply.status === 401 || reply.status === 403)) this.#stop('expired');
    return reply;
  }

  async #postFile(outgoing: OutgoingFile, progress: (share: number) => void): Promise<Reply> {
    const { baseUrl, postFile } = this.#options;
    const { file, clientId } = outgoing;
    const language = this.snapshot.locale;
    const url = `${baseUrl}${this.#path()}/upload?userId=user`;
    const send = (token: string) => postFile?.({ url, token, language, file, clientId }, progress);
    return this.#session.send(async (token) => (await send(token)) ?? { kind: 'unreachable' });
  }

  #receive(set: ActivitySet): void {
    if (set.watermark) this.#watermark = set.watermark;
    for (const activity of set.activities) this.#receiveOne(activity);
    if (set.activities.length > 0) this.#emit();
  }

  #receiveOne(activity: Activity): void {
    const own = activity.from.role === 'user';
    if (activity.type === 'typing') {
      if (!own) this.#showTyping();
      return;
    }
    if (!activity.id) return;
    if (!own && activity.type === 'message') this.#hideTyping();
    this.#timeline.put(activity);
    const clientId = clientIdOf(activity);
    if (clientId) this.#confirm(clientId);
  }

  #confirm(clientId: string): void {
    this.#outbox.confirm(clientId);
    const sent = this.#files.files.find((it) => it.clientId === clientId);
    if (!sent) return;
    this.#sentFiles.set(clientId, sent.file);
    this.#files.drop(clientId);
  }

  #showTyping(): void {
    clearTimeout(this.#typingTimer);
    this.#typingTimer = setTimeout(() => {
      this.#hideTyping();
      this.#emit();
    }, this.#delays.typingMs);
  }

  #hideTyping(): void {
    clearTimeout(this.#typingTimer);
    this.#typingTimer = undefined;
  }

  #path(): string {
    return `/conversations/${encodeURIComponent(this.#session.conversationId ?? '')}`;
  }

  #isOver(): boolean {
    return ['expired', 'ended', 'refused', 'closed'].includes(this.#status);
  }

  #stop(status: 'expired' | 'ended' | 'refused' | 'closed'): { kind: 'stopped' } {
    if (this.#isOver()) return { kind: 'stopped' };
    this.#status = status;
    this.#outbox.hold();
    this.#session.close();
    this.#connection.close();
    this.#hideTyping();
    if (status !== 'closed') this.#outbox.failAll();
    this.#emit();
    return { kind: 'stopped' };
  }

  #setLine(line: 'online' | 'reconnecting'): void {
    // Until it has been up once, a line is not broken.
    const status = this.#status === 'connecting' && line === 'reconnecting' ? 'connecting' : line;
    if (this.#isOver() || this.#status === status) return;
    this.#status = status;
    this.#emit();
  }

  #emit(): void {
    const snapshot = this.snapshot;
    for (const listener of this.#listeners) listener(snapshot);
  }
}
