import { digitOfNumeral } from '../masking/shadow.ts';
import type { Found } from './found.ts';

const NUMERAL = '[零〇洞一壹幺二贰三叁参四肆五伍六陆七柒拐八捌九玖]';
const KEYWORD =
  /(?:卡?尾号|尾数|末四位|末四码|末4位|末4码|(?:最后|后|尾|末)(?:四|4)(?:位|码)数?|last ?(?:4|four)(?: digits)?|ending(?: in| with)?|ends (?:in|with)|卡尾|尾)/g;
const NOT_A_CARD =
  /(?:手机|电话|身份证|证件|订单|手机号|联系方式)号?码?的?$|(?:phone|mobile|order|id)(?: number)?(?: is| are)? ?$/;
const BETWEEN =
  /^(?:[ :：=,"'“”()#的数字码]|号码|后四位|末四位|尾号|应该|好像|就是|分别|是|为|叫|(?:are|is|of|card) ){0,8}/;

const COMPACT = /^\d{4}(?!\d)/;
const SPACED = /^\d(?:[ -]{1,2}\d){3}(?![ -]{0,2}\d)|^\d\d[ -]\d\d(?![ -]?\d)/;
/** A numeral that begins the next word (一直, 一下) does not make the number longer. */
const READ_OUT = new RegExp(
  `^${NUMERAL}{4}(?!${NUMERAL}(?!直|下|张|点|共|样|个|解|按|绑|用|刷|查|进|提|弄|会|些|起|次))`,
);
const MIXED = new RegExp(`^(?:\\d|${NUMERAL}){4}(?!\\d|${NUMERAL})`);
/** 四个八 */
const REPEATED = new RegExp(`^(?:四|4)个(\\d|${NUMERAL})`);

function toDigits(text: string): string {
  return [...text].map((c) => (/\d/.test(c) ? c : (digitOfNumeral(c) ?? ''))).join('');
}

function fourDigitsAt(text: string, offset: number): Found<string> | undefined {
  const rest = text.slice(offset, offset + 16);
  const repeated = REPEATED.exec(rest);
  if (repeated) {
    const digit = toDigits(repeated[1] ?? '');
    return { start: offset, end: offset + repeated[0].length, value: digit.repeat(4) };
  }
  const match = [COMPACT, SPACED, READ_OUT, MIXED].map((pattern) => pattern.exec(rest)).find(Boolean);
  if (!match) return undefined;
  return { start: offset, end: offset + match[0].length, value: toDigits(match[0]) };
}

/** 尾号7788和5566: further numbers that the same keyword covers. */
function listedAfter(text: string, first: Found<string>): Found<string>[] {
  const separator = /^ ?(?:和|跟|与|、|,|还有|或者?|以及|\/) ?(?:尾号)?/.exec(
    text.slice(first.end, first.end + 8),
  );
  if (!separator) return [];
  const next = fourDigitsAt(text, first.end + separator[0].length);
  const counts = next && /^ ?(?:元|块|万|年|次|\.|,\d)/.test(text.slice(next.end));
  return next && !counts ? [next, ...listedAfter(text, next)] : [];
}

function afterKeyword(text: string): Found<string>[] {
  return [...text.matchAll(KEYWORD)].flatMap((match) => {
    if (NOT_A_CARD.test(text.slice(Math.max(0, match.index - 20), match.index))) return [];
    const from = match.index + match[0].length;
    const between = BETWEEN.exec(text.slice(from, from + 24))?.[0].length ?? 0;
    const first = fourDigitsAt(text, from + between);
    return first ? [first, ...listedAfter(text, first)] : [];
  });
}

const STARRED = /(?<![\d*x•])[*x•·●](?:[ -]?[*x•·●])+[ -]?(\d{4})(?!\d)/g;
const BEFORE_CARD =
  /(?<![\d.,年-])(\d{4})(?= ?(?:的)?(?:那|这|哪)?(?:一)?张(?!单)|的?(?:信用卡|这个卡|那个卡|卡(?!死|住|盟|顿)))/g;

function valuesOf(text: string, pattern: RegExp): Found<string>[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const value = match[1] ?? '';
    const start = match.index + match[0].lastIndexOf(value);
    const isYear = pattern === BEFORE_CARD && /^(?:19|20)\d\d$/.test(value);
    return isYear ? [] : [{ start, end: start + value.length, value }];
  });
}

/** 招商银行(7788), 招行7788: four digits right behind a bank's name. */
function afterBank(text: string, banks: readonly Found<string>[]): Found<string>[] {
  return banks.flatMap((bank) => {
    const match =
      /^(?:的|信用卡|储蓄卡|银行卡|卡|银行| ){0,3}([([【]?) ?(\d{4}) ?[)\]】]?(?!\d|[.,]\d| ?(?:元|块|万|年|-))/.exec(
        text.slice(bank.end, bank.end + 20),
      );
    const value = match?.[2];
    if (!match || !value) return [];
    const start = bank.end + match[0].lastIndexOf(value);
    return [{ start, end: start + 4, value }];
  });
}

/** 不是3344 是3434: two numbers that are set against each other, without a word that says what they are. */
const AGAINST = /不是 ?(\d{4})(?!\d)[ ,那张的]{0,4}是 ?(\d{4})(?!\d|年)/g;

function setAgainst(text: string): Found<string>[] {
  return [...text.matchAll(AGAINST)].flatMap((match) => {
    const [whole, first = '', second = ''] = match;
    const from = match.index + whole.indexOf(first);
    const to = match.index + whole.lastIndexOf(second);
    return [
      { start: from, end: from + 4, value: first },
      { start: to, end: to + 4, value: second },
    ];
  });
}

/** Last four digits of cards, in order of their place; the same place only once. */
export function findCardLast4(text: string, banks: readonly Found<string>[]): Found<string>[] {
  const all: Found<string>[] = [
    ...afterKeyword(text),
    ...valuesOf(text, STARRED),
    ...afterBank(text, banks),
    ...valuesOf(text, BEFORE_CARD),
    ...setAgainst(text),
  ];
  // Said again without a keyword: 尾号7788和5566两张,先解7788.
  for (const value of new Set(all.map((found) => found.value))) {
    all.push(...valuesOf(text, new RegExp(`(?<![\\d.*])(${value})(?![\\d.]|元|块)`, 'g')));
  }
  const places = new Map(all.map((found) => [found.start, found]));
  return [...places.values()].sort((a, b) => a.start - b.start);
}
