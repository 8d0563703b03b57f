/**
 * READ FIRST: builds every part and joins them. The only reader of process.env.
 *
 * The way of a message: channel (verify, mask, decode) -> runner.accept (stored and claimed) ->
 * the bot's turn -> commit -> the channel's sockets read the log.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { FACTS } from '../dialogs/index.ts';
import { openChats } from './assembly/desk.ts';
import { startDocuments } from './assembly/documents.ts';
import { sentenceOf } from './assembly/explain.ts';
import { openHandoffs } from './assembly/handoffs.ts';
import { openMessaging } from './assembly/messaging.ts';
import { startOutgoing } from './assembly/outgoing.ts';
import { startPlatform } from './assembly/platform.ts';
import { Running } from './assembly/running.ts';
import { openMemory, startConversations } from './assembly/stores.ts';
import { keepTidy } from './assembly/tidy.ts';
import { type Started, startHttp } from './assembly/web.ts';
import { gathered } from './bot/gathered.ts';
import { identified } from './bot/identified.ts';
import { BOT, createBot } from './bot/turn.ts';
import { createCases } from './cases/index.ts';
import { linkOf } from './channels/messaging.ts';
import { type Config, readConfig } from './config.ts';
import { createTurnRunner } from './conversation/runner.ts';
import { connect } from './database/connect.ts';
import type { Queries } from './database/database.ts';
import type { Outbox } from './database/outbox.ts';
import { systemClock as clock } from './domain/clock.ts';
import { USUAL_TIMES } from './domain/desk.ts';
import { settingsIn } from './handoff/index.ts';
import { startAdminSocket } from './http/admin-socket.ts';
import { loggerOptions } from './http/logging.ts';
import {
  createInsights,
  createReplay,
  createUnclear,
  createUnclearGroups,
  measureDecisions,
  startRecorder,
} from './insight/index.ts';
import { createPlatformEvents, createReminders } from './reminders/index.ts';
import { loadSecrets } from './secrets.ts';
import { createAccounts } from './staff/index.ts';
import { createFindFact, loadUnderstanding, MODEL_FILE } from './understanding/index.ts';

async function start(config: Config, running: Running): Promise<Started> {
  const log = pino(loggerOptions({ level: config.logLevel }));
  const secrets = await loadSecrets(config);
  const { databaseUrl, dataDir } = config;
  const database = await connect({ databaseUrl, dataDir, log });
  running.onStop(() => database.close());
  const conversations = await startConversations(database, config, running, log);
  const memory = await openMemory(config, running, log);
  const registry = new Registry();

  // Cases and documents leave messages in the outbox, which delivers into conversations that need both.
  let outbox: Outbox | undefined;
  const kick = () => outbox?.kick();
  const { documents, chatFiles } = await startDocuments({ database, config, secrets, kick });
  const messaging = openMessaging({
    ...{ config, secrets, database, memory, log, registry, chatFiles },
    store: conversations,
  });
  // Stopped after the runner, whose last turns it still delivers or leaves to others.
  if (messaging) running.onStop(() => messaging.stop());
  const store = messaging?.store ?? conversations;
  const { client: platform, sandbox } = await startPlatform(config, secrets, log, running);
  const understanding = loadUnderstanding({
    modelFile: MODEL_FILE,
    log: (message, cause) => log.warn({ err: cause }, message),
  });

  const defaults = { ...USUAL_TIMES, hours: config.openingHours };
  const hours = async (db: Queries) => (await settingsIn(db, defaults)).hours;
  const reviewing = { rules: config.review, hours };
  const cases = createCases({ database, clock, kick, review: reviewing });
  const people = openHandoffs({ database, store, defaults, log, kick }, running);

  const reminding = { database, clock, hours: config.settings.reminderHours };
  const reminders = createReminders({ ...reminding, eventsTaken: secrets.platformEvents !== undefined });
  const takePlatformEvent = createPlatformEvents({ ...reminding, kick });

  const handoffs = { ...people.handoffs, ...(messaging && { elsewhere: messaging.elsewhere }) };
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
    runTurn: gathered(
      identified(
        createBot({
          services,
          understand: understanding.understand,
          findFact: createFindFact(FACTS),
          log,
        }),
        { platform, clock, linkOf },
      ),
      { store, clock, wait, quietMsOf: (id) => messaging?.quietMsOf(id) ?? 0 },
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
  return startHttp({ ...parts, chats: openChats(parts, cases, messaging) }, running);
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
