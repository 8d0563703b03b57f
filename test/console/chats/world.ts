import { randomBytes } from 'node:crypto';
import { WebSocket } from 'ws';
import { directLine } from '../../../src/channels/direct-line/index.ts';
import type { DeskNews } from '../../../src/console/chats/news.ts';
import type { ChatMessage } from '../../../src/console/chats/shapes.ts';
import type { ConsoleOptions } from '../../../src/console/index.ts';
import type { ConversationStore, Incoming } from '../../../src/conversation/store.ts';
import type { Database } from '../../../src/database/database.ts';
import { createCustomerFiles } from '../../../src/documents/chat-file-views.ts';
import { systemClock as clock } from '../../../src/domain/clock.ts';
import { type NewHandoff, READ_EVENT } from '../../../src/domain/handoff.ts';
import type { SharedMemory } from '../../../src/domain/shared-memory.ts';
import type { Role } from '../../../src/domain/staff.ts';
import type { NewStaff } from '../../../src/staff/index.ts';
import { mask } from '../../../src/understanding/mask.ts';
import { maskInTalk } from '../../../src/understanding/mask-in-talk.ts';
import { Listener } from '../../channels/direct-line/client.ts';
import { FakeUploads } from '../../channels/direct-line/server.ts';
import { eventually } from '../../support/eventually.ts';
import { Browser, type Hired, startDesk } from '../client.ts';
import { deskParts } from './parts.ts';

const SECRET = 'a-secret-of-the-hosts-backend';
const PLENTY = { max: 1_000_000, windowSeconds: 60 };
/** What the processes of one installation have in common. */
export const INSTALLATION = { csrfKey: randomBytes(32), signingKey: randomBytes(32).toString('hex') };

/** One process of the installation: the customers' channel and the desk, without the bot. */
export async function startProcess(parts: {
  database: Database;
  store: ConversationStore;
  memory: SharedMemory;
  times?: ConsoleOptions['chats']['times'];
}) {
  const { database, store, memory, times } = parts;
  const { handoffs, chats, files } = deskParts(database, clock, { store, times }, memory);
  const forCustomer = createCustomerFiles({ memory, clock, files });

  /** What the silent turn does in a conversation that people have. */
  async function accept(id: string, incoming: Incoming) {
    const accepted = await store.accept(id, incoming, 30_000);
    if (accepted.kind !== 'accepted' || !accepted.claim) return accepted;
    const { claim, entry } = accepted;
    await store.commit(claim, { seq: entry.seq, state: {}, mode: claim.mode, replies: [] });
    if (entry.activity.type === 'message') await handoffs.customerWrote(id);
    return accepted;
  }

  const desk = await startDesk(database, clock, {
    ...{ chats, memory },
    csrfKey: INSTALLATION.csrfKey,
    more: (app) =>
      app.register(directLine, {
        ...{ store, accept, mask, maskInTalk, memory, clock },
        uploads: new FakeUploads(),
        files: { receive: files.receive, forCustomer },
        refusalText: (code: string) => code,
        secret: SECRET,
        signingKey: INSTALLATION.signingKey,
        allowedOrigins: [],
        limits: { perUser: PLENTY, perAddress: PLENTY },
      }),
  });
  return { ...desk, handoffs, chats, files, store, database };
}

export type Process = Awaited<ReturnType<typeof startProcess>>;

/** A page of the desk with its live socket. */
export class Page extends Browser {
  readonly #origin: string;
  readonly frames: Record<string, unknown>[] = [];
  socket: WebSocket | undefined;
  closed: number | undefined;
  /** When each frame came, by `performance.now()`. */
  readonly cameAt: number[] = [];

  readonly who: Hired;

  constructor(url: string, who: Hired) {
    super(url);
    this.#origin = url;
    this.who = who;
  }

  async ask(method: string, path: string, body?: unknown) {
    const answer = await this.request(method, path, body);
    const error = answer.body.error as { code: string; details?: Record<string, unknown> } | undefined;
    return { ...answer, code: error?.code, error };
  }

