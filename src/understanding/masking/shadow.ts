/**
 * A copy of a text in which what people write for a digit, space or hyphen has become the ASCII
 * one, at the same offsets: what is found in the shadow can be cut out of the original.
 */
export interface Shadow {
  /** Same length as the text, in UTF-16 units. */
  text: string;
  /** Offsets whose digit was a Chinese numeral. */
  isNumeral(offset: number): boolean;
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

const SPACES = /[\u00a0\u00ad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff]/;
const HYPHENS = /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d_·•‧・]/;

function foldUnit(character: string): string {
  if (SPACES.test(character)) return ' ';
  if (HYPHENS.test(character)) return '-';
  const folded = character.normalize('NFKC');
  return folded.length === 1 ? folded : character;
}

/** Folding of every UTF-16 unit above ASCII that stands alone; filled on first use. */
let table: Uint16Array | undefined;
let numerals: Uint8Array | undefined;

function tables(): { fold: Uint16Array; numeral: Uint8Array } {
  if (table && numerals) return { fold: table, numeral: numerals };
  const fold = new Uint16Array(0x10000);
  const numeral = new Uint8Array(0x10000);
  for (let unit = 0; unit < 0x10000; unit++) {
    const surrogate = unit >= 0xd800 && unit <= 0xdfff;
    const quick =
      unit < 0x80 || surrogate || (unit >= 0x3400 && unit < 0xa000) || (unit >= 0xac00 && unit < 0xd7a4);
    fold[unit] = quick ? unit : foldUnit(String.fromCharCode(unit)).charCodeAt(0);
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

/** Mathematical and other digits outside the basic plane take two units: digit, then a space. */
function foldPair(pair: string): string {
  const folded = pair.normalize('NFKC');
  return /^[0-9A-Za-z]$/.test(folded) ? `${folded} ` : pair;
}

const EARLIER_MASKS = /〔[^〔〕]{1,12}已隐藏〕|1[3-9]\d\*{4}\d{4}|\*{4}\d{1,3}[\dXx]/g;

/** Builds the shadow of a text. Never throws; lone surrogates and control characters stay as they are. */
export function shadowOf(text: string): Shadow {
  const { fold, numeral } = tables();
  const units = new Uint16Array(text.length);
  for (let i = 0; i < text.length; i++) units[i] = fold[text.charCodeAt(i)] ?? 0;
  let shadow = '';
  for (let i = 0; i < units.length; i += 8192) {
    shadow += String.fromCharCode(...units.subarray(i, i + 8192));
  }
  shadow = shadow
    .replace(/[\ud800-\udbff][\udc00-\udfff]/g, foldPair)
    .replace(EARLIER_MASKS, (mask) => BLANK.repeat(mask.length));
  return { text: shadow, isNumeral: (offset) => numeral[text.charCodeAt(offset)] === 1 };
}
