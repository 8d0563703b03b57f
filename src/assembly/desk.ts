import { BOT } from '../bot/turn.ts';
import { createReviewDesk } from '../cases/index.ts';
import type { Messaging } from '../channels/messaging.ts';
import type { ConsoleOptions } from '../console/index.ts';
import { createCustomerData } from '../customers/index.ts';
import { createAuditReader } from '../database/audit-reader.ts';
import { createDeliveries } from '../database/deliveries.ts';
import { createDeskFiles } from '../documents/chat-file-views.ts';
import { createHolds } from '../documents/holds.ts';
import { createPictures } from '../documents/pictures.ts';
import { decodeKey, deriveKey } from '../documents/vault.ts';
import type { Cases } from '../domain/case.ts';
import { systemClock as clock } from '../domain/clock.ts';
import { createQuickReplies } from '../handoff/quick-replies.ts';
import { createSearch } from '../handoff/search.ts';
import { createAccounts, createLogin, createOidc, createSealer } from '../staff/index.ts';
import type { Parts } from './parts.ts';

/** The desk's logins; without a second factor only where the product is tried out. */
export function openDesk({ config, secrets, database, memory }: Parts) {
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
export function openReview({
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
export function openChats(
  { config, database, store, memory, platform, chatFiles, understanding, people }: Parts,
  cases: Cases,
  messaging: Messaging | undefined,
): ConsoleOptions['chats'] {
  const { desk, live, transcripts } = people;
  const { timeZone } = config.openingHours;
  return {
    ...{ desk, live, transcripts, store, platform, cases },
    files: chatFiles,
    takesFiles: (channel) => channel === 'directline' || (messaging?.takes(channel) ?? false),
    deskFiles: createDeskFiles({ database, memory, clock, timeZone, files: chatFiles }),
    mask: understanding.mask,
    deliveries: createDeliveries({ database, clock }),
    search: createSearch({ database }),
    quickReplies: createQuickReplies({ database, clock }),
  };
}
