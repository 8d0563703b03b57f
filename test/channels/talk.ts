import { Registry } from 'prom-client';
import { accountsSchema, type ChannelAccounts } from '../../src/channels/accounts.ts';
import { createMessaging, type Messaging } from '../../src/channels/messaging.ts';
import { createEmbeddedMemory } from '../../src/conversation/embedded/shared-memory.ts';
import { createEmbeddedStore } from '../../src/conversation/embedded/store.ts';
import { createTurnRunner, type RunTurn, type TurnRunner } from '../../src/conversation/runner.ts';
import type { ConversationStore } from '../../src/conversation/store.ts';
import { connect } from '../../src/database/connect.ts';
import { createCursors } from '../../src/database/cursors.ts';
import type { Database } from '../../src/database/database.ts';
import { createDeliveries } from '../../src/database/deliveries.ts';
import type { OpenFile } from '../../src/domain/chat-file.ts';
import type { Deliveries } from '../../src/domain/delivery.ts';
import { silent } from '../../src/domain/log.ts';
import { isMarked } from '../../src/domain/message-marks.ts';
import { buildApp } from '../../src/http/app.ts';
import { maskInTalk } from '../../src/understanding/mask-in-talk.ts';
import { FakeClock } from '../support/clock.ts';
import type { CallbackTarget } from '../support/tencent/callbacks.ts';
import { type FakePlatform, startPlatform } from '../support/tencent/platform.ts';
import type { FakeWechat } from '../support/tencent/wechat.ts';
import type { FakeWecom } from '../support/tencent/wecom.ts';

const KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
const SHOP = { appId: 'wx1', secret: 's' };
const DESK = { corpId: 'ww1', secret: 's' };

type OpenedFile = NonNullable<Awaited<ReturnType<OpenFile>>>;

/** One process of the product, with nothing of it but the messaging apps and a bot that says back what it hears. */
export interface Process {
  messaging: Messaging;
  runner: TurnRunner;
  /** Where the platforms post to. */
  shop: CallbackTarget;
  desk: CallbackTarget;
  stop(): Promise<void>;
}

/** The messaging apps from end to end: platforms, processes, one store and database for all. */
export interface Talks {
  clock: FakeClock;
  platform: FakePlatform;
  wechat: FakeWechat;
  wecom: FakeWecom;
  store: ConversationStore;
  deliveries: Deliveries;
  /** What the desk has sent, by conversation and id. */
  files: Map<string, OpenedFile>;
  accounts: ChannelAccounts;
  start(): Promise<Process>;
  close(): Promise<void>;
}

/** `问` and `哪张` have it ask, the latter with many choices, `我是谁` asks for an account; anything else is said back. */
const answer: RunTurn = async (claim, { activity }) => {
  const { text = '' } = activity;
  const reply = (words: string) => ({ type: 'message', text: words, replyToId: activity.id });
  const asks = {
    ...reply('满意吗？'),
    channelData: { key: 'handoff.askRating' },
    suggestedActions: { to: [], actions: [{ type: 'imBack', title: '满意', value: '满意' }] },
  };
  const isSilent = activity.type !== 'message' || isMarked(activity, 'late');
  const many = Array.from({ length: 12 }, (_, n) => `卡${n + 1}`);
  const actions = many.map((it) => ({ type: 'imBack', title: it, value: it }));
  const asksMany = { ...reply('哪张？'), suggestedActions: { to: [], actions } };
  const unknown = { ...reply('请先登录'), channelData: { key: 'risk-lock.signInFirst' } };
  const replies = isSilent
    ? []
    : text === '问'
      ? [asks]
      : text === '哪张'
        ? [asksMany]
        : text === '我是谁'
          ? [unknown]
          : [reply(`听到：${text}`)];
  return { state: claim.state, mode: claim.mode, replies };
};

export async function openTalks(): Promise<Talks> {
  const clock = new FakeClock();
  clock.set(new Date().toISOString());
  const database: Database = await connect({ dataDir: 'memory://' });
  if (!database.pglite) throw new Error('not embedded');
  const store = await createEmbeddedStore({ sql: database.pglite, clock });
  const memory = createEmbeddedMemory(clock);
  const platform = await startPlatform(clock);
  const accounts = accountsSchema.parse({
    wechat: [
      { name: 'shop', kind: 'official-account', ...SHOP, token: 'pamtest', encodingAesKey: KEY, menus: true },
    ],
    wecom: [{ name: 'desk', ...DESK, token: 'pamtest', encodingAesKey: KEY, openKfIds: ['wk1'] }],
  });
  const files: Talks['files'] = new Map();
  const deliveries = createDeliveries({ database, clock });

  async function start(): Promise<Process> {
    const messaging = createMessaging({
      accounts: { ...accounts, wechatApiUrl: platform.url, wecomApiUrl: platform.url },
      signInUrl: 'https://me.example/in',
      ...{ store, deliveries, memory, clock },
      cursors: createCursors({ database, clock }),
      log: silent,
      registry: new Registry(),
      files: {
        open: async (id, conversationId) => files.get(`${conversationId} ${id}`),
        key: Buffer.alloc(32, 7),
        publicUrl: 'https://desk.example',
      },
    });
    const runner = createTurnRunner({
      store: messaging.store,
      runTurn: answer,
      typing: { type: 'typing' },
      log: silent,
    });
    const app = buildApp({ logging: { level: 'silent' }, health: { checks: [] } });
    await messaging.open(app, {
      accept: runner.accept,
      maskInTalk,
      welcome: { type: 'message', text: '欢迎' },
    });
    await runner.start();
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    messaging.start();
    const target = { token: 'pamtest', encodingAesKey: KEY };
    return {
      ...{ messaging, runner },
      shop: { ...target, url: `${url}/channels/wechat/shop`, receiverId: 'wx1' },
      desk: { ...target, url: `${url}/channels/wecom/desk`, receiverId: 'ww1' },
      async stop() {
        await app.close();
        await messaging.stop();
        await runner.stop();
      },
    };
  }

  return {
    ...{ clock, platform, store, deliveries, files, accounts, start },
    wechat: platform.wechat(SHOP),
    wecom: platform.wecom(DESK),
    async close() {
      await platform.close();
      await store.close();
      await database.close();
    },
  };
}
