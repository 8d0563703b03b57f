import type { Mode } from './conversation.ts';
import type { Understanding } from './intent.ts';
import type { Locale } from './locale.ts';

/** What a dialog may know about the turn it runs in. */
export interface Turn {
  conversationId: string;
  /** Sequence number of the message that is being answered. */
  seq: number;
  /** Unique to this message; side effects carry it, so a turn that runs twice finds what it made. */
  idempotencyKey: string;
  customerId: string | undefined;
  /** Language that this turn is answered in. */
  locale: Locale;
  /** Who answers from the next message on; set by whoever hands over. */
  mode: Mode;
  /** Absent for events. */
  understanding: Understanding | undefined;
}

/** Key under which the turn stands in a TurnContext's turnState. */
export const TURN = Symbol.for('unbind.turn');
