import { createCases } from '../../../src/cases/index.ts';
import type { ConsoleOptions } from '../../../src/console/index.ts';
import { createEmbeddedMemory } from '../../../src/conversation/embedded/shared-memory.ts';
import { createEmbeddedStore } from '../../../src/conversation/embedded/store.ts';
import type { ConversationStore } from '../../../src/conversation/store.ts';
import type { Database } from '../../../src/database/database.ts';
import { createDeliveries } from '../../../src/database/deliveries.ts';
import { createDeskFiles } from '../../../src/documents/chat-file-views.ts';
import type { Clock } from '../../../src/domain/clock.ts';
import { USUAL_TIMES } from '../../../src/domain/desk.ts';
import { silent } from '../../../src/domain/log.ts';
import { createHandoffs, createTranscripts, deskLive } from '../../../src/handoff/index.ts';
import { createQuickReplies } from '../../../src/handoff/quick-replies.ts';
import { createSearch } from '../../../src/handoff/search.ts';
import { mask } from '../../../src/understanding/mask.ts';
import { chatFilesOn } from '../../documents/chat-files-on.ts';
import { TEST_HOURS } from '../../support/desk.ts';

const NOT_FOUND = { kind: 'not-found' } as const;

/** The store of a database that is embedded, opened by the first call. */
function embeddedStore(
  { pglite }: Database,
  clock: Clock,
): Pick<ConversationStore, 'read' | 'append' | 'subscribe' | 'pass' | 'find'> {
  let opened: Promise<ConversationStore> | undefined;
  const store = () => {
    if (!pglite) throw new Error('this test needs a store of its own');
    opened ??= createEmbeddedStore({ sql: pglite, clock });
    return opened;
  };
  return {
    read: async (...args) => (await store()).read(...args),
    append: async (...args) => (await store()).append(...args),
    subscribe: async (...args) => (await store()).subscribe(...args),
    pass: async (...args) => (await store()).pass(...args),
    find: async (...args) => (await store()).find(...args),
  };
}

/** Both sides of the hand-offs of a database, with what the console shows of them. */
export function deskParts(
  database: Database,
  clock: Clock,
  more: Partial<ConsoleOptions['chats']> = {},
  memory = createEmbeddedMemory(clock),
) {
  const files = chatFilesOn(database, clock);
  const defaults = { ...USUAL_TIMES, hours: structuredClone(TEST_HOURS) };
  const kick = () => live.kick();
  const { handoffs, desk } = createHandoffs({ database, clock, defaults, kick });
  const live = deskLive({ reading: desk, log: silent });
  const nothing = async () => NOT_FOUND;
  const chats: ConsoleOptions['chats'] = {
    ...{ desk, live, mask },
    transcripts: createTranscripts({ database, clock }),
    deliveries: createDeliveries({ database, clock }),
    search: createSearch({ database }),
    quickReplies: createQuickReplies({ database, clock }),
    ...{ files, deskFiles: createDeskFiles({ database, clock, memory, files, timeZone: 'Asia/Shanghai' }) },
    takesFiles: (channel) => channel === 'directline',
    store: more.store ?? embeddedStore(database, clock),
    platform: { customer: nothing, cards: nothing, eligibility: nothing },
    cases: createCases({ database, clock }),
    ...more,
  };
  return { handoffs, chats, files };
}

export const chatParts = (database: Database, clock: Clock): ConsoleOptions['chats'] =>
  deskParts(database, clock).chats;
