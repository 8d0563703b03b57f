import { arabicDigits } from '../../src/domain/digits.ts';
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
  const counted = fromEnd(answer, options.length);
  if (counted !== undefined) return options[counted]?.value;

  const four = lastFourOf(text);
  const byDigits = four ? onlyOne(labels.filter((option) => option.words.includes(four))) : undefined;
  if (byDigits) return byDigits.value;
  if (latinWords(text)) return latinChoiceOf(text, options);

  const core = coreOf(answer);
  const partOf = (part: string) =>
    part.length >= 2 ? onlyOne(labels.filter((option) => option.words.includes(part))) : undefined;
  const within = partOf(answer) ?? partOf(core);
  if (within) return within.value;
  // A label inside a longer sentence counts only while the sentence is not about something else too.
  const named = onlyOne(labels.filter((option) => option.words.length >= 2 && affirms(answer, option.words)));
  return named && answer.length <= named.words.length + 6 ? named.value : undefined;
}

const LAST =
  /^(?:最后(?:面)?|最下面|末尾)(?:一|的|那|这)?[个张项]?$|^(?:the)?last(?:one|card|option)?(?:please)?$/u;
const MIDDLE = /^(?:正?中间|当中)(?:的|那|这)?[个张项]?$/u;
const FROM_END = /^倒数第?([一二三四五1-5])[个张项]?$/u;

/** 「最后一张」「倒数第二个」「中间那张」 of three, as an index. */
function fromEnd(answer: string, count: number): number | undefined {
  if (LAST.test(answer)) return count - 1;
  if (MIDDLE.test(answer) && count % 2 === 1) return (count - 1) / 2;
  const back = FROM_END.exec(answer)?.[1];
  return back === undefined ? undefined : count - Number(arabicDigits(back));
}

/** 「是招商银行的那张」 -> 「招商银行」 */
function coreOf(answer: string): string {
  return answer
    .replace(/^(?:就|我|那(?![个张种]))*(?:选择?|要|是|用)?(?:[那这][个张种]?)?/u, '')
    .replace(/的?(?:[那这]?[个张种条项])?卡?$/u, '')
    .replace(/的$/u, '');
}

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
  return at >= 0 && !/(?:[没不无非]|不是|不要|别选)$/u.test(answer.slice(0, at));
}
