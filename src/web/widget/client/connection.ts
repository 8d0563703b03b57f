import { backoffMs, type Delays, Pause } from './pause.ts';
import type { Reply } from './rest.ts';
import { type SocketFactory, Stream } from './socket.ts';

/** What came of asking for a line: its address, a final no, or something to be tried again. */
export type Opening = { kind: 'opened'; streamUrl: string | undefined } | { kind: 'stopped' } | Reply;

export interface ConnectionOptions {
  delays: Delays;
  createSocket: SocketFactory;
  /** Starts or resumes the conversation. */
  open: () => Promise<Opening>;
  /** Fetches what is new; used while no socket opens. */
  poll: () => Promise<Reply>;
  /** The conversation may be written to. */
  ready: () => void;
  frame: (data: unknown) => void;
  lineChanged: (line: 'online' | 'reconnecting') => void;
  refused: (status: number) => void;
}

/** So many sockets in a row that never opened mean that the network lets none through. */
const HOPELESS_SOCKETS = 2;

/** Keeps one conversation's line up: socket first, polling where there is none, and backoff between tries. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #pause = new Pause();
  #stream: Stream | undefined;
  #failures = 0;
  #socketsNeverOpened = 0;
  #closed = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  /** Runs until closed or stopped. */
  async run(): Promise<void> {
    while (!this.#closed) {
      const opening = await this.#options.open();
      if (this.#closed || opening.kind === 'stopped') return;
      if (opening.kind === 'opened') {
        await this.#hold(opening.streamUrl);
        continue;
      }
      this.#options.lineChanged('reconnecting');
      await this.#backOff(opening.kind === 'unreachable' ? opening.retryAfterMs : undefined);
    }
  }

  /** Cuts waiting short. */
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

  async #hold(streamUrl: string | undefined): Promise<void> {
    this.#options.ready();
    const startedAt = Date.now();
    const opened = await this.#listen(streamUrl);
    if (this.#closed) return;
    this.#socketsNeverOpened = opened ? 0 : this.#socketsNeverOpened + 1;
    if (this.#socketsNeverOpened >= HOPELESS_SOCKETS) return this.#poll();
    // A line that drops at once is pushed back like one that never came up.
    if (opened && Date.now() - startedAt > this.#options.delays.backoffMaxMs) this.#failures = 0;
    this.#options.lineChanged('reconnecting');
    await this.#backOff();
  }

  async #listen(streamUrl: string | undefined): Promise<boolean> {
    if (!streamUrl) return false;
    const { createSocket, delays, frame, lineChanged } = this.#options;
    const stream = new Stream(createSocket, streamUrl, delays, {
      opened: () => lineChanged('online'),
      frame,
    });
    this.#stream = stream;
    return (await stream.done).opened;
  }

  /** Asks again and again for a while; then a socket is tried once more. */
  async #poll(): Promise<void> {
    const { delays, poll, refused, lineChanged } = this.#options;
    const until = Date.now() + delays.socketRetryMs;
    let failures = 0;
    while (!this.#closed && Date.now() < until) {
      const reply = await poll();
      if (this.#closed) return;
      if (reply.kind === 'refused') return refused(reply.status);
      lineChanged(reply.kind === 'ok' ? 'online' : 'reconnecting');
      failures = reply.kind === 'ok' ? 0 : failures + 1;
      await this.#pause.wait(failures === 0 ? delays.pollMs : backoffMs(failures, delays));
    }
  }

  async #backOff(askedMs?: number): Promise<void> {
    await this.#pause.wait(askedMs ?? backoffMs(this.#failures++, this.#options.delays));
  }
}
