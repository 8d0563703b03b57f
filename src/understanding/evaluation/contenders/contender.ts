import type { Labelled } from '../labelled.ts';

/** What another library makes of an utterance. */
export interface Guess {
  /** Undefined when it has none. */
  intent: string | undefined;
  /** Its three likeliest, best first. */
  ranking: string[];
}

/** Another library, to be compared on the same data. */
export interface Contender {
  name: string;
  /** Resolves with the trained classifier; undefined when the library is not installed. */
  train(phrases: readonly Labelled[]): Promise<((text: string) => Promise<Guess>) | undefined>;
}

export interface ContenderFigures {
  name: string;
  accuracy: number;
  macroF1: number;
  top3: number;
  outOfScopeF1: number;
  trainingMs: number;
  microsecondsEach: number;
}
