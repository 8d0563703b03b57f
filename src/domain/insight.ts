import type { Decision, Intent, RankedIntent } from './intent.ts';
import type { Outcome } from './outcome.ts';
import type { BlockerCode } from './platform.ts';

/** How a topic has ended: with an outcome, or by going over to another topic, which goes on with the matter. */
export type TopicEnd = { topic: string; outcome: Outcome } | { topic: string; to: string };

/** What happens in a turn, noted by the dialogs while it runs. */
export interface TurnNotes {
  /** A question was open when the message came. */
  asked: boolean;
  /** The message was taken as the answer to it. */
  answered: boolean;
  /** Where the conversation stood then. */
  stood: Pick<Misunderstanding, 'topic' | 'step'>;
  /** It was neither an answer nor understood. */
  missed: boolean;
  /** This message or the one before, where that showed. */
  unclear: Misunderstanding[];
  entered: string[];
  ended: TopicEnd[];
  causes: BlockerCode[];
}

/** Key under which the notes stand in a TurnContext's turnState. */
export const NOTES = Symbol.for('unbind.notes');

export function emptyNotes(): TurnNotes {
  const stood = { topic: null, step: null };
  return {
    asked: false,
    answered: false,
    stood,
    missed: false,
    unclear: [],
    entered: [],
    ended: [],
    causes: [],
  };
}

/**
 * How it showed that words were not understood, or not rightly: other words were asked for, what was meant was asked
 * for, none of what was offered was meant, an open question was asked again, the customer put it right, or stopped
 * what the words had begun.
 */
export const UNCLEAR = ['rejected', 'asked', 'none-of-these', 'no-answer', 'corrected', 'stopped'] as const;
export type Unclear = (typeof UNCLEAR)[number];

/** 误解: what a customer said, masked, and what it was taken for. */
export interface Misunderstanding {
  conversationId: string;
  seq: number;
  /** ISO-8601. */
  at: string;
  locale: string;
  text: string;
  why: Unclear;
  /** What the customer then chose or said instead. */
  meant: Intent | null;
  /** Where the conversation stood when that was said. */
  topic: string | null;
  step: string | null;
  intent: Intent;
  confidence: number;
  decision: Decision;
  ranking: RankedIntent[];
}

/** Misunderstandings whose words are alike. */
export interface UnclearGroup {
  /** How often something like it was said. */
  count: number;
  /** What it most likely means: what customers then chose, else what it was taken for most. */
  guess: Intent;
  /** How often each way in which it showed, most frequent first. */
  whys: { why: Unclear; count: number }[];
  /** Each wording once, masked. */
  wordings: string[];
  /** When it was said last, ISO-8601. */
  latest: string;
}

/** 会话洞察: one turn as reports see it. But for `unclear` it holds no text and nothing personal. */
export interface TurnInsight {
  conversationId: string;
  /** Of the message that the turn answered. */
  seq: number;
  /** ISO-8601. */
  at: string;
  channel: string;
  locale: string;
  /** The customer has been identified. */
  known: boolean;
  origin: 'customer' | 'system';
  /** The topic that is open after the turn, else the one that ended last in it. */
  topic: string | null;
  /** Text key of the question that is open after the turn. */
  step: string | null;
  /** Null for what is not text. */
  intent: Intent | null;
  confidence: number | null;
  decision: Decision | null;
  /** The three likeliest, best first. */
  ranking: RankedIntent[];
  /** Whether the message was taken as the answer to the question that was open; null when none was. */
  answered: boolean | null;
  /** Topics in the order they were begun. */
  entered: string[];
  ended: TopicEnd[];
  /** What keeps the card from being unbound, as the platform has just said. */
  causes: BlockerCode[];
  /** This message or the one before, where it was not understood; kept apart, and as long as the rest. */
  unclear?: Misunderstanding[];
}
