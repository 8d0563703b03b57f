import type { Found } from './found.ts';

const CASE_ID = /(?<![a-z])jb[ -]{0,3}((?:\d[ -]?){13}\d(?!\d)|\d{8}[ -]?\d{7}(?!\d)|\d{6,16}(?!\d))/g;

/** Our case numbers, upper case and without gaps. */
export function findCaseIds(text: string): Found<string>[] {
  return [...text.matchAll(CASE_ID)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    value: `JB${(match[1] ?? '').replace(/\D/g, '')}`,
  }));
}

const CODE = /(?<![a-z0-9_*-])([a-z]{1,4})[-_]?(\d{3,6})(?![a-z0-9*]|[.-]\d| ?(?:元|块|万))/g;
const AFTER_WORDING =
  /(?:错误码|错误代码|错误号|报错码?|代码|提示码|error(?: ?code)?|errcode)(?: ?[:=#([]| ?是|为|提示|显示|了|号| ){0,4}([a-z]{0,4})[-_ ]?(\d{3,6})(?![a-z0-9*]|[.-]\d| ?(?:元|块|万|次|年|月))/g;
/** Letters before a number that say what the number is: currency, phone model, form of a date. */
const NOT_CODES = new Set([
  'jb',
  'rmb',
  'cny',
  'usd',
  'hkd',
  'hk',
  'nt',
  'us',
  'twd',
  'no',
  'tel',
  'app',
  'exp',
  'cvv',
  'cvc',
  'ios',
  'vip',
  'mi',
  'ip',
  'kb',
  'mb',
  'wifi',
  'pin',
  'otp',
  'last',
  'xxx',
  'xxxx',
  'xx',
  'x',
]);

/** Error codes as an app shows them, upper case and without separators: E1024. */
export function findErrorCodes(text: string): Found<string>[] {
  const found: Found<string>[] = [];
  for (const pattern of [AFTER_WORDING, CODE]) {
    for (const match of text.matchAll(pattern)) {
      const [whole, letters = '', digits = ''] = match;
      if (NOT_CODES.has(letters)) continue;
      const start = pattern === CODE ? match.index : match.index + whole.search(/[a-z]{0,4}[-_ ]?\d+$/);
      const end = match.index + whole.length;
      if (found.some((f) => f.start < end && start < f.end)) continue;
      found.push({ start, end, value: `${letters}${digits}`.toUpperCase() });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/** Mobile numbers as `mask` leaves them. */
export function findPhones(text: string): Found<string>[] {
  return [...text.matchAll(/(?<!\d)1[3-9]\d\*{4}\d{4}(?!\d)/g)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    value: match[0],
  }));
}
