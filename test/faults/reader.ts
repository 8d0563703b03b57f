import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { Line } from './line.ts';
import { other, type Pair } from './pair.ts';

/** An activity as a client gets it. */
export interface Shown {
  id?: string;
  type: string;
  text?: string;
  timestamp?: string;
  replyToId?: string;
  from?: { role?: string };
  channelData?: { clientActivityID?: string };
}

interface Frame {
  activities: Shown[];
  watermark?: string;
}

const COME_BACK_MS = 200;

/** A customer's second window: reads along on a WebSocket and comes back to its watermark when that breaks. */
export class Reader {
  /** Everything of the log that came, in the order it came; `seenAt` is epoch ms. */
  readonly seen: (Shown & { seenAt: number })[] = [];
  /** How its sockets ended: close codes, or the HTTP status where one was refused. */
  readonly ends: number[] = [];
  readonly #answered = new Set<string>();
  readonly #pair: Pair;
  readonly #path: string;
  #watermark = '';
  #socket: WebSocket | undefined;
  #opened = true;
  #closed = false;
  #running: Promise<void>;

  constructor(pair: Pair, line: Line, conversation: { id: string; token: string }) {
    this.#pair = pair;
    this.#path = `conversations/${conversation.id}`;
    this.#running = this.#run(line, conversation.token);
    // Told by `close`.
    this.#running.catch(() => undefined);
  }

  /** Whether a reply to this message has come. */
  hasAnswerTo(id: string): boolean {
    return this.#answered.has(id);
  }

  /** Ends reading; throws what went wrong in it. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#socket?.terminate();
    await this.#running;
  }

  async #run(line: Line, token: string): Promise<void> {
    while (!this.#closed) {
      const { by, body } = await line.ask(token, `${this.#path}?watermark=${this.#watermark}`);
      const address = new URL((body as { streamUrl: string }).streamUrl);
      // A balancer knows nothing of tickets: the socket goes to the other process, unless that one is away.
      const to = this.#opened ? other(by) : by;
      address.host = new URL(this.#pair.processes[to].url).host;
      if (!this.#closed) await this.#listen(address);
      if (!this.#closed) await pause(COME_BACK_MS);
    }
  }

  #listen(address: URL): Promise<void> {
    const socket = new WebSocket(address, { handshakeTimeout: 10_000 });
    this.#socket = socket;
    this.#opened = false;
    socket.on('open', () => {
      this.#opened = true;
    });
    socket.on('message', (data) => this.#take(String(data)));
    // Followed by `close`, whose code says enough.
    socket.on('error', () => undefined);
    let status: number | undefined;
    socket.on('unexpected-response', (_request, response) => {
      status = response.statusCode;
      socket.terminate();
    });
    return new Promise((resolve) => {
      socket.once('close', (code) => {
        if (!this.#closed) this.ends.push(status ?? code);
        resolve();
      });
    });
  }

  #take(data: string): void {
    if (data === '') return;
    const { activities, watermark } = JSON.parse(data) as Frame;
    for (const activity of activities) {
      // Without an id it is typing, which is not in the log.
      if (activity.id === undefined) continue;
      this.seen.push({ ...activity, seenAt: Date.now() });
      if (activity.type === 'message' && activity.replyToId) this.#answered.add(activity.replyToId);
    }
    this.#watermark = watermark ?? this.#watermark;
  }
}
