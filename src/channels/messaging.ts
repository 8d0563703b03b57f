import type { FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';
import type { Accept, ConversationStore, NewActivity } from '../conversation/store.ts';
import type { OpenFile } from '../domain/chat-file.ts';
import type { Clock } from '../domain/clock.ts';
import type { Cursors } from '../domain/cursors.ts';
import type { Deliveries } from '../domain/delivery.ts';
import type { Elsewhere } from '../domain/handoff.ts';
import type { MaskInTalk } from '../domain/intent.ts';
import type { Log } from '../domain/log.ts';
import type { SharedMemory } from '../domain/shared-memory.ts';
import { allowanceOf, type ChannelAccounts } from './accounts.ts';
import type { CloudParts } from './bot-framework/cloud.ts';
import { botFrameworkChannel } from './bot-framework/index.ts';
import { openAzure } from './bot-framework/open.ts';
import { azureLinkOf, isAzure } from './bot-framework/place.ts';
import { createDeskFiles, type DeskFiles } from './chat-files.ts';
import { type ChannelCounts, createChannelCounts, measureWaiting } from './counts.ts';
import { deliveringStore } from './delivering-store.ts';
import { createDelivery } from './delivery.ts';
import { joinedReceiver } from './joined-receiver.ts';
import { createUploads } from './tencent/uploads.ts';
import { createWechatAdapter } from './wechat/adapter.ts';
import { createWechatClient } from './wechat/client.ts';
import { channelOf, wechatChannel } from './wechat/index.ts';
import { createTyping } from './wechat/typing.ts';
import { createWecomAdapter } from './wecom/adapter.ts';
import { createSayByCode } from './wecom/by-code.ts';
import { createWecomClient } from './wecom/client.ts';
import { createTakeEvent } from './wecom/events.ts';
import { wecomChannel } from './wecom/index.ts';
import { elsewhereIn } from './wecom/pass-on.ts';
import { WECOM_CHANNEL } from './wecom/place.ts';
import { createSync } from './wecom/sync.ts';
import { createTake } from './wecom/take.ts';

export interface MessagingParts {
  accounts: ChannelAccounts & { wechatApiUrl: string; wecomApiUrl: string };
  /** Where customers of the apps link their account with them. */
  signInUrl?: string | undefined;
  /** Absent: the channels of Azure Bot Service are not answered. */
  botFramework?: CloudParts | undefined;
  store: ConversationStore;
  deliveries: Deliveries;
  cursors: Cursors;
  memory: SharedMemory;
  clock: Clock;
  log: Log;
  registry: Registry;
  /** What people at the desk send. */
  files: { open: OpenFile; key: Buffer; publicUrl: string };
}

export interface MessagingInParts {
  accept: Accept;
  maskInTalk: MaskInTalk;
  /** How the bot greets who opens a chat of 微信客服. */
  welcome: NewActivity;
}

/** The messaging apps, joined to the conversations. */
export interface Messaging {
  /** The store by which all that is said is delivered, too. Whoever says something has to use it. */
  store: ConversationStore;
  /** Whether it is one of its channels. */
  takes(channel: string): boolean;
  /** How long nothing more may come of a customer's before it is answered, in their account. */
  quietMsOf(conversationId: string): number;
  /** For the hand-offs' port: whether people in the app itself have a conversation's talks. */
  elsewhere(conversationId: string): Promise<Elsewhere | undefined>;
  /** Adds the addresses of the platforms' callbacks, and takes what comes. */
  open(app: FastifyInstance, parts: MessagingInParts): Promise<void>;
  /** Looks for what came, or was said, while nobody was there. */
  start(): void;
  stop(): Promise<void>;
}

const WECHAT_CHANNELS = [channelOf({ kind: 'official-account' }), channelOf({ kind: 'mini-program' })];

/** What the platform calls the app that a channel's conversations are held in, where it links accounts to it. */
export function linkOf(channel: string): string | undefined {
  if (channel === WECOM_CHANNEL) return 'wecom';
  if (isAzure(channel)) return azureLinkOf(channel);
  return WECHAT_CHANNELS.some((it) => it === channel) ? 'wechat' : undefined;
}

function openWecom(parts: MessagingParts, files: DeskFiles) {
  const { accounts, deliveries, memory, clock, log, signInUrl } = parts;
  const made = accounts.wecom.map((account) => {
    const client = createWecomClient({ account, memory, clock, log, baseUrl: accounts.wecomApiUrl });
    const uploads = createUploads({ account: `wecom:${account.corpId}`, memory, upload: client.upload });
    return { account, client, uploads };
  });
  return {
    accounts: made,
    async elsewhere(conversationId: string): Promise<Elsewhere | undefined> {
      const openKfId = conversationId.slice(0, conversationId.indexOf(':'));
      const held = made.find(({ account }) => account.openKfIds.includes(openKfId));
      return held && elsewhereIn(held, openKfId);
    },
    adapter: createWecomAdapter({ accounts: made, files, deliveries, clock, signInUrl }),
  };
}

function openWechat(parts: MessagingParts, files: DeskFiles) {
  const { accounts, memory, clock, log, signInUrl } = parts;
  const made = accounts.wechat.map((account) => {
    const client = createWechatClient({ account, memory, clock, log, baseUrl: accounts.wechatApiUrl });
    const uploads = createUploads({ account: `wechat:${account.appId}`, memory, upload: client.upload });
    return { account, client, uploads };
  });
  return {
    accounts: made,
    typing: createTyping(made, clock),
    adapter: createWechatAdapter({ accounts: made, files, clock, signInUrl }),
  };
}

/** Joins the messaging apps to the conversations, for all accounts. */
export function createMessaging(parts: MessagingParts): Messaging {
  const { store, deliveries, cursors, memory, clock, log } = parts;
  const counts: ChannelCounts = createChannelCounts(parts.registry);
  measureWaiting(parts.registry, deliveries, log);
  const files = createDeskFiles({ ...parts.files, clock });
  const wechat = openWechat(parts, files);
  const wecom = openWecom(parts, files);
  const azure = parts.botFramework && openAzure(parts.botFramework, { ...parts, files });
  const typing = (id: string) => (isAzure(id) ? azure?.typing(id) : wechat.typing(id));
  const senders = new Map([
    ...WECHAT_CHANNELS.map((it) => [it, wechat.adapter] as const),
    [WECOM_CHANNEL, wecom.adapter],
  ]);
  const worker = createDelivery({
    ...{ store, deliveries, clock, log },
    // Azure has more channels than we know of.
    senders: { get: (channel) => (isAzure(channel) ? azure?.adapter : senders.get(channel)) },
    onOutcome: counts.message,
    onUndelivered: counts.undelivered,
  });
  const quietSeconds = new Map([
    ...parts.accounts.wechat.map((it) => [it.appId, it.quietSeconds] as const),
    ...parts.accounts.wecom.flatMap((it) => it.openKfIds.map((id) => [id, it.quietSeconds] as const)),
  ]);
  const delivering = deliveringStore(store, deliveries, worker, typing);
  let syncs: { account: ChannelAccounts['wecom'][number]; sync: ReturnType<typeof createSync> }[] = [];

  return {
    store: delivering,
    elsewhere: wecom.elsewhere,
    quietMsOf: (conversationId) => 1000 * (quietSeconds.get(conversationId.split(':')[0] ?? '') ?? 0),
    takes: (channel) => senders.has(channel) || (azure !== undefined && isAzure(channel)),
    async open(app, given) {
      const receiver = joinedReceiver({ ...parts, ...given, counts, delivering });
      syncs = wecom.accounts.map(({ account, client }) => {
        const { welcome, maskInTalk } = given;
        const allows = allowanceOf(account.quota);
        const sayByCode = createSayByCode({ store, client, clock });
        const takeEvent = createTakeEvent({ store, deliveries, sayByCode, counts, clock });
        const taking = { receiver, client, sayByCode, takeEvent, deliveries, store };
        const take = createTake({ ...taking, clock, allows, maskInTalk, welcome });
        return { account, sync: createSync({ account, client, memory, cursors, take, counts, log }) };
      });
      files.serve(app);
      await app.register(wechatChannel, {
        ...{ accounts: parts.accounts.wechat, receiver, counts, clock },
        async gone(id) {
          await deliveries.skip(id, (await store.find(id))?.lastSeq ?? 0, 'customer-gone');
        },
      });
      await app.register(wecomChannel, { accounts: syncs, counts, clock });
      if (azure) await app.register(botFrameworkChannel, { ...azure, receiver, counts, clock });
    },
    start() {
      worker.start();
      azure?.keys?.start();
      for (const { sync } of syncs) sync.start();
    },
    async stop() {
      azure?.keys?.stop();
      await Promise.all(syncs.map(({ sync }) => sync.stop()));
      await worker.stop();
      await Promise.all([...wechat.accounts, ...wecom.accounts].map(({ client }) => client.close()));
    },
  };
}
