import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { Database } from '../database/database.ts';
import { createChatFiles } from '../documents/chat-files.ts';
import { createDocuments } from '../documents/documents.ts';
import { openFileBlobs } from '../documents/file-blobs.ts';
import { createVault, decodeKey, deriveKey, localKeyWrapper } from '../documents/vault.ts';
import { systemClock as clock } from '../domain/clock.ts';
import type { Secrets } from '../secrets.ts';

/** Pictures of cases and files of chats: one vault, one folder of sealed blobs. */
export async function startDocuments(parts: {
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
