import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/** What a test makes the server do with the next requests of a kind, instead of answering. */
export type Trouble =
  | { status: number; body?: unknown; headers?: Record<string, string> }
  | 'drop'
  | 'answer-lost';

interface Logged {
  id: string;
  [field: string]: unknown;
}

const KINDS = ['start', 'resume', 'post', 'poll', 'refresh', 'socket'] as const;
export type RequestKind = (typeof KINDS)[number];

/** A small real Direct Line server for one conversation, with switches for what goes wrong out there. */
export class DirectLineServer {
  readonly log: Logged[] = [];
  readonly seen: Record<RequestKind, number> = {
    start: 0,
    resume: 0,
    post: 0,
    poll: 0,
    refresh: 0,
    socket: 0,
  };
  readonly tokensSeen = new Set<string>();
  /** Troubles wait in line, one per request. */
  readonly troubles: Partial<Record<RequestKind, Trouble[]>> = {};
  /** As long as set, meets every request of the kind. */
  readonly always: Partial<Record<RequestKind, Trouble>> = {};
  validToken = 'token-1';
  conversationId = 'conversation-1';
  expiresInSeconds = 1800;
  readonly #http: Server;
  readonly #sockets = new WebSocketServer({ noServer: true });

  constructor() {
    this.#http = createServer((request, response) => void this.#serve(request, response));
    this.#http.on('upgrade', (request, socket, head) => {
      this.seen.socket++;
      if (this.#trouble('socket')) return socket.destroy();
      this.#sockets.handleUpgrade(request, socket, head, (line) => this.#replay(line, request));
    });
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#http.listen(0, '127.0.0.1', resolve));
  }

  async close(): Promise<void> {
    this.cut();
    this.#http.closeAllConnections();
    await new Promise((resolve) => this.#http.close(resolve));
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}/v3/directline`;
  }

  get texts(): unknown[] {
    return this.log.map((activity) => activity.text);
  }

  /** Ends every open line without a goodbye. */
  cut(): void {
    for (const line of this.#sockets.clients) line.terminate();
  }

  say(text: string, more: Record<string, unknown> = {}): void {
    this.#append({ type: 'message', text, from: { id: 'bot', role: 'bot' }, ...more });
  }

  /** Sends to open lines what is never logged. */
  frame(data: string): void {
    for (const line of this.#sockets.clients) line.send(data);
  }

  #append(activity: Record<string, unknown>): Logged {
    const number = this.log.length + 1;
    const id = `${this.conversationId}|${String(number).padStart(7, '0')}`;
    const logged = { ...activity, id, timestamp: new Date(1_760_000_000_000 + number).toISOString() };
    this.log.push(logged);
    this.frame(JSON.stringify({ activities: [logged], watermark: String(number) }));
    return logged;
  }

  #replay(line: WebSocket, request: IncomingMessage): void {
    const after = Number(new URL(request.url ?? '/', 'http://server').searchParams.get('watermark') ?? 0);
    const missed = this.log.slice(after);
    if (missed.length > 0) {
      line.send(JSON.stringify({ activities: missed, watermark: String(this.log.length) }));
    }
  }

  #trouble(kind: RequestKind): Trouble | undefined {
    return this.always[kind] ?? this.troubles[kind]?.shift();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://server');
    const body = await read(request);
    const kind = kindOf(request.method ?? '', url.pathname);
    this.seen[kind]++;
    const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
    this.tokensSeen.add(token);
    const trouble = this.#trouble(kind);
    if (trouble === 'drop') return void request.socket.destroy();
    if (trouble && trouble !== 'answer-lost') return answer(response, trouble);
    const refused = { status: 403, body: { error: { code: 'TokenExpired', message: 'expired' } } };
    if (token !== this.validToken) return answer(response, refused);
    const made = this.#answer(kind, url, body);
    if (trouble === 'answer-lost') return void request.socket.destroy();
    answer(response, made);
  }

  #answer(kind: RequestKind, url: URL, body: string): { status: number; body: unknown } {
    const watermark = url.searchParams.get('watermark') ?? '';
    if (kind === 'poll') {
      const activities = this.log.slice(Number(watermark));
      return { status: 200, body: { activities, watermark: String(this.log.length) } };
    }
    if (kind === 'post') return { status: 200, body: { id: this.#receive(JSON.parse(body)).id } };
    const grant = {
      conversationId: this.conversationId,
      token: this.validToken,
      expires_in: this.expiresInSeconds,
    };
    if (kind === 'refresh') return { status: 200, body: grant };
    const known = kind === 'start' || url.pathname.endsWith(`/${this.conversationId}`);
    if (!known) return { status: 404, body: { error: { code: 'NotFound', message: 'unknown' } } };
    const streamUrl = `${this.baseUrl.replace('http', 'ws')}/stream?watermark=${watermark}`;
    return { status: kind === 'start' ? 201 : 200, body: { ...grant, streamUrl } };
  }

  #receive(activity: { channelData: { clientActivityID: string }; text: string }): Logged {
    const { clientActivityID } = activity.channelData;
    const known = this.log.find(
      ({ channelData }) =>
        (channelData as { clientActivityID?: string } | undefined)?.clientActivityID === clientActivityID,
    );
    return known ?? this.#append({ ...activity, from: { id: 'dl_customer', role: 'user' } });
  }
}

function kindOf(method: string, path: string): RequestKind {
  if (path.endsWith('/tokens/refresh')) return 'refresh';
  if (path.endsWith('/activities')) return method === 'POST' ? 'post' : 'poll';
  return method === 'POST' ? 'start' : 'resume';
}

function answer(response: ServerResponse, { status, body, headers }: Exclude<Trouble, string>): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body ?? {}));
}

async function read(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += chunk;
  return body;
}
