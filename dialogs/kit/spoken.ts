import { yesNoOf } from './yes-no.ts';

/**
 * How people answer a choice in passing (「没了」, 「明天再来」), where words like 没 can mean something
 * else than no. It is stored with the question in the dialog state, so it is plain data.
 */
export interface Spoken {
  /** Source of a pattern over the words as `saidIn` gives them, and the value it means; the first that fits decides. */
  fits: (readonly [pattern: string, value: string])[];
  /** What a plain yes or no means here; absent = it is asked again. */
  yes?: string;
  no?: string;
}

/** Writes down readings of an answer; the first pattern that fits decides, then a plain yes or no. */
export function spoken(
  fits: readonly (readonly [RegExp, string])[],
  plain: Omit<Spoken, 'fits'> = {},
): Spoken {
  return { fits: fits.map(([pattern, value]) => [pattern.source, value] as const), ...plain };
}

/** The value that an answer in passing means; undefined when it is none. */
export function spokenOf(text: string, { fits, yes, no }: Spoken): string | undefined {
  const named = fits.find(([pattern]) => new RegExp(pattern, 'u').test(text));
  if (named) return named[1];
  const plain = yesNoOf(text);
  if (plain === undefined) return undefined;
  return plain ? yes : no;
}
