import { lastFourOf, latinWords, placeOf, plainWords } from './words.ts';

/** A choice as the customer sees it. */
export interface Option {
  value: string;
  words: string;
}

function onlyOne(options: Option[]): Option | undefined {
  return options.length === 1 ? options[0] : undefined;
}

/** The option that an answer means: by place, label, part of the label or last four digits. */
export function choiceOf(text: string, options: readonly Option[]): string | undefined {
  const answer = plainWords(text);
  if (!answer) return undefined;
  const labels = options.map((option) => ({ ...option, words: plainWords(option.words) }));

  const exact = labels.find((option) => option.words === answer);
  if (exact) return exact.value;

  const place = placeOf(text);
  if (place !== undefined) return options[place - 1]?.value;
  if (LAST.test(answer)) return options.at(-1)?.value;

  const four = lastFourOf(text);
  const byDigits = four ? onlyOne(labels.filter((option) => option.words.includes(four))) : undefined;
  if (byDigits) return byDigits.value;
  if (latinWords(text)) return latinChoiceOf(text, options);

  const within =
    answer.length >= 2 ? onlyOne(labels.filter((option) => option.words.includes(answer))) : undefined;
  if (within) return within.value;
  // A label inside a longer sentence counts only while the sentence is not about something else too.
  const named = onlyOne(labels.filter((option) => option.words.length >= 2 && affirms(answer, option.words)));
  return named && answer.length <= named.words.length + 6 ? named.value : undefined;
}

const LAST = /^(?:最后一?[个张项]?|(?:the)?last(?:one|card|option)?(?:please)?)$/u;

/** Said in other words they are no part of a label: 「no」 is none of 「I know」 and none of 「not now」. */
const LITTLE =
  /^(?:a|an|and|at|be|by|can|do|for|have|i|im|in|is|it|its|me|my|no|not|now|of|on|or|so|that|the|this|to|yes|you|your|ok|am|was|with)$/;

/** Whole words of a label, or a whole label in a sentence not much longer. */
function latinChoiceOf(text: string, options: readonly Option[]): string | undefined {
  const answer = latinWords(text);
  if (answer.split(' ').every((word) => LITTLE.test(word))) return undefined;
  const labels = options.map(({ value, words }) => ({ value, words: latinWords(words) }));
  const holds = (whole: string, part: string) => part !== '' && ` ${whole} `.includes(` ${part} `);
  const within = onlyOne(labels.filter(({ words }) => holds(words, answer)));
  if (within) return within.value;
  const denies = (label: string) => /\b(?:not|no|dont|never|isnt|didnt|havent)$/.test(before(answer, label));
  const named = onlyOne(labels.filter(({ words }) => holds(answer, words) && !denies(words)));
  return named && answer.length <= named.words.length + 16 ? named.value : undefined;
}

function before(whole: string, part: string): string {
  return whole.slice(0, whole.indexOf(part)).trim();
}

/** 「没有不认识的扣款」 holds 「有不认识的扣款」 and denies it. */
function affirms(answer: string, label: string): boolean {
  const at = answer.indexOf(label);
  return at >= 0 && !/[没不无非]$/u.test(answer.slice(0, at));
}
