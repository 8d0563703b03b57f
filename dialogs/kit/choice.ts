import { lastFourOf, placeOf, plainWords } from './words.ts';

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
  if (/^(?:最后|最後)[一]?[个張张项]?$/u.test(answer)) return options.at(-1)?.value;

  const four = lastFourOf(text);
  const byDigits = four ? onlyOne(labels.filter((option) => option.words.includes(four))) : undefined;
  if (byDigits) return byDigits.value;

  const within =
    answer.length >= 2 ? onlyOne(labels.filter((option) => option.words.includes(answer))) : undefined;
  if (within) return within.value;
  // A label inside a longer sentence counts only while the sentence is not about something else too.
  const named = onlyOne(labels.filter((option) => option.words.length >= 2 && affirms(answer, option.words)));
  return named && answer.length <= named.words.length + 6 ? named.value : undefined;
}

/** 「没有不认识的扣款」 holds 「有不认识的扣款」 and denies it. */
function affirms(answer: string, label: string): boolean {
  const at = answer.indexOf(label);
  return at >= 0 && !/[没沒不无無非]$/u.test(answer.slice(0, at));
}
