import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { ConversationStore } from '../conversation/store.ts';
import type { Database } from '../database/database.ts';
import type { ChatFiles } from '../documents/chat-files.ts';
import type { Documents } from '../documents/documents.ts';
import type { SharedMemory } from '../domain/shared-memory.ts';
import type { Insights } from '../insight/index.ts';
import type { PlatformClient } from '../platform/client.ts';
import type { Secrets } from '../secrets.ts';
import type { LoadedUnderstanding } from '../understanding/index.ts';
import type { openHandoffs } from './handoffs.ts';

/** What the rest is joined from. */
export interface Parts {
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
