import type { ConversationStore } from '../../conversation/store.ts';
import type { Clock } from '../../domain/clock.ts';
import type { SharedMemory } from '../../domain/shared-memory.ts';
import type { DeskFiles } from '../chat-files.ts';
import type { MessagesOf } from '../delivery.ts';
import { createAzureAdapter } from './adapter.ts';
import { Cloud, type CloudParts } from './cloud.ts';
import { createInline, type Inline } from './inline.ts';

/** What takes from Azure's channels, and sends to them. */
export interface Azure {
  cloud: Cloud;
  inline: Inline;
  adapter: MessagesOf;
}

/** Joins the bot to Azure Bot Service; nothing is asked of it before the first message. */
export function openAzure(
  bot: CloudParts,
  parts: {
    store: ConversationStore;
    memory: SharedMemory;
    files: DeskFiles;
    signInUrl?: string | undefined;
    clock: Clock;
  },
): Azure {
  const cloud = new Cloud(bot);
  const inline = createInline(parts);
  return { cloud, inline, adapter: createAzureAdapter({ ...parts, cloud, inline }) };
}
