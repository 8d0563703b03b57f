import { ConversationState, MemoryStorage, type Storage, TurnContext } from 'botbuilder';
import { DialogSet, type DialogState } from 'botbuilder-dialogs';
import type { Activity } from 'botframework-schema';
import { redisAt } from '../../src/conversation/redis/settings.ts';
import type { RunTurn } from '../../src/conversation/runner.ts';
import { silent } from '../../src/domain/log.ts';
import { built } from './built.ts';
import { loadPeer } from './peers.ts';
import { createWaterfall, walk } from './waterfall.ts';

const { ClaimedStorage, TurnAdapter } =
  await built<typeof import('../../src/bot/adapter.ts')>('bot/adapter.js');
const { shareMemoryScopes } =
  await built<typeof import('../../src/bot/memory-scopes.ts')>('bot/memory-scopes.js');
const { createTurnRunner } =
  await built<typeof import('../../src/conversation/runner.ts')>('conversation/runner.js');
const { createRedisStore } = await built<typeof import('../../src/conversation/redis/store.ts')>(
  'conversation/redis/store.js',
);

/** Somebody who answers messages of the waterfall. */
export interface Contender {
  name: string;
  /** Commands it sends, each a round trip; the server counts those inside its scripts, too. */
  sends: string[];
  /** Opens a conversation; what it returns is a customer's message, done when it is answered for good. */
  open(): Promise<Customer>;
  close(): Promise<void>;
}

export interface Customer {
  say(text: string): Promise<void>;
  leave(): Promise<void>;
}

let conversations = 0;

function activityOf(conversation: string, text: string) {
  return {
    type: 'message',
    text,
    channelId: 'directline',
    conversation: { id: conversation },
    from: { id: 'dl_customer' },
    recipient: { id: 'bot' },
    serviceUrl: '',
    locale: 'zh-CN',
  } as Partial<Activity>;
}

/** The state's way through a turn is that of src/bot/turn.ts. */
function turnOfTheProduct(): RunTurn {
  const dialogs = createWaterfall();
  const shareScopes = shareMemoryScopes();
  return async ({ conversation, state: before, mode }, { activity }) => {
    const adapter = new TurnAdapter();
    const storage = new ClaimedStorage(before);
    const state = new ConversationState(storage);
    const context = new TurnContext(adapter, activityOf(conversation.id, activity.text ?? ''));
    shareScopes(context);
    const set = new DialogSet(state.createProperty<DialogState>('dialogs'));
    for (const dialog of dialogs) set.add(dialog);
    await walk(set, context);
    await state.saveChanges(context);
    const replies = adapter.replies.map((reply) => ({ ...reply, replyToId: activity.id }));
    return { state: storage.state, mode, replies };
  };
}

/** The product's engine: a message counts as answered when its turn is committed, as stock's when its state is saved. */
export async function product(url: string): Promise<Contender> {
  const onRedis = await createRedisStore({ redis: redisAt(url), log: silent });
  const answered = new Map<string, () => void>();
  const store: typeof onRedis = {
    ...onRedis,
    async commit(claim, turn) {
      const result = await onRedis.commit(claim, turn);
      if (result.kind === 'committed') answered.get(claim.conversation.id)?.();
      return result;
    },
  };
  const runner = createTurnRunner({
    store,
    log: silent,
    runTurn: turnOfTheProduct(),
    typing: { type: 'typing' },
  });
  await runner.start();
  return {
    name: 'this product',
    sends: ['evalsha', 'eval', 'fcall'],
    async open() {
      const id = `bench-${++conversations}`;
      await store.open({ id, channel: 'directline', userId: 'dl_customer', locale: 'zh-CN' });
      let messages = 0;
      return {
        async say(text) {
          const reply = new Promise<void>((resolve) => answered.set(id, resolve));
          const activity = { type: 'message', text };
          await runner.accept(id, { origin: 'customer', activity, dedupeKey: `client:${++messages}` });
          await reply;
        },
        leave: async () => void answered.delete(id),
      };
    },
    async close() {
      await runner.stop();
      await store.close();
    },
  };
}

/** A bot as the SDK's samples build it, on a storage of its own; answered when its state is saved. */
function stockBot(name: string, sends: string[], storage: Storage, close: () => Promise<void>): Contender {
  const state = new ConversationState(storage);
  const set = new DialogSet(state.createProperty<DialogState>('dialogs'));
  for (const dialog of createWaterfall()) set.add(dialog);
  return {
    name,
    sends,
    async open() {
      const id = `bench-${++conversations}`;
      return {
        async say(text) {
          const adapter = new TurnAdapter();
          const context = new TurnContext(adapter, activityOf(id, text));
          await walk(set, context);
          await state.saveChanges(context, false);
          if (adapter.replies.length === 0) throw new Error(`${name} did not answer`);
        },
        leave: async () => {},
      };
    },
    close,
  };
}

interface StockRedis {
  createClient(options: { url: string }): { connect(): Promise<unknown>; quit(): Promise<unknown> };
}
interface StockStorage {
  RedisDbStorage: new (client: object) => Storage;
}

/** botbuilder-storage-redis, with the Redis client that it is made for. */
export async function stockOnRedis(url: string): Promise<Contender> {
  const { createClient } = loadPeer<StockRedis>('redis');
  const { RedisDbStorage } = loadPeer<StockStorage>('botbuilder-storage-redis');
  const client = createClient({ url });
  await client.connect();
  return stockBot(
    'stock + botbuilder-storage-redis',
    ['get', 'set'],
    new RedisDbStorage(client),
    async () => {
      await client.quit();
    },
  );
}

/** Nothing but the SDK: what no storage could be faster than. */
export const stockInMemory = (): Contender =>
  stockBot('stock + MemoryStorage', [], new MemoryStorage(), async () => {});
