import { arabicDigits } from '../../src/domain/digits.ts';
import { latinWords, plainWords } from '../../src/domain/words.ts';

export { latinWords, placeOf, plainWords } from '../../src/domain/words.ts';

const DENIED = '(?:(?:不是|不对|no|not that)[的啊呀了]*)+';
const MISTAKEN = '(?:(?:打|说|选|点|搞|弄|按)?错了|不好意思|wrong|sorry)[的啊呀了]*';
const GAP = '[\\s,，。.!！、]+';
const MEANT = '(?:我(?:是)?(?:说|指|想问|问)(?:的)?(?:是)?|我的意思是|i (?:meant?|said))';
const RATHER = "(?:我(?:想选|要选|选|想要|要)(?:的)?(?:是)?|应该是|是|i want|it'?s)";
/** 「不是,是我老婆的」 answers a yes or no; 「不是,我是说…」 takes back what was said before. */
const CORRECTION = new RegExp(
  `^(?:${DENIED}${GAP}${MEANT}|${MISTAKEN}${GAP}(?:${MEANT}|${RATHER})?)\\s*`,
  'iu',
);
const DENIAL = new RegExp(`^${DENIED}${GAP}(?:${RATHER})?\\s*`, 'iu');

function rest(text: string, beginning: RegExp): string {
  const left = text.replace(beginning, '').trim();
  return left === '' ? text : left;
}

/** 「不是,我是说第二张」 -> 「第二张」: what is put right is in the rest. Unchanged without such a beginning or rest. */
export function withoutCorrection(text: string): string {
  return rest(text, CORRECTION);
}

/** 「不对,应该是建行」 -> 「建行」, where one of several is chosen. */
export function withoutDenial(text: string): string {
  return rest(withoutCorrection(text), DENIAL);
}

/** How much words say, counted in Chinese characters: three letters make one. */
export function sizeOf(text: string): number {
  const { length } = plainWords(text);
  return latinWords(text) ? length / 3 : length;
}

/** Exactly four digits, said alone or behind 尾号 and the like; five are not cut to four. */
export function lastFourOf(text: string): string | undefined {
  const words = arabicDigits(text)
    .replace(/(?<=[后後末])4(?=[位码碼])/gu, '')
    .replace(/[\s-]+/g, '');
  const runs = words.match(/\d+/g) ?? [];
  const four = runs.filter((run) => run.length === 4);
  return runs.length === 1 && four.length === 1 ? four[0] : undefined;
}
