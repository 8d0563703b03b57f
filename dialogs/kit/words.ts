import { arabicDigits } from '../../src/domain/digits.ts';

/** An answer without what does not change it: spaces, punctuation, case, width, closing particles. */
export function plainWords(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{P}\p{S}\p{Z}\p{C}]+/gu, '')
    .replace(/(?<=.)[啊呀哦噢喔呢吧嘛啦哈呗咯了哒滴的]+$/u, '');
}

const ORDINALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** 1/１/①/一/第一个/选1/1号 -> 1; undefined when the whole answer is not a place in a list. */
export function placeOf(text: string): number | undefined {
  const words = plainWords(text.replace(/[①-⑨]/g, (mark) => String(mark.charCodeAt(0) - 0x245f)));
  const match =
    /^(?:我?(?:选择?|要|是))?第?([1-9一二三四五六七八九两])(?:个|张|种|条|项|号|步)?(?:卡)?$/u.exec(words);
  const place = match?.[1];
  if (!place) return undefined;
  if (place === '两') return 2;
  return /\d/.test(place) ? Number(place) : ORDINALS.indexOf(place) + 1;
}

/** Exactly four digits, said alone or behind 尾号 and the like; five are not cut to four. */
export function lastFourOf(text: string): string | undefined {
  const words = arabicDigits(text).replace(/[\s-]+/g, '');
  const runs = words.match(/\d+/g) ?? [];
  const four = runs.filter((run) => run.length === 4);
  return runs.length === 1 && four.length === 1 ? four[0] : undefined;
}
