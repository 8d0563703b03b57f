import { BLANK, type Shadow } from './shadow.ts';

/** A message that is nothing but one value: a number in any grouping, or one word with a digit in it. */
export interface Bare {
  /** Offsets in the shadow. */
  start: number;
  end: number;
  /** Digits and a closing X; undefined when it is a word. */
  digits: string | undefined;
  /** Lengths of the groups it is written in. */
  groups: number[];
}

/** Longer messages say what their numbers are. */
const LONGEST = 80;
/** What is said around a value without saying what it is. */
const LITTLE =
  /^(?:[\s\p{P}\p{S}]|是|的|就|係|这个|這個|那个|后面|後面|后半|後半|剩下|剩余|接着|接著|还有|還有|前面|前半|\d[半条條下个個会會]|等|再|另|我|卡|信用卡|[银銀]行|卡?[号號]|[号號]?[码碼]|呀|啊|吧|哈|了|哦|呢|给|給|[发發]|你|您|[补補]|[继繼][续續]|上面|下面|最后|最後|[几幾]位|\d位|收到|it'?s|is|the|rest|and|then|my|here|card|number|code|no|first|half|part)*$/iu;
const NUMBER = /\d(?:[ \t\-.,、/\n]{0,3}\d)*(?:[ -]?[Xx](?![A-Za-z]))?/g;
const WITH_FEN = /^\d[\d,]*\.\d{1,2}$/;
const WORD = /^(?=\S*\d)(?=\S*[A-Za-z!-/:-@[-`{-~])[\x21-\x7e]{6,32}$/;

/** The value that a message consists of; undefined when it says more than that. */
export function bareIn(shadow: Shadow): Bare | undefined {
  const { text } = shadow;
  if (text.length > LONGEST || text.includes(BLANK)) return undefined;
  const word = text.trim();
  // 「前一半 6222 0200」: the numeral in a word is not the number.
  const [number] = [...text.matchAll(NUMBER)].sort((a, b) => b[0].length - a[0].length);
  if (number) {
    const [written] = number;
    if (WITH_FEN.test(written)) return undefined;
    const end = number.index + written.length;
    if (LITTLE.test(text.slice(0, number.index)) && LITTLE.test(text.slice(end))) {
      const digits = written.replace(/[^\dXx]/g, '').toUpperCase();
      const groups = written.split(/\D+/).filter(Boolean);
      return { start: number.index, end, digits, groups: groups.map(({ length }) => length) };
    }
  }
  if (!WORD.test(word)) return undefined;
  const start = text.indexOf(word);
  return { start, end: start + word.length, digits: undefined, groups: [] };
}
