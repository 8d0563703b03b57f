import type { Registry } from 'prom-client';
import { type Locale, REFERENCE_LOCALE, type TextKey, text } from '../../locales/index.ts';
import { greeting } from '../bot/greeting.ts';
import { BOT } from '../bot/turn.ts';
import { createTokens, directLine } from '../channels/direct-line/index.ts';
import type { Messaging } from '../channels/messaging.ts';
import { type ConsoleOptions, consoleApi } from '../console/index.ts';
import type { TurnRunner } from '../conversation/runner.ts';
import { createCustomerFiles } from '../documents/chat-file-views.ts';
import { deriveKey } from '../documents/vault.ts';
import { systemClock as clock } from '../domain/clock.ts';
import type { TakePlatformEvent } from '../domain/platform-event.ts';
import { buildApp } from '../http/app.ts';
import { PLATFORM_EVENTS_PATH, platformEventRoutes } from '../http/platform-events.ts';
import { uploadRoutes } from '../http/upload.ts';
import { uploadPage } from '../http/upload-page.ts';
import { createReports, createUnclearGroups } from '../insight/index.ts';
import { SANDBOX_CUSTOMERS } from '../platform/sandbox/customers.ts';
import type { Sandbox } from '../platform/sandbox/server.ts';
import { fromRoot } from '../root.ts';
import type { Secrets } from '../secrets.ts';
import { createDemoStaff } from '../staff/index.ts';
import { openDesk, openReview } from './desk.ts';
import type { Parts } from './parts.ts';
import type { Running } from './running.ts';

/** Where the product is reached, and with what its desk can be tried out. */
export interface Started {
  url: string;
  demo: { logins: string[]; password: string } | undefined;
}

/** The same at each start, and another one in each installation. */
const demoPassword = ({ tokenSigning }: Secrets) =>
  deriveKey(Buffer.from(tokenSigning), 'demo logins').toString('base64url').slice(0, 14);

interface HttpParts extends Parts {
  kick: () => void;
  registry: Registry;
  messaging: Messaging | undefined;
  runner: TurnRunner;
  sandbox: Sandbox | undefined;
  takePlatformEvent: TakePlatformEvent;
  chats: ConsoleOptions['chats'];
}

type App = ReturnType<typeof buildApp>;

async function openToCustomers(app: App, parts: HttpParts): Promise<void> {
  const { config, secrets, store, memory, documents, chatFiles, understanding, runner } = parts;
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
  const file = fromRoot('dist', 'web', 'upload', 'index.html');
  await app.register(uploadPage, { file, tickets: documents, store });
}

async function openToStaff(app: App, parts: HttpParts) {
  const { config, database, memory, chats } = parts;
  const desk = openDesk(parts);
  const { timeZone } = config.openingHours;
  const reports = createReports({ database, timeZone });
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
  return desk;
}

/** Pages, channels, uploads, the desk: everything that is reached over HTTP, open from here on. */
export async function startHttp(parts: HttpParts, running: Running): Promise<Started> {
  const { config, secrets, database, store, understanding, runner } = parts;
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
  await openToCustomers(app, parts);
  const { accounts } = await openToStaff(app, parts);
  const password = demoPassword(secrets);
  const logins = demo ? await createDemoStaff(accounts, password) : [];
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
