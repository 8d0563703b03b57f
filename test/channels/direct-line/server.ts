import type { AddressInfo } from 'node:net';
import { PGlite } from '@electric-sql/pglite';
import type { FastifyInstance } from 'fastify';
import { type DirectLineOptions, directLine } from '../../../src/channels/direct-line/index.ts';
import { createEmbeddedMemory } from '../../../src/conversation/embedded/shared-memory.ts';
import { createEmbeddedStore } from '../../../src/conversation/embedded/store.ts';
import type { Claim, ConversationStore, NewActivity } from '../../../src/conversation/store.ts';
import type { Clock } from '../../../src/domain/clock.ts';
import type { ChatUploads, UploadOutcome } from '../../../src/domain/document.ts';
import { buildApp } from '../../../src/http/app.ts';

export const SECRET = 'a-secret-of-the-hosts-backend';
export const SIGNING_KEY = 'a-signing-key-that-has-at-least-32-bytes';
export const PAGE_ORIGIN = 'https://shop.example';

const PLENTY = {
  perUser: { max: 10_000, windowSeconds: 60 },
  perAddress: { max: 10_000, windowSeconds: 60 },
};

/** Real time, which tests can move forward. */
export class MovableClock implements Clock {
  #aheadMs = 0;
  now(): Date {
    return new Date(Date.now() + this.#aheadMs);
  }
  advance(ms: number): void {
    this.#aheadMs += ms;
  }
}

/** Takes a file into a slot as long as one is open; remembers what it was given. */
export class FakeUploads implements ChatUploads {
  open = false;
  received: Uint8Array[] = [];
  refuse: Extract<UploadOutcome, { kind: 'refused' }>['code'] | undefined;
  fault: Error | undefined;
  #outcomes = new Map<string, UploadOutcome>();

  async openSlot() {
    return this.open ? { draftId: 'draft-1', slot: 'id-front' as const } : undefined;
  }

  async receive({
    file,
    idempotencyKey,
  }: {
    file: Uint8Array;
    idempotencyKey: string;
  }): Promise<UploadOutcome> {
    if (this.fault) throw this.fault;
    const before = this.#outcomes.get(idempotencyKey);
    if (before) return before;
    if (!this.open) return { kind: 'refused', code: 'NoOpenSlot' };
    if (this.refuse) return { kind: 'refused', code: this.refuse };
    this.received.push(file);
    this.open = false;
    const outcome: UploadOutcome = {
      kind: 'stored',
      documentId: `doc-${this.received.length}`,
      draftId: 'draft-1',
      slot: 'id-front',
      warnings: ['dark'],
    };
    this.#outcomes.set(idempotencyKey, outcome);
    return outcome;
  }
}

/** Nobody at the desk: files of people are tested with one. */
const NO_FILES: DirectLineOptions['files'] = {
  receive: async () => ({ kind: 'refused', code: 'StorageUnavailable' }),
  forCustomer: { admit: async () => ({ kind: 'gone' }), show: async () => ({ kind: 'gone' }) },
};

/** A store whose methods can be made to throw or hang. */
export function breakable(store: ConversationStore) {
  const state: { mode: 'fine' | 'throws' | 'hangs' } = { mode: 'fine' };
  const proxy = new Proxy(store, {
    get(target, property, receiver) {
      const value: unknown = Reflect.get(target, property, receiver);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        if (state.mode === 'throws') return Promise.reject(new Error('redis://user:pw@host is away'));
        if (state.mode === 'hangs') return new Promise(() => {});
        return value.apply(target, args);
      };
    },
  });
  return { store: proxy, state };
}

/** Greets in the start locale and says back what it hears. */
function answers(claim: Claim, message: Claim['messages'][number]): NewActivity[] {
  const { activity } = message;
  const replyToId = activity.id;
  if (activity.type === 'conversationUpdate') {
    const text = activity.locale?.startsWith('zh') ? '欢迎' : 'Welcome';
    return [
      {
        type: 'message',
        text,
        replyToId,
        channelData: { topic: null, customer: claim.conversation.customerId },
      },
    ];
  }
  if (activity.type !== 'message') return [];
  return [{ type: 'message', text: `回声 ${activity.text ?? ''}`, replyToId }];
}

export function createEcho(store: ConversationStore) {
  const running = new Set<Promise<void>>();

  async function run(id: string): Promise<void> {
    const result = await store.claim(id, 30_000);
    let claim = result.kind === 'claimed' ? result.claim : undefined;
    while (claim) {
      const [message] = claim.messages;
      if (!message) return;
      const replies = answers(claim, message);
      const done = await store.commit(claim, { seq: message.seq, state: {}, mode: 'bot', replies });
      claim = done.kind === 'committed' ? done.claim : undefined;
    }
  }

  return {
    wake(id: string): void {
      const turn: Promise<void> = run(id)
        .catch(() => undefined)
        .finally(() => running.delete(turn));
      running.add(turn);
    },
    async idle(): Promise<void> {
      while (running.size > 0) await Promise.all(running);
    },
  };
}

/** Hides card numbers, as the real one does among much else. */
export const maskCards: DirectLineOptions['mask'] = (text) => {
  const masked = text.replace(/\d{16,19}/g, '[卡号]');
  return { text: masked, sensitive: masked === text ? [] : ['pan'] };
};

export interface TestServer {
  app: FastifyInstance;
  /** http://127.0.0.1:port */
  origin: string;
  /** The client's `domain`. */
  base: string;
  store: ConversationStore;
  storeState: { mode: 'fine' | 'throws' | 'hangs' };
  uploads: FakeUploads;
  clock: MovableClock;
  logLines: string[];
  idle(): Promise<void>;
  close(): Promise<void>;
}

export async function startServer(
  options: Partial<DirectLineOptions> & { proxyHops?: number; answering?: boolean } = {},
): Promise<TestServer> {
  const clock = new MovableClock();
  const sql = await PGlite.create('memory://');
  const inner = await createEmbeddedStore({ sql, clock });
  const { store, state } = breakable(inner);
  const echo = createEcho(inner);
  const uploads = new FakeUploads();
  const logLines: string[] = [];
  const { proxyHops, answering = true, ...channel } = options;
  const app = buildApp({
    logging: { level: 'info', destination: { write: (line) => logLines.push(line) } },
    health: { checks: [{ name: 'store', check: () => store.ping() }] },
    proxyHops,
  });
  app.register(directLine, {
    store,
    async accept(id, incoming) {
      const accepted = await store.accept(id, incoming);
      if (answering) echo.wake(id);
      return accepted;
    },
    mask: maskCards,
    maskInTalk: { asksBack: () => false, mask: maskCards },
    uploads,
    files: NO_FILES,
    refusalText: (code) => `refused: ${code}`,
    secret: SECRET,
    signingKey: SIGNING_KEY,
    allowedOrigins: [PAGE_ORIGIN],
    clock,
    memory: createEmbeddedMemory(clock),
    limits: PLENTY,
    ...channel,
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  return {
    app,
    origin,
    base: `${origin}/v3/directline`,
    store: inner,
    storeState: state,
    uploads,
    clock,
    logLines,
    idle: echo.idle,
    async close() {
      await app.close();
      await echo.idle();
      await sql.close();
    },
  };
}
