/**
 * READ FIRST: builds every part and joins them. The only reader of process.env.
 *
 * The way of a message: channel (verify, mask, decode) -> runner.accept (stored and claimed) ->
 * the bot's turn -> commit -> the channel's sockets read the log.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import { Registry } from 'prom-client';
import { FACTS } from '../dialogs/index.ts';
import { type Locale, REFERENCE_LOCALE, type TextKey, text } from '../locales/index.ts';
import { greeting } from './bot/greeting.ts';
import { identified } from './bot/identified.ts';
import { tellReminders } from './bot/reminding.ts';
import { BOT, createBot } from './bot/turn.ts';
import { createCases, createReviewDesk } from './cases/index.ts';
import { createTokens, directLine } from './channels/direct-line/index.ts';
import { createMessaging, linkOf, type Messaging } from './channels/messaging.ts';
import { type Config, readConfig } from './config.ts';
import { type ConsoleOptions, consoleApi } from './console/index.ts';
import { createEmbeddedMemory } from './conversation/embedded/shared-memory.ts';
import { createEmbeddedStore } from './conversation/embedded/store.ts';
import { openConnection } from './conversation/redis/connection.ts';
import { createRedisMemory } from './conversation/redis/shared-memory.ts';
import { createRedisStore } from './conversation/redis/store.ts';
import { createTurnRunner, type TurnRunner } from './conversation/runner.ts';
import type { ConversationStore } from './conversation/store.ts';
import { createCustomerData } from './customers/index.ts';
import { createAuditReader } from './database/audit-reader.ts';
import { connect } from './database/connect.ts';
import { createCursors } from './database/cursors.ts';
import type { Database, Queries } from './database/database.ts';
import { createDeliveries } from './database/deliveries.ts';
import { openEmbedded } from './database/embedded.ts';
import { type Outbox, startOutbox } from './database/outbox.ts';
import { createCustomerFiles, createDeskFiles } from './documents/chat-file-views.ts';
import { type ChatFiles, createChatFiles } from './documents/chat-files.ts';
import { createDocuments, type Documents } from './documents/documents.ts';
import { openFileBlobs } from './documents/file-blobs.ts';
import { createHolds } from './documents/holds.ts';
import { createPictures } from './documents/pictures.ts';
import { createVault, decodeKey, deriveKey, localKeyWrapper } from './documents/vault.ts';
import type { Cases } from './domain/case.ts';
import { systemClock as clock } from './domain/clock.ts';
import { type DeskSettings, USUAL_TIMES } from './domain/desk.ts';
import type { TakePlatformEvent } from './domain/platform-event.ts';
import type { SharedMemory } from './domain/shared-memory.ts';
import {
  createHandoffs,
  createTranscripts,
  deskLive,
  deskRounds,
  purgeDeskEvents,
  type ReadLog,
  settingsIn,
  startRounds,
} from './handoff/index.ts';
import { createQuickReplies } from './handoff/quick-replies.ts';
import { createSearch } from './handoff/search.ts';
import { startAdminSocket } from './http/admin-socket.ts';
import { buildApp } from './http/app.ts';
import { loggerOptions } from './http/logging.ts';
import { PLATFORM_EVENTS_PATH, platformEventRoutes } from './http/platform-events.ts';
import { uploadRoutes } from './http/upload.ts';
import {
  createInsights,
  createReplay,
  createReports,
  createUnclear,
  createUnclearGroups,
  type Insights,
  measureDecisions,
  startRecorder,
} from './insight/index.ts';
import { createPlatformClient, type PlatformClient } from './platform/client.ts';
import { SANDBOX_CUSTOMERS } from './platform/sandbox/customers.ts';
import { type Sandbox, startSandbox } from './platform/sandbox/server.ts';
import {
  createPlatformEvents,
  createReminders,
  deliverReminders,
  purgeReminders,
} from './reminders/index.ts';
import { fromRoot } from './root.ts';
import { loadSecrets, type Secrets } from './secrets.ts';
import { createAccounts, createDemoStaff, createLogin, createOidc, createSealer } from './staff/index.ts';
import {
  createFindFact,
  type LoadedUnderstanding,
  loadUnderstanding,
  MODEL_FILE,
} from './understanding/index.ts';

/** What has been started, in order; stopped the other way round. */
class Running {
  readonly #stops: (() => Promise<unknown>)[] = [];

