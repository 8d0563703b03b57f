import { WebSocket } from 'ws';
import { SECRET, type TestServer } from './server.ts';

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the server says is looked at by the tests
  body: any;
}

export interface Call {
  method?: 'GET' | 'POST' | 'OPTIONS';
  bearer?: string | undefined;
  json?: unknown;
  body?: NonNullable<RequestInit['body']>;
  headers?: Record<string, string>;
}

/** One HTTP request to the server. */
export async function call(server: TestServer, path: string, options: Call = {}): Promise<Answer> {
  const headers = { ...options.headers };
  if (options.bearer !== undefined) headers.authorization = `Bearer ${options.bearer}`;
  if (options.json !== undefined) headers['content-type'] = 'application/json';
  const body = options.json === undefined ? options.body : JSON.stringify(options.json);
  const response = await fetch(server.base + path, {
    method: options.method ?? (body === undefined ? 'GET' : 'POST'),
    headers,
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

export interface Started {
  id: string;
  token: string;
  streamUrl: string;
  userId: string;
}

/** A started conversation with the greeting already in its log. */
export async function startConversation(server: TestServer, generate: object = {}): Promise<Started> {
  const made = await call(server, '/tokens/generate', {
    bearer: SECRET,
    json: { user: { id: 'dl_li' }, ...generate },
  });
  const started = await call(server, '/conversations', {
    bearer: made.body.token,
    json: { user: {}, locale: 'zh-CN' },
  });
  await server.idle();
  const { conversationId: id, token, streamUrl } = started.body;
  return { id, token, streamUrl, userId: 'dl_li' };
}

/** Posts an activity as Web Chat does. */
export async function post(server: TestServer, to: Started, activity: object): Promise<Answer> {
  return call(server, `/conversations/${to.id}/activities`, { bearer: to.token, json: activity });
}

/** All texts a poll from this watermark brings, and the new watermark. */
export async function poll(server: TestServer, of: Started, watermark = '') {
  const answer = await call(server, `/conversations/${of.id}/activities?watermark=${watermark}`, {
    bearer: of.token,
  });
  return { ...answer, texts: answer.body.activities?.map((a: { text?: string }) => a.text) as string[] };
}

/** Waits until it is so. */
export async function until(so: () => boolean, what: string, deadlineMs = 8000): Promise<void> {
  const end = Date.now() + deadlineMs;
  while (!so()) {
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** A WebSocket that keeps all frames. */
export class Listener {
  readonly socket: WebSocket;
  readonly frames: string[] = [];
  pings = 0;
  closeCode: number | undefined;
  httpStatus: number | undefined;

  constructor(url: string, options: { autoPong?: boolean; headers?: Record<string, string> } = {}) {
    this.socket = new WebSocket(url, options);
    this.socket.on('message', (data) => this.frames.push(String(data)));
    this.socket.on('ping', () => {
      this.pings += 1;
    });
    this.socket.on('close', (code) => {
      this.closeCode = code;
    });
    this.socket.on('unexpected-response', (_request, response) => {
      this.httpStatus = response.statusCode;
      response.resume();
    });
    this.socket.on('error', () => undefined);
  }

  get sets(): { activities: Record<string, unknown>[]; watermark?: string }[] {
    return this.frames.filter((frame) => frame !== '').map((frame) => JSON.parse(frame));
  }

  get activities(): Record<string, unknown>[] {
    return this.sets.flatMap((set) => set.activities);
  }

  get texts(): unknown[] {
    return this.activities.filter(({ type }) => type === 'message').map(({ text }) => text);
  }

  async hears(...texts: string[]): Promise<void> {
    await until(
      () => texts.every((text) => this.texts.includes(text)),
      `to hear ${texts}, heard ${this.texts}`,
    );
  }

  get watermark(): string | undefined {
    return this.sets.findLast((set) => set.watermark)?.watermark;
  }
}
