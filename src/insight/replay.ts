import { z } from 'zod';
import type { ConversationStore, LogEntry, Origin } from '../conversation/store.ts';
import type { TurnInsight } from '../domain/insight.ts';
import type { Insights } from './insights.ts';
import { transcriptOf } from './transcript.ts';

/** What an operator may ask for; also a body that the admin socket takes. */
export const ReplayCommand = z.object({
  do: z.literal('replay'),
  conversation: z.string().min(1).max(200),
  json: z.boolean().default(false),
});
export type ReplayCommand = z.infer<typeof ReplayCommand>;

/** One line of the log; texts are as the log has them, masked. */
export interface ReplayLine {
  seq: number;
  /** ISO-8601. */
  at: string;
  from: Origin;
  text?: string;
  /** Of an event: `case-changed`. */
  event?: string;
  /** Quick replies. */
  choices: string[];
  attachments: number;
  /** What the turn that answered it has come to; absent where nothing is known of one (any more). */
  turn?: TurnInsight;
}

/** A conversation with the decisions that were taken in it. */
export interface Replay {
  conversation: { id: string; channel: string; locale: string; known: boolean };
  lines: ReplayLine[];
}

const PAGE = 500;

function lineOf({ seq, origin, activity }: LogEntry, turn: TurnInsight | undefined): ReplayLine {
  const { type, name, text, timestamp, suggestedActions, attachments = [] } = activity;
  const event = type === 'message' ? undefined : (name ?? type);
  return {
    seq,
    at: new Date(timestamp ?? 0).toISOString(),
    from: origin,
    ...(text !== undefined && { text }),
    ...(event !== undefined && { event }),
    choices: (suggestedActions?.actions ?? []).map(({ title }) => title),
    attachments: attachments.length,
    ...(turn && { turn }),
  };
}

async function wholeLog(store: Pick<ConversationStore, 'read'>, id: string): Promise<LogEntry[]> {
  const entries: LogEntry[] = [];
  for (;;) {
    const page = await store.read(id, entries.at(-1)?.seq ?? 0, PAGE);
    entries.push(...page);
    if (page.length < PAGE) return entries;
  }
}

/**
 * Prints a conversation, as a transcript or as the JSON of a `Replay`. The decisions of the last second may
 * still be on their way into the database.
 */
export function createReplay(parts: {
  store: Pick<ConversationStore, 'find' | 'read'>;
  insights: Pick<Insights, 'of'>;
}): (command: ReplayCommand) => Promise<{ ok: boolean; text: string }> {
  const { store, insights } = parts;
  return async ({ conversation: id, json }) => {
    const conversation = await store.find(id);
    if (!conversation) return { ok: false, text: `There is no conversation ${id}.` };
    const { channel, locale, customerId } = conversation;
    const turns = new Map((await insights.of(id)).map((turn) => [turn.seq, turn]));
    const replay: Replay = {
      conversation: { id, channel, locale, known: customerId !== undefined },
      lines: (await wholeLog(store, id)).map((entry) => lineOf(entry, turns.get(entry.seq))),
    };
    return { ok: true, text: json ? JSON.stringify(replay, null, 2) : transcriptOf(replay) };
  };
}
