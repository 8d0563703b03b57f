import { Converter } from 'opencc-js/t2cn';
import { SYNONYMS } from './lexicon.ts';

const toMainland = Converter({ from: 'twp', to: 'cn' });
const toSimplified = Converter({ from: 't', to: 'cn' });

/** Longer texts are cut for classification: nobody's wish begins after so much. */
export const MAX_LENGTH = 500;

/** One character each, from the private use area, for what differs in every message. */
export const MARKS = {
  card: '\ue001',
  amount: '\ue002',
  date: '\ue003',
  code: '\ue004',
  bank: '\ue005',
  phone: '\ue006',
  caseId: '\ue007',
} as const;

function plain(text: string): string {
  return (
    text
      .normalize('NFKC')
      .replace(/[\p{Cf}\p{Cc}\p{Co}\ud800-\udfff]/gu, (character) => (/\s/.test(character) ? ' ' : ''))
      .toLowerCase()
      // OpenCC knows 嗰 only as a rare character outside the basic plane.
      .replaceAll('嗰', '那')
  );
}

/** Width, case, script and invisible characters made one, and Taiwan's words for things made the mainland's. */
export function fold(text: string): string {
  return toMainland(plain(text));
}

/** Width, case and script made one, character by character: the words stay the customer's. At most MAX_LENGTH. */
export function simplify(text: string): string {
  const simplified = toSimplified(plain(cap(text)));
  return cap(
    simplified
      .replaceAll('著', '着')
      .replaceAll('甚么', '什么')
      // 「don't」 as 「dont」, which is how it is typed on phones.
      .replace(/(?<=[a-z])['’](?=[a-z])/g, ''),
  );
}

/** At most MAX_LENGTH units, never half a character. */
export function cap(text: string): string {
  if (text.length <= MAX_LENGTH) return text;
  return text.slice(0, MAX_LENGTH).replace(/[\ud800-\udbff]$/, '');
}

const escapeRegExp = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const replacements = new Map(
  Object.entries(SYNONYMS).flatMap(([word, others]) => others.map((other) => [fold(other), word] as const)),
);
const alternatives = [...replacements.keys()]
  .sort((a, b) => b.length - a.length)
  // Latin words count whole: `kf` is not in `kfc`.
  .map((other) =>
    /^[a-z ]+$/.test(other) ? `(?<![a-z])${escapeRegExp(other)}(?![a-z])` : escapeRegExp(other),
  );
const SYNONYM = new RegExp(alternatives.join('|'), 'g');

/**
 * Folded text -> what the classifier sees: synonyms made one, placeholders of masked values,
 * punctuation and emoji taken out, long repetitions shortened. May be empty.
 */
export function canonical(folded: string): string {
  return folded
    .replace(/〔[^〔〕]{1,12}已隐藏〕/g, ' ')
    .replace(SYNONYM, (word) => replacements.get(word) ?? word)
    .replace(/[^\p{L}\p{N}\ue001-\ue007]+/gu, ' ')
    .replace(/(.)\1{2,}/gu, '$1$1')
    .trim();
}
