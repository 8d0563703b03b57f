import type { ChatMessage, MessagePage } from '../model.ts';

/** The part of a conversation that is here: without gaps from `from` on. */
export interface Log {
  messages: ChatMessage[];
  from: number;
  /** There is more before `from`. */
  more: boolean;
}

/** In order, each once; what a later line takes back is marked. */
function merged(before: readonly ChatMessage[], added: readonly ChatMessage[]): ChatMessage[] {
  const bySeq = new Map([...before, ...added].map((it) => [it.seq, it]));
  const all = [...bySeq.values()].sort((one, other) => one.seq - other.seq);
  const recalled = new Set(all.map(({ recalls }) => recalls));
  return all.map((it) => (recalled.has(it.seq) && !it.recalled ? { ...it, recalled: true } : it));
}

export function firstPage({ messages, from, more }: MessagePage): Log {
  return { messages: merged([], messages), from, more };
}

export function withOlder(log: Log, { messages, from, more }: MessagePage): Log {
  return { messages: merged(log.messages, messages), from: Math.min(from, log.from), more };
}

export function withNewer(log: Log, messages: readonly ChatMessage[]): Log {
  return { ...log, messages: merged(log.messages, messages) };
}

/** Words of the customer after a number: what may still have to be read. */
export function unreadIn({ messages }: Log, readSeq: number): ChatMessage[] {
  return messages.filter(
    ({ seq, origin, kind }) =>
      seq > readSeq && origin === 'customer' && (kind === 'text' || kind === 'files'),
  );
}

/** What the bot had asked last before a person took over. */
export function lastBotWords({ messages }: Log, startSeq: number): string | undefined {
  return messages.findLast(({ seq, origin, kind }) => seq < startSeq && origin === 'bot' && kind === 'text')
    ?.text;
}
