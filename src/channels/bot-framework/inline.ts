import type { ConversationStore, LogEntry } from '../../conversation/store.ts';
import type { Clock } from '../../domain/clock.ts';
import { MARKS } from '../../domain/message-marks.ts';
import type { SharedMemory } from '../../domain/shared-memory.ts';

/** Clients are not kept waiting longer; what is said later is sent. */
const PATIENCE_MS = 10_000;
/** By then, who waited has got it or is gone. */
const DECIDED_MS = 15_000;
const KEPT_SECONDS = 24 * 3600;
/** Before the message, when it came before. */
const BACK = 100;
const READ = 300;

export interface InlineParts {
  store: Pick<ConversationStore, 'find' | 'read' | 'subscribe'>;
  memory: SharedMemory;
  clock: Clock;
  patienceMs?: number | undefined;
}

/** Answers that a client waits for in its request: each goes that way or is sent, and not both. */
export interface Inline {
  /** Has `take` store a message under this mark, and gives what was said to it; nothing when that takes too long. */
  answers(conversationId: string, mark: string, take: () => Promise<unknown>): Promise<LogEntry[]>;
  /** Which way what is said to a message of the log goes. `undecided`: ask again in a moment. */
  wayOf(conversationId: string, saidTo: string): Promise<'sent' | 'inline' | 'undecided'>;
}

const seqOf = (id: string) => Number(id.slice(id.lastIndexOf('|') + 1));
const markOf = ({ activity }: LogEntry): unknown => activity.channelData?.[MARKS.inline];

export function createInline({ store, memory, clock, patienceMs = PATIENCE_MS }: InlineParts): Inline {
  const keyOf = (entryId: string) => `inline:${entryId}`;

  /** The first word on it is the last. */
  async function decide(entryId: string, way: 'sent' | 'inline'): Promise<boolean> {
    const key = keyOf(entryId);
    const kept = { value: way, ttlSeconds: KEPT_SECONDS };
    return (await memory.swap(key, undefined, kept)) || (await memory.read(key)) === way;
  }

  async function look(conversationId: string, from: number, mark: string) {
    const entries = await store.read(conversationId, from, READ);
    const question = entries.find((entry) => markOf(entry) === mark);
    const said = question
      ? entries.filter(
          ({ origin, activity }) => origin === 'bot' && activity.replyToId === question.activity.id,
        )
      : [];
    return { question, said };
  }

  return {
    async answers(conversationId, mark, take) {
      let wake = () => {};
      const unsubscribe = await store.subscribe(conversationId, () => wake());
      try {
        const before = (await store.find(conversationId))?.lastSeq ?? 0;
        await take();
        const from = Math.max(0, before - BACK);
        const until = performance.now() + patienceMs;
        for (;;) {
          const woken = new Promise<void>((resolve) => {
            wake = resolve;
          });
          const { question, said } = await look(conversationId, from, mark);
          const leftMs = until - performance.now();
          if (question && said.length > 0) return (await decide(question.activity.id, 'inline')) ? said : [];
          if (leftMs <= 0) {
            if (question) await decide(question.activity.id, 'sent');
            return [];
          }
          await soon(woken, leftMs);
        }
      } finally {
        await unsubscribe();
      }
    },
    async wayOf(conversationId, saidTo) {
      const [question] = await store.read(conversationId, seqOf(saidTo) - 1, 1);
      if (!question || markOf(question) === undefined) return 'sent';
      const way = await memory.read(keyOf(saidTo));
      if (way === 'inline' || way === 'sent') return way;
      const age = clock.now().getTime() - new Date(question.activity.timestamp ?? 0).getTime();
      if (age < DECIDED_MS) return 'undecided';
      return (await decide(saidTo, 'sent')) ? 'sent' : 'inline';
    },
  };
}

/** Until it is done, at most so long. */
async function soon(done: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([done, over]);
  clearTimeout(timer);
}
