import type { Registry } from 'prom-client';
import type { ConversationStore } from '../../conversation/store.ts';
import type { Clock } from '../../domain/clock.ts';
import type { Deliveries } from '../../domain/delivery.ts';
import type { Log } from '../../domain/log.ts';
import type { SharedMemory } from '../../domain/shared-memory.ts';
import type { DeskFiles } from '../chat-files.ts';
import type { MessagesOf } from '../delivery.ts';
import { createAzureAdapter } from './adapter.ts';
import { Cloud, type CloudParts } from './cloud.ts';
import { createTellGroup, type TellGroup } from './group.ts';
import { createInline, type Inline } from './inline.ts';
import { createKeyKeeper, type KeyKeeper } from './keys.ts';
import { createPost } from './post.ts';
import { createAzureTyping } from './typing.ts';

/** What takes from Azure's channels, and sends to them. */
export interface Azure {
  cloud: Cloud;
  inline: Inline;
  adapter: MessagesOf;
  tellGroup: TellGroup;
  typing(conversationId: string): void;
  /** Absent: nobody is checked. */
  keys: KeyKeeper | undefined;
}

/** Joins the bot to Azure Bot Service. */
export function openAzure(
  bot: CloudParts,
  parts: {
    store: ConversationStore;
    deliveries: Deliveries;
    memory: SharedMemory;
    files: DeskFiles;
    signInUrl?: string | undefined;
    registry: Registry;
    clock: Clock;
    log: Log;
  },
): Azure {
  const cloud = new Cloud(bot);
  const inline = createInline(parts);
  const post = createPost({ ...parts, cloud });
  const isChecked = bot.settings.identity.type !== 'none';
  return {
    ...{ cloud, inline },
    adapter: createAzureAdapter({ ...parts, post, inline }),
    tellGroup: createTellGroup({ ...parts, post }),
    typing: createAzureTyping({ ...parts, post }),
    keys: isChecked ? createKeyKeeper({ ...parts, cloud }) : undefined,
  };
}