  onStop(stop: () => Promise<unknown>): void {
    this.#stops.unshift(stop);
  }

  /** Stops all of it; what cannot be stopped keeps nothing else from it and is thrown in the end. */
  async stop(): Promise<void> {
    const faults: unknown[] = [];
    // Taken out one by one: a start that is still under way adds to them.
    for (let stop = this.#stops.shift(); stop; stop = this.#stops.shift())
      await stop().catch((error: unknown) => faults.push(error));
    if (faults.length > 0) throw new AggregateError(faults, 'not everything could be stopped');
  }
}

/** What the rest is joined from. */
interface Parts {
  config: Config;
  secrets: Secrets;
  database: Database;
  store: ConversationStore;
  memory: SharedMemory;
  platform: PlatformClient;
  documents: Documents;
  chatFiles: ChatFiles;
  insights: Insights;
  people: ReturnType<typeof openHandoffs>;
  understanding: LoadedUnderstanding;
  log: Logger;
}

/** 卡盟金服's API; without one configured, the sandbox in this process stands in. */
async function startPlatform(config: Config, secrets: Secrets, log: Logger, running: Running) {
  let { platform } = config;
  let sandbox: Sandbox | undefined;
  if (!platform) {
    const token = secrets.sandboxToken;
    const started = await startSandbox({ token, stateFile: join(config.dataDir, 'sandbox.json'), log });
    running.onStop(() => started.close());
    platform = { url: started.url, token };
    sandbox = started;
  }
  const client = createPlatformClient({ baseUrl: platform.url, token: platform.token, log });
  running.onStop(() => client.close());
  return { client, sandbox };
}

async function startConversations(database: Database, config: Config, running: Running, log: Logger) {
  if (config.redis) {
    const shared = await createRedisStore({ redis: config.redis, log });
    running.onStop(() => shared.close());
    return shared;
  }
  // With the cases on PostgreSQL, conversations still have the embedded database to themselves.
  let sql = database.pglite;
  if (!sql) {
    const own = await openEmbedded(config.dataDir, 'conversations');
    running.onStop(() => own.close());
    sql = own.pglite;
  }
  const store = await createEmbeddedStore({ sql, clock, log });
  running.onStop(() => store.close());
  return store;
}

/** The messaging apps, when there are accounts of any. */
function openMessaging(
  parts: Pick<Parts, 'config' | 'database' | 'store' | 'memory' | 'log'> & { registry: Registry },
): Messaging | undefined {
  const { config, database, ...rest } = parts;
  if (!config.channels) return undefined;
  return createMessaging({
    ...{ ...rest, clock },
    accounts: config.channels,
    deliveries: createDeliveries({ database, clock }),
    cursors: createCursors({ database, clock }),
  });
}

/** What processes have to remember together besides: limits, stream tickets. */
async function openMemory(config: Config, running: Running, log: Logger): Promise<SharedMemory> {
  if (!config.redis) return createEmbeddedMemory(clock);
  const connection = await openConnection({ settings: config.redis, log, purpose: 'shared memory' });
  running.onStop(() => connection.close());
  return createRedisMemory({ connection });
}

async function startDocuments(parts: {
  database: Database;
  config: Config;
  secrets: Secrets;
  kick: () => void;
}) {
  const { database, config, secrets, kick } = parts;
  const master = decodeKey(secrets.documentKek);
  const vault = createVault(localKeyWrapper(master));
  const blobs = await openFileBlobs(join(config.dataDir, 'blobs'));
  const documents = createDocuments({
    ...{ database, clock, kick, vault, blobs },
    consentVersion: config.settings.consentVersion,
    ticketKey: deriveKey(Buffer.from(secrets.tokenSigning), 'upload tickets'),
    ...(config.publicUrl && { publicUrl: config.publicUrl.replace(/\/$/, '') }),
  });
  return { documents, chatFiles: createChatFiles({ database, clock, vault, blobs }) };
}

/** What nobody waits for: pictures, files, reminders, turns, talks past their time, blobs that a crash left behind. */
function keepTidy(
  {
    database,
    documents,
    chatFiles,
    insights,
    people,
    config,
    log,
  }: Pick<Parts, 'database' | 'documents' | 'chatFiles' | 'insights' | 'people' | 'config' | 'log'>,
  running: Running,
): void {
  let round = Promise.resolve();
  const tidy = () => {
    round = documents
      .purgeExpired(config.documentRetention)
      .then(async () => void (await chatFiles.purge(config.chatFileRetentionDays)))
      .then(() => documents.sweep())
      .then(() => purgeReminders({ database, clock }, config.reminderRetentionDays))
      .then(async () => void (await insights.purge(config.insightRetentionDays)))
      .then(async () => void (await people.transcripts.purge(config.transcriptRetentionDays)))
      .then(async () => void (await purgeDeskEvents({ database, clock })))
      .catch((error) => log.error({ err: error }, 'tidying failed'));
  };
  const timer = setInterval(tidy, 60 * 60_000);
  tidy();
  running.onStop(async () => {
    clearInterval(timer);
    await round;
  });
}

function startOutgoing(parts: Parts & { runner: TurnRunner }): Outbox {
  const { config, database, store, platform, runner, log } = parts;
  return startOutbox({
    database,
    clock,
    log,
    alone: database.pglite !== undefined,
    deliver: {
      async 'conversation-event'({ conversationId, name, value, dedupeKey }) {
        const activity = { type: 'event', name, value };
        await runner.accept(conversationId, { origin: 'system', activity, dedupeKey });
      },
      async 'review-decision'({ decision, idempotencyKey }) {
        await platform.submitReviewDecision(decision, idempotencyKey);
      },
      reminder: deliverReminders({
        database,
        clock,
        hours: config.settings.reminderHours,
        tell: tellReminders(store, runner.accept),
      }),
    },
  });
}

/**
 * Hand-offs from both sides, the desk's own work, and what its live sockets and searches read. It does its rounds
 * once it is started; until then nobody is offered anything.
 */
function openHandoffs(
  parts: Pick<Parts, 'database' | 'store' | 'log'> & { defaults: DeskSettings; kick: () => void },
  running: Running,
) {
  const { database, store, defaults, log } = parts;
  let rounds: ReturnType<typeof startRounds> | undefined;
  const kick = () => {
    parts.kick();
    rounds?.kick();
    live.kick();
  };
  const sides = createHandoffs({ database, clock, defaults, kick });
  const live = deskLive({ reading: sides.desk, log });
  running.onStop(() => live.stop());
  const transcripts = createTranscripts({ database, clock });
  return {
    ...sides,
    live,
    transcripts,
    start(): void {
      const readLog: ReadLog = (id, afterSeq, limit) => store.read(id, afterSeq, limit);
      const work = deskRounds({ database, clock, defaults, transcripts, readLog, told: parts.kick });
      const started = startRounds({ rounds: work, log });
      rounds = started;
      running.onStop(() => started.stop());
    },
  };
}

/** Where the product is reached, and with what its desk can be tried out. */
interface Started {
  url: string;
  demo: { logins: string[]; password: string } | undefined;
}

/** The desk's logins; without a second factor only where the product is tried out. */
function openDesk({ config, secrets, database, memory }: Parts) {
  const sealer = createSealer(deriveKey(decodeKey(secrets.documentKek), 'staff second factors'));
  const secondFactor = config.platform ? 'required' : 'optional';
  return {
    accounts: createAccounts({ database, clock }),
    login: createLogin({ database, clock, sealer, issuer: BOT.name, secondFactor }),
    csrfKey: deriveKey(Buffer.from(secrets.tokenSigning), 'console csrf'),
    ...(config.oidc && { oidc: createOidc(config.oidc, memory) }),
    ...(config.publicUrl && { origin: new URL(config.publicUrl).origin }),
  };
}

/** The review desk with its pictures and records. */
function openReview({
  config,
  database,
  store,
  memory,
  platform,
  documents,
  kick,
}: Parts & { kick: () => void }) {
  const { timeZone } = config.openingHours;
  const { read, standing } = documents;
  return {
    desk: createReviewDesk({ database, clock, kick, rules: config.review }),
    pictures: createPictures({ database, memory, clock, timeZone, read, standing }),
    holds: createHolds({ database, clock }),
    customers: createCustomerData({ database, store, clock }),
    audit: createAuditReader({ database, clock }),
    retention: config.documentRetention,
    platform,
  };
}

/** What the desk's chats are shown and answered from. */
function openChats(
  { config, database, store, memory, platform, chatFiles, understanding, people }: Parts,
  cases: Cases,
): ConsoleOptions['chats'] {
  const { desk, live, transcripts } = people;
  const { timeZone } = config.openingHours;
  return {
    ...{ desk, live, transcripts, store, platform, cases },
    files: chatFiles,
    deskFiles: createDeskFiles({ database, memory, clock, timeZone, files: chatFiles }),
    mask: understanding.mask,
    search: createSearch({ database }),
    quickReplies: createQuickReplies({ database, clock }),
  };
}

async function startHttp(
  parts: Parts & {
    kick: () => void;
    registry: Registry;
    messaging: Messaging | undefined;
    runner: TurnRunner;
    sandbox: Sandbox | undefined;
    takePlatformEvent: TakePlatformEvent;
    chats: ConsoleOptions['chats'];
  },
  running: Running,
): Promise<Started> {
  const { config, secrets, database, store, memory, documents, chatFiles, understanding, runner } = parts;
  const tokens = createTokens({ signingKey: secrets.tokenSigning, clock });
  const demo = !config.platform && {
    customers: [...SANDBOX_CUSTOMERS],
    issue: (grant: Parameters<typeof tokens.issue>[0]) => tokens.issue(grant),
  };
  const app = buildApp({
    logging: { level: config.logLevel, mask: (words) => understanding.mask(words).text },
    proxyHops: config.proxyHops,
    web: { root: fromRoot('dist', 'web'), frameAncestors: config.allowedOrigins },
    health: {
      registry: parts.registry,
      checks: [
        { name: 'database', check: () => database.ping() },
        { name: 'conversations', check: () => store.ping() },
      ],
    },
    ...(demo && { demo }),
  });
  const refusalText = (code: string, locale: Locale) => text(locale, `documents.${code}` as TextKey);
  await app.register(directLine, {
    store,
    memory,
    clock,
    accept: runner.accept,
    mask: understanding.mask,
    maskInTalk: understanding.maskInTalk,
    uploads: documents,
    files: {
      receive: chatFiles.receive,
      forCustomer: createCustomerFiles({ memory, clock, files: chatFiles }),
    },
    refusalText,
    secret: secrets.directLine,
    signingKey: secrets.tokenSigning,
    allowedOrigins: config.allowedOrigins,
    bot: BOT,
  });
  await app.register(uploadRoutes, { documents, allowedOrigins: config.allowedOrigins, refusalText });
  const desk = openDesk(parts);
  const { timeZone } = config.openingHours;
  const reports = createReports({ database, timeZone });
  const { chats } = parts;
  const unclear = createUnclearGroups(parts);
  await app.register(consoleApi, {
    ...desk,
    review: openReview(parts),
    reports,
    unclear,
    chats,
    memory,
    clock,
  });
  const password = demoPassword(secrets);
  const logins = demo ? await createDemoStaff(desk.accounts, password) : [];
  const secret = secrets.platformEvents;
  if (secret) await app.register(platformEventRoutes, { secret, clock, take: parts.takePlatformEvent });
  const { accept } = runner;
  const { maskInTalk } = understanding;
  await parts.messaging?.open(app, { accept, maskInTalk, welcome: greeting(REFERENCE_LOCALE) });
  const url = await app.listen({ host: config.host, port: config.port });
  running.onStop(() => app.close());
  parts.messaging?.start();
  if (secret) parts.sandbox?.sendEventsTo({ url: `${url}${PLATFORM_EVENTS_PATH}`, secret });
  return { url, demo: logins.length > 0 ? { logins, password } : undefined };
}

/** The same at each start, and another one in each installation. */
const demoPassword = ({ tokenSigning }: Secrets) =>
  deriveKey(Buffer.from(tokenSigning), 'demo logins').toString('base64url').slice(0, 14);

async function start(config: Config, running: Running): Promise<Started> {
  const log = pino(loggerOptions({ level: config.logLevel }));
  const secrets = await loadSecrets(config);
  const { databaseUrl, dataDir } = config;
  const database = await connect({ databaseUrl, dataDir, log });
  running.onStop(() => database.close());
  const conversations = await startConversations(database, config, running, log);
  const memory = await openMemory(config, running, log);
  const registry = new Registry();
  const messaging = openMessaging({ config, database, store: conversations, memory, log, registry });
  // Stopped after the runner, whose last turns it still delivers or leaves to others.
  if (messaging) running.onStop(() => messaging.stop());
  const store = messaging?.store ?? conversations;
  const { client: platform, sandbox } = await startPlatform(config, secrets, log, running);
  const understanding = loadUnderstanding({
    modelFile: MODEL_FILE,
    log: (message, cause) => log.warn({ err: cause }, message),
  });

  // Cases and documents leave messages in the outbox, which delivers into conversations that need both.
  let outbox: Outbox | undefined;
  const kick = () => outbox?.kick();
  const defaults = { ...USUAL_TIMES, hours: config.openingHours };
  const hours = async (db: Queries) => (await settingsIn(db, defaults)).hours;
  const reviewing = { rules: config.review, hours };
  const cases = createCases({ database, clock, kick, review: reviewing });
  const people = openHandoffs({ database, store, defaults, log, kick }, running);
  const { documents, chatFiles } = await startDocuments({ database, config, secrets, kick });

  const reminding = { database, clock, hours: config.settings.reminderHours };
  const reminders = createReminders({ ...reminding, eventsTaken: secrets.platformEvents !== undefined });
  const takePlatformEvent = createPlatformEvents({ ...reminding, kick });

  const { handoffs } = people;
  const services = {
    platform,
    cases,
    handoffs,
    uploads: documents,
    reminders,
    settings: config.settings,
    clock,
  };
  const insights = createInsights({ database, clock });
  const recorder = startRecorder({ insights, log });
  const measure = measureDecisions(registry);
  // Stopped after the runner, whose last turns it still takes.
  running.onStop(() => recorder.stop());
  const runner = createTurnRunner({
    store,
    log,
    runTurn: identified(
      createBot({
        services,
        understand: understanding.understand,
        findFact: createFindFact(FACTS),
        log,
      }),
      { platform, clock, linkOf },
    ),
    typing: { type: 'typing', from: { id: BOT.id, name: BOT.name } },
    onInsight(insight) {
      recorder.record(insight);
      measure(insight);
    },
  });
  const parts = {
    ...{
      config,
      secrets,
      database,
      store,
      memory,
      platform,
      documents,
      chatFiles,
      understanding,
      log,
      runner,
    },
    ...{ sandbox, takePlatformEvent, insights, people, kick, registry, messaging },
  };
  running.onStop(() => runner.stop());
  await runner.start();
  const outgoing = startOutgoing(parts);
  outbox = outgoing;
  // Stopped before the runner, which would leave what is still delivered to the sweeps of others.
  running.onStop(() => outgoing.stop());
  people.start();
  keepTidy(parts, running);
  const accounts = createAccounts({ database, clock });
  const replay = createReplay({ store, insights });
  const unclear = createUnclear(createUnclearGroups({ insights }));
  const path = join(dataDir, 'admin.sock');
  const admin = await startAdminSocket({ path, cases, accounts, replay, unclear, log });
  running.onStop(() => admin.close());
  return startHttp({ ...parts, chats: openChats(parts, cases) }, running);
}

function announce({ url, demo }: Started): void {
  const lines = [`解绑助手 is ready at ${url}`];
  if (demo) {
    lines.push(
      `  demo page and widget   ${url}/`,
      '  in the terminal        npm run chat -- --customer risk-lock',
      `  desk of the staff      ${url}/console/`,
      `    logins               ${demo.logins.join(' ')}`,
      `    password             ${demo.password}`,
    );
  }
  console.log(lines.join('\n'));
}

/** Faults that their message explains to the operator; any other is shown whole. */
const EXPLAINED = ['ConfigError', 'DirectoryInUse', 'DatabaseFault', 'RedisFault', 'PhrasesError'];

function sentenceOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && error.code === 'EADDRINUSE') {
    return `The address is in use (${error.message}). Is another server running? Set PORT to use another one.`;
  }
  return EXPLAINED.includes(error.name) ? error.message : undefined;
}

async function main(): Promise<void> {
  // Whatever is written here (database, pictures, secrets) is for this user's eyes only.
  process.umask(0o077);
  if (existsSync('.env')) process.loadEnvFile('.env');
  const running = new Running();
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= running.stop();
    return stopping;
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      stop().then(
        () => process.exit(0),
        (error) => {
          console.error(error);
          process.exit(1);
        },
      );
    });
  }
  try {
    const config = readConfig(process.env);
    announce(await start(config, running));
  } catch (error) {
    console.error(sentenceOf(error) ?? error);
    await stop().catch(() => undefined);
    process.exit(1);
  }
}

await main();