  /** Opens the live socket; resolves to the HTTP status where it was refused. */
  async listen(after?: number, options: { origin?: string; ticket?: string } = {}): Promise<number> {
    const ticket = options.ticket ?? (await this.ask('POST', '/live-ticket')).body.ticket;
    const query = new URLSearchParams({ ticket: String(ticket) });
    if (after !== undefined) query.set('after', String(after));
    const headers = { cookie: this.cookie, origin: options.origin ?? this.#origin };
    const address = `${this.#origin.replace('http', 'ws')}/api/console/live?${query}`;
    const socket = new WebSocket(address, { headers });
    this.socket = socket;
    this.closed = undefined;
    socket.on('message', (data) => {
      this.cameAt.push(performance.now());
      this.frames.push(JSON.parse(String(data)));
    });
    socket.on('close', (code) => {
      this.closed = code;
    });
    return new Promise((resolve) => {
      socket.on('open', () => resolve(101));
      socket.on('error', () => undefined);
      socket.on('unexpected-response', (_request, response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
    });
  }

  watch(chatId: string, after = 0): void {
    this.socket?.send(JSON.stringify({ type: 'watch', chatId, after }));
  }

  async leave(): Promise<void> {
    this.socket?.terminate();
    await eventually(() => this.closed !== undefined);
  }

  ofType<T>(type: string): T[] {
    return this.frames.filter((frame) => frame.type === type) as T[];
  }

  get events(): DeskNews[] {
    return this.ofType<{ events: DeskNews[] }>('desk').flatMap(({ events }) => events);
  }

  get seq(): number {
    return this.ofType<{ seq: number }>('desk').at(-1)?.seq ?? 0;
  }

  messages(chatId: string): ChatMessage[] {
    return this.ofType<{ chatId: string; messages: ChatMessage[] }>('chat')
      .filter((frame) => frame.chatId === chatId)
      .flatMap(({ messages }) => messages);
  }

  texts = (chatId: string) => this.messages(chatId).map(({ text }) => text);
}

/** Somebody with an account, logged in at a process. */
export async function staffAt(
  at: Process,
  roles: Role[] = ['agent'],
  more: Partial<NewStaff> = {},
): Promise<Page> {
  const who = await at.hire(`m${randomBytes(6).toString('hex')}`, roles, more);
  return loginAt(at, who);
}

/** The same person's page at another process, or another tab. */
export async function loginAt(at: Process, who: Hired): Promise<Page> {
  const page = new Page(at.url, who);
  const { status } = await page.logIn(who.login);
  if (status !== 200) throw new Error(`login: ${status}`);
  return page;
}

/** A customer with an open Direct Line conversation. */
export async function customerAt(at: Process) {
  const base = `${at.url}/v3/directline`;
  const call = async (path: string, bearer: string, json: object) => {
    const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' };
    const response = await fetch(base + path, { method: 'POST', headers, body: JSON.stringify(json) });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Record<string, string>;
  };
  const user = { id: `dl_${randomBytes(6).toString('hex')}` };
  const { token = '' } = await call('/tokens/generate', SECRET, { user });
  const { conversationId = '', streamUrl = '' } = await call('/conversations', token, { user });
  return {
    conversationId,
    token,
    user,
    /** Opens the customer's socket. */
    listen: () => new Listener(streamUrl),
    say: (text: string) =>
      call(`/conversations/${conversationId}/activities`, token, { type: 'message', from: user, text }),
    type: () => call(`/conversations/${conversationId}/activities`, token, { type: 'typing', from: user }),
    /** Says how far the customer has read. */
    read: (seq: number) => {
      const activity = { type: 'event', from: user, name: READ_EVENT, value: { seq } };
      return call(`/conversations/${conversationId}/activities`, token, activity);
    },
    /** What the bot does for a customer who asks for a person; returns the hand-off's id. */
    async askForPerson(wish: Partial<NewHandoff> = {}): Promise<string> {
      const known = await at.store.find(conversationId);
      const seq = known?.lastSeq ?? 1;
      const handoff = { conversationId, channel: 'directline', locale: 'zh-CN', seq, ...wish };
      return (await at.handoffs.request(handoff, `${conversationId}:${seq}`)).id;
    },
  };
}
