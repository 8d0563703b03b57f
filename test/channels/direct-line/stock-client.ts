import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

interface Subscription {
  unsubscribe(): void;
}

interface Observable<T> {
  subscribe(next: (value: T) => void, error?: (error: unknown) => void): Subscription;
}

export interface StockActivity {
  type: string;
  id?: string;
  text?: string;
  name?: string;
  from: { id: string; name?: string; role?: string };
  attachments?: { name?: string; contentType: string; contentUrl?: string }[];
  channelData?: Record<string, unknown>;
  [key: string]: unknown;
}

/** The part of `botframework-directlinejs` that tests drive. */
export interface StockClient {
  activity$: Observable<StockActivity>;
  connectionStatus$: Observable<number>;
  postActivity(activity: object): Observable<string>;
  getSessionId(): Observable<string>;
  reconnect(conversation: object): void;
  end(): void;
  token: string;
  /** What its timer does every 15 minutes. */
  refreshToken(): Observable<string>;
}

/** States that the stock client reports. */
export const STATUS = { connecting: 1, online: 2, expiredToken: 3, failedToConnect: 4, ended: 5 } as const;

interface Dom {
  window: Record<string, unknown> & { WebSocket: new (url: string) => WebSocket; close(): void };
}

const PAGE_GLOBALS = ['XMLHttpRequest', 'WebSocket', 'FormData', 'Blob', 'EventTarget', 'Event'] as const;

/** A page at `origin` in which the stock client runs. It reads its globals when it is loaded. */
export function openPage(origin: string) {
  const { JSDOM, VirtualConsole } = require('jsdom') as {
    JSDOM: new (html: string, options: object) => Dom;
    VirtualConsole: new () => object;
  };
  const { window } = new JSDOM('', {
    url: `${origin}/`,
    pretendToBeVisual: true,
    virtualConsole: new VirtualConsole(),
  });
  const page: Record<string, unknown> = globalThis;
  const before = new Map<string, PropertyDescriptor | undefined>();
  const sockets: WebSocket[] = [];
  const RealSocket = window.WebSocket;
  window.WebSocket = class extends RealSocket {
    constructor(url: string) {
      super(url);
      sockets.push(this as unknown as WebSocket);
    }
  };
  for (const name of PAGE_GLOBALS) {
    before.set(name, Object.getOwnPropertyDescriptor(page, name));
    Object.defineProperty(page, name, { value: window[name], configurable: true, writable: true });
  }
  Object.defineProperty(page, 'window', { value: window, configurable: true, writable: true });
  for (const path of Object.keys(require.cache)) {
    if (path.includes('botframework-directlinejs') || path.includes('/rxjs/')) delete require.cache[path];
  }
  const { DirectLine } = require('botframework-directlinejs') as {
    DirectLine: new (options: object) => StockClient;
  };

  return {
    sockets,
    create: (options: object) => new DirectLine(options),
    async close(): Promise<void> {
      window.close();
      for (const [name, descriptor] of before) {
        if (descriptor) Object.defineProperty(page, name, descriptor);
        else delete page[name];
      }
      delete page.window;
    },
  };
}
