import { arabicDigits } from './digits.ts';

/** An answer without what does not change it: spaces, punctuation, case, width, closing particles. */
export function plainWords(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{P}\p{S}\p{Z}\p{C}]+/gu, '')
    .replace(/(?<=.)[啊呀哦噢喔呢吧嘛啦喇啰囉哈呗咯嘞咧了哒滴的]+$/u, '');
}

/** Latin words with single spaces between them, for wholes and parts of labels; empty when there is other script. */
export function latinWords(text: string): string {
  const words = text.normalize('NFKC').toLowerCase().replace(/['’]/g, '');
  return /\p{Script=Han}/u.test(words) ? '' : words.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

const ENGLISH_PLACES = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth'];
const ENGLISH_COUNTS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** 「the second one」, 「option 2」, 「number two」, 「2nd」. */
function englishPlaceOf(text: string): number | undefined {
  const words = latinWords(text);
  const match =
    /^(?:i (?:choose|want|pick|mean) |its )?(?:the )?(?:option |number |no |card )?(?:([1-9])(?:st|nd|rd|th)?|([a-z]{3,7}))(?: (?:one|card|option))?(?: please)?$/.exec(
      words,
    );
  if (!match) return undefined;
  const [, digit, word = ''] = match;
  if (digit) return Number(digit);
  const place = Math.max(ENGLISH_PLACES.indexOf(word), ENGLISH_COUNTS.indexOf(word));
  return place < 0 ? undefined : place + 1;
}

/** 1/１/①/一/壹/第一个/选1/1号/the first one -> 1; undefined when the whole answer is not a place in a list. */
export function placeOf(text: string): number | undefined {
  const english = englishPlaceOf(text);
  if (english !== undefined) return english;
  const words = plainWords(text.replace(/[①-⑨]/g, (mark) => String(mark.charCodeAt(0) - 0x245f)));
  if (FIRST.test(words)) return 1;
  const match =
    /^(?:(?:那|就|我)*(?:选择?|要|是)?)第?([1-9一二三四五六七八九两壹贰叁肆伍陆柒捌玖])(?:个|张|种|条|项|号)?(?:卡)?$/u.exec(
      words,
    );
  const place = match?.[1];
  return place === undefined ? undefined : Number(arabicDigits(place));
}

const FIRST = /^(?:最上面|头一|最前面)(?:的|那|这)?(?:个|张|种|条|项)?$/u;
