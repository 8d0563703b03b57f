import { Registry } from 'prom-client';
import type { Credentials } from '../../../src/channels/bot-framework/login.ts';
import type { BotFrameworkSettings } from '../../../src/channels/bot-framework/settings.ts';
import { createMessaging } from '../../../src/channels/messaging.ts';
import { createEmbeddedMemory } from '../../../src/conversation/embedded/shared-memory.ts';
import { createEmbeddedStore } from '../../../src/conversation/embedded/store.ts';
import { createTurnRunner, type RunTurn } from '../../../src/conversation/runner.ts';
import type { ConversationStore } from '../../../src/conversation/store.ts';
import { connect } from '../../../src/database/connect.ts';
import { createCursors } from '../../../src/database/cursors.ts';
import { createDeliveries } from '../../../src/database/deliveries.ts';
import { systemClock as clock } from '../../../src/domain/clock.ts';
import { silent } from '../../../src/domain/log.ts';
import { buildApp } from '../../../src/http/app.ts';
import { maskInTalk } from '../../../src/understanding/mask-in-talk.ts';
import { APP_ID } from '../../support/azure.ts';

/** The product with nothing of it but Azure's channels and a bot that says back what it hears. */
export interface AzureTalk {
  url: string;
  store: ConversationStore;
  /** How many turns the bot had. */
  turns: number;
  /** Turns wait for it. */
  pause: Promise<void> | undefined;
  /** Azure's login gives the bot no token. */
  noLogin: boolean;
  /** Azure's login does not answer. */
  loginHangs: boolean;
  /** The store takes nothing. */
  away: boolean;
  waits(): Promise<(string | null)[]>;
  close(): Promise<void>;
}

/** Instead of a token of Azure's login, which is not reached from here. */
const credentialsOf = (talk: () => Pick<AzureTalk, 'noLogin' | 'loginHangs'>): Credentials => ({
  isValidAppId: async (appId) => appId === APP_ID,
  isAuthenticationDisabled: async () => false,
  createCredentials: async () => ({
    async signRequest(request) {
      if (talk().loginHangs) await new Promise<never>(() => {});
      if (talk().noLogin) throw Object.assign(new Error('AADSTS7000215'), { errorCode: 'invalid_client' });
      request.headers.set('authorization', 'Bearer of-the-bot');
      return request;
    },
  }),
});

const actions = (...labels: string[]) => ({
  to: [],
  actions: labels.map((it) => ({ type: 'imBack', title: it, value: it })),
});

export async function openAzureTalk(settings: BotFrameworkSettings): Promise<AzureTalk> {
  const database = await connect({ dataDir: 'memory://' });
  if (!database.pglite) throw new Error('not embedded');
  const kept = await createEmbeddedStore({ sql: database.pglite, clock });
  const memory = createEmbeddedMemory(clock);
  const messaging = createMessaging({
    accounts: { wechat: [], wecom: [], wechatApiUrl: '', wecomApiUrl: '' },
    botFramework: {
      settings,
      timeoutMs: 2_000,
      ...(settings.identity.type !== 'none' && { credentials: credentialsOf(() => talk) }),
    },
    ...{ store: kept, memory, clock },
    deliveries: createDeliveries({ database, clock }),
    cursors: createCursors({ database, clock }),
    log: silent,
    registry: new Registry(),
    files: {
      open: async () => undefined,
      key: Buffer.alloc(32, 7),
      publicUrl: 'https://desk.example',
    },
  });
  const { store } = messaging;

  /** `问` has it ask, `不说` say nothing; anything else is said back. */
  const answer: RunTurn = async (claim, { activity }) => {
    talk.turns++;
    await talk.pause;
    const { text = '', id: replyToId, type } = activity;
    const reply = { type: 'message', text: `听到：${text}`, replyToId };
    const asks = { ...reply, text: '哪张卡？', suggestedActions: actions('尾号 1234', '尾号 5678') };
    const greets = { type: 'message', text: '欢迎' };
    const said = type !== 'message' ? [greets] : text === '问' ? [asks] : text === '不说' ? [] : [reply];
    return { state: claim.state, mode: claim.mode, replies: said };
  };
  const runner = createTurnRunner({ store, runTurn: answer, typing: { type: 'typing' }, log: silent });
  const app = buildApp({ logging: { level: 'silent' }, health: { checks: [] } });
  await messaging.open(app, {
    maskInTalk,
    welcome: { type: 'message', text: '欢迎' },
    async accept(id, incoming) {
      if (talk.away) throw new Error('the store is away');
      return runner.accept(id, incoming);
    },
  });
  await runner.start();
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  messaging.start();
  const talk: AzureTalk = {
    ...{ url, store, turns: 0, pause: undefined, noLogin: false, loginHangs: false, away: false },
    async waits() {
      const { rows } = (await database.pglite?.query<{ waits: string | null }>(
        'select waits from deliveries',
      )) ?? {
        rows: [],
      };
      return rows.map(({ waits }) => waits);
    },
    async close() {
      await app.close();
      await messaging.stop();
      await runner.stop();
      await kept.close();
      await database.close();
    },
  };
  return talk;
}
