import type { Delays } from './pause.ts';

/** The part of a WebSocket that is used: the browser's own and that of `ws` both fit. */
export interface SocketLike {
  onopen: ((event: never) => unknown) | null;
  onmessage: ((event: never) => unknown) | null;
  onclose: ((event: never) => unknown) | null;
  onerror: ((event: never) => unknown) | null;
  send(data: string): void;
  close(): void;
}

export type SocketFactory = (url: string) => SocketLike;

export interface SocketHandlers {
  opened: () => void;
  frame: (data: unknown) => void;
}

/** One WebSocket from opening to its end. `done` tells whether it ever opened. */
export class Stream {
  readonly done: Promise<{ opened: boolean }>;
  readonly #socket: SocketLike | undefined;
  #finish: (() => void) | undefined;

  constructor(create: SocketFactory, url: string, delays: Delays, handlers: SocketHandlers) {
    const socket = openSocket(create, url);
    this.#socket = socket;
    this.done = socket ? this.#follow(socket, delays, handlers) : Promise.resolve({ opened: false });
  }

  #follow(socket: SocketLike, delays: Delays, handlers: SocketHandlers): Promise<{ opened: boolean }> {
    return new Promise((resolve) => {
      let opened = false;
      let serverKeepsAlive = false;
      let heardAt = Date.now();
      const openTimer = setTimeout(() => this.close(), delays.socketOpenMs);
      const beat = setInterval(() => {
        if (serverKeepsAlive && Date.now() - heardAt > 3 * delays.keepAliveMs) this.close();
        else if (opened) socket.send('');
      }, delays.keepAliveMs);
      this.#finish = () => {
        clearTimeout(openTimer);
        clearInterval(beat);
        this.#finish = undefined;
        resolve({ opened });
      };
      socket.onopen = () => {
        opened = true;
        clearTimeout(openTimer);
        handlers.opened();
      };
      socket.onmessage = (event: { data: unknown }) => {
        if (!this.#finish) return;
        heardAt = Date.now();
        serverKeepsAlive ||= event.data === '';
        handlers.frame(event.data);
      };
      socket.onclose = () => this.#finish?.();
      socket.onerror = () => undefined;
    });
  }

  /** Ends at once, without waiting for the other side: a dead line never answers. */
  close(): void {
    this.#finish?.();
    this.#socket?.close();
  }
}

function openSocket(create: SocketFactory, url: string): SocketLike | undefined {
  try {
    return create(url);
  } catch {
    // A content policy or a malformed address throws here; the caller then polls.
    return undefined;
  }
}
