/**
 * A copy of a text in which what people write for a digit, space or hyphen has become the ASCII one and
 * what nobody sees is gone. What is found in it is cut out of the original by the original's offsets.
 */
export interface Shadow {
  text: string;
  /** Whether the digit at this offset of the shadow was a Chinese numeral. */
  isNumeral(offset: number): boolean;
  /** The stretch of the original (UTF-16 units, end exclusive) that a stretch of the shadow stands for. */
  original(start: number, end: number): { start: number; end: number };
}

/** Stands where nothing may be found: earlier masks and their placeholders. */
export const BLANK = '\u0001';

const NUMERALS: Record<string, string> = {
  零: '0',
  〇: '0',
  洞: '0',
  一: '1',
  壹: '1',
  幺: '1',
  么: '1',
  二: '2',
  贰: '2',
  貳: '2',
  两: '2',
  兩: '2',
  三: '3',
  叁: '3',
  參: '3',
  叄: '3',
  四: '4',
  肆: '4',
  五: '5',
  伍: '5',
  六: '6',
  陆: '6',
  陸: '6',
  七: '7',
  柒: '7',
  拐: '7',
  八: '8',
  捌: '8',
  九: '9',
  玖: '9',
};

/** The digit a Chinese numeral stands for when numbers are read out one by one. */
export function digitOfNumeral(character: string): string | undefined {
  return NUMERALS[character];
}

const SPACES = /[\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
const HYPHENS = /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d_·•‧・]/;
/** Controls but tab and line ends, zero-width and direction marks, variation selectors, the frame of a keycap. */
const UNSEEN = /(?![\t\n\r])[\p{Cc}\p{Cf}\p{Mn}\p{Me}\u3164\uffa0]/u;

/** Folded to this: not there. */
const GONE = 0;

function foldUnit(character: string): number {
  if (UNSEEN.test(character)) return GONE;
  if (SPACES.test(character)) return 0x20;
  if (HYPHENS.test(character)) return 0x2d;
  const folded = character.normalize('NFKC');
  return (folded.length === 1 ? folded : character).charCodeAt(0);
}

/** Folding of every UTF-16 unit; filled on first use. */
let table: Uint16Array | undefined;
let numerals: Uint8Array | undefined;

function tables(): { fold: Uint16Array; numeral: Uint8Array } {
  if (table && numerals) return { fold: table, numeral: numerals };
  const fold = new Uint16Array(0x10000);
  const numeral = new Uint8Array(0x10000);
  for (let unit = 0; unit < 0x10000; unit++) {
    const surrogate = unit >= 0xd800 && unit <= 0xdfff;
    const quick = surrogate || (unit >= 0x3400 && unit < 0xa000) || (unit >= 0xac00 && unit < 0xd7a4);
    fold[unit] = quick ? unit : foldUnit(String.fromCharCode(unit));
  }
  for (const [character, digit] of Object.entries(NUMERALS)) {
    const unit = character.charCodeAt(0);
    fold[unit] = digit.charCodeAt(0);
    numeral[unit] = 1;
  }
  table = fold;
  numerals = numeral;
  return { fold, numeral };
}

/** Mathematical and other digits and letters outside the basic plane; undefined for what is none. */
function foldPair(high: number, low: number): number | undefined {
  const folded = String.fromCharCode(high, low).normalize('NFKC');
  return /^[0-9A-Za-z]$/.test(folded) ? folded.charCodeAt(0) : undefined;
}

const isHigh = (unit: number) => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number) => unit >= 0xdc00 && unit <= 0xdfff;

const EARLIER_MASKS = /〔[^〔〕]{1,12}已隐藏〕|1[3-9]\d\*{4}\d{4}|\*{4}\d{1,3}[\dXx]/g;

/** Builds the shadow of a text. Never throws; lone surrogates stay as they are. */
export function shadowOf(text: string): Shadow {
  const { fold, numeral } = tables();
  const units = new Uint16Array(text.length);
  const offsets = new Uint32Array(text.length);
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    const next = text.charCodeAt(i + 1);
    const pair = isHigh(unit) && isLow(next) ? foldPair(unit, next) : undefined;
    const folded = pair ?? fold[unit] ?? GONE;
    if (folded !== GONE) {
      units[length] = folded;
      offsets[length++] = i;
    }
    if (pair !== undefined) i++;
  }
  let shadow = '';
  for (let i = 0; i < length; i += 8192) {
    shadow += String.fromCharCode(...units.subarray(i, Math.min(length, i + 8192)));
  }
  return {
    text: shadow.replace(EARLIER_MASKS, (mask) => BLANK.repeat(mask.length)),
    isNumeral: (offset) => numeral[text.charCodeAt(offsets[offset] ?? 0)] === 1,
    // What is not seen behind a digit goes with it: the frame of a keycap.
    original: (start, end) => ({
      start: offsets[start] ?? 0,
      end: end < length ? (offsets[end] ?? 0) : text.length,
    }),
  };
}
