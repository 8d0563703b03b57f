import { backoffMs, DELAYS, Pause } from '../../../widget/client/pause.ts';
import { Stream } from '../../../widget/client/socket.ts';
import type { Frame } from '../model.ts';

export type LineState = 'connecting' | 'online' | 'reconnecting';

export interface LineOptions {
  /** A ticket that opens the socket once. Throws what the server refuses with. */
  ticket(): Promise<string>;
  createSocket(ticket: string, after: number): WebSocket;
  frame(frame: Frame): void;
  changed(state: LineState): void;
  /** Whether a refusal is final: the login is over, or the right has gone. */
  isFinal(error: unknown): boolean;
}

/** So long open, a line counts as one that works. */
const STEADY_MS = 30_000;

/** The live socket of the desk: comes back by itself, each time from the last number that it has told. */
export class Line {
  readonly #options: LineOptions;
  readonly #pause = new Pause();
  /** Chats that are looked at, and the last number of each that is here. */
  readonly #watched = new Map<string, number>();
  #after: number;
  #socket: WebSocket | undefined;
  #stream: Stream | undefined;
  #failures = 0;
  #closed = false;

  constructor(options: LineOptions, after: number) {
    this.#options = options;
    this.#after = after;
  }

  /** The number of the last event that was told. */
  get seq(): number {
    return this.#after;
  }

  /** Runs until closed, or refused for good. */
  async run(): Promise<void> {
    while (!this.#closed) {
      const startedAt = Date.now();
      const refusal = await this.#hold();
      if (this.#closed) return;
      this.#options.changed('reconnecting');
      if (refusal && this.#options.isFinal(refusal.error)) return;
      if (Date.now() - startedAt > STEADY_MS) this.#failures = 0;
      await this.#pause.wait(backoffMs(this.#failures++, DELAYS));
    }
  }

  async #hold(): Promise<{ error: unknown } | undefined> {
    let ticket: string;
    try {
      ticket = await this.#options.ticket();
    } catch (error) {
      return { error };
    }
    if (this.#closed) return undefined;
    const create = () => {
      this.#socket = this.#options.createSocket(ticket, this.#after);
      return this.#socket;
    };
    this.#stream = new Stream(create, '', DELAYS, {
      opened: () => {
        this.#options.changed('online');
        for (const [chatId, after] of this.#watched) this.#send({ type: 'watch', chatId, after });
      },
      frame: (data) => this.#take(String(data)),
    });
    await this.#stream.done;
    this.#stream = undefined;
    this.#socket = undefined;
    return undefined;
  }

  #take(data: string): void {
    const frame = JSON.parse(data) as Frame;
    if (frame.type === 'desk' || frame.type === 'reset') this.#after = frame.seq;
    if (frame.type === 'chat' && this.#watched.has(frame.chatId)) this.#watched.set(frame.chatId, frame.seq);
    if (frame.type === 'unwatched') this.#watched.delete(frame.chatId);
    this.#options.frame(frame);
  }

  #send(frame: object): void {
    const socket = this.#socket;
    if (socket && socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame));
  }

  /** Tells what a chat gets after this number, over all breaks. */
  watch(chatId: string, after: number): void {
    this.#watched.set(chatId, after);
    this.#send({ type: 'watch', chatId, after });
  }

  unwatch(chatId: string): void {
    if (this.#watched.delete(chatId)) this.#send({ type: 'unwatch', chatId });
  }

  /** Tries at once instead of waiting. */
  wake(): void {
    this.#pause.wake();
  }

  /** Gives up the present socket, which may be dead without knowing. */
  drop(): void {
    this.#stream?.close();
  }

  close(): void {
    this.#closed = true;
    this.drop();
    this.wake();
  }
}
