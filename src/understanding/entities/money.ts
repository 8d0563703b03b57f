import type { Found } from './found.ts';

const DIGITS = '零一二三四五六七八九';
const UNITS: Record<string, number> = { 十: 10, 百: 100, 千: 1000 };

/** 三千二 = 3200: a last digit without a unit counts in the next smaller one. */
function belowTenThousand(text: string): number {
  let total = 0;
  let digit = 0;
  let unit = 1;
  for (const c of text.replaceAll('两', '二').replaceAll('〇', '零')) {
    const size = UNITS[c];
    if (c === '零') {
      unit = 1;
    } else if (size) {
      total += (digit || 1) * size;
      unit = size / 10;
      digit = 0;
    } else digit = DIGITS.indexOf(c);
  }
  return total + digit * unit;
}

function numeralValue(text: string): number {
  const [high = '', low = ''] = text.includes('万') ? text.split('万') : ['', text];
  if (high === '') return belowTenThousand(low);
  const short = /^[一二两三四五六七八九]$/.test(low) ? belowTenThousand(low) * 1000 : belowTenThousand(low);
  return belowTenThousand(high) * 10_000 + short;
}

const FOREIGN =
  '美元|美金|美刀|刀|港币|港元|港纸|日元|日圆|欧元|英镑|澳元|澳币|加元|韩元|台币|新台币|泰铢|卢布|新币|马币|usd|hkd|eur|jpy|gbp|twd|aud';
const NUMBER = '(?:\\d{1,3}(?:,\\d{3})+|\\d{1,12})(?:\\.\\d{1,2})?';
const MULTIPLE: Record<string, number> = {
  百: 100,
  千: 1000,
  k: 1000,
  万: 10_000,
  w: 10_000,
  亿: 100_000_000,
};

const IN_DIGITS = new RegExp(
  `(?<![\\d.,a-z$€£*-])((?:rmb|cny|人民币|[¥¥]) ?)?(${NUMBER}) ?(百|千|万|亿|[kw](?![a-z]))?(?:多|来|几)? ?(${FOREIGN})?(块(?!儿)(?:钱|多)?(?:(\\d)(?!\\d)毛?)?|元|圆|塊|rmb|人民币|yuan(?![a-z])|kuai(?![a-z])|cny(?![a-z]))?`,
  'g',
);
const IN_NUMERALS = new RegExp(
  `([一二两三四五六七八九十百千万零〇]{1,12})(?:多|来)? ?(${FOREIGN})?(块钱|块(?!儿)|元|圆)(?:([一二三四五六七八九])(?![一二三四五六七八九十百千万零个张次]))?`,
  'g',
);

function inDigits(text: string): Found<number>[] {
  return [...text.matchAll(IN_DIGITS)].flatMap((match) => {
    const [whole, sign, number = '', multiple, foreign, unit, tenth] = match;
    const bigUnit = multiple !== undefined && /[万w亿]/.test(multiple);
    if (foreign || (!sign && !unit && !bigUnit)) return [];
    const scaled =
      Number(number.replaceAll(',', '')) * (MULTIPLE[multiple ?? ''] ?? 1) + Number(tenth ?? 0) / 10;
    const value = Math.round(scaled * 100) / 100;
    return [{ start: match.index, end: match.index + whole.trimEnd().length, value }];
  });
}

function inNumerals(text: string): Found<number>[] {
  return [...text.matchAll(IN_NUMERALS)].flatMap((match) => {
    const [whole, numeral = '', foreign, unit, tenth] = match;
    // 一块解绑, 这两块: not money unless it says so.
    const vague = unit === '块' && numeral.length === 1 && tenth === undefined;
    if (foreign || vague || numeral === '零') return [];
    const value = numeralValue(numeral) + (tenth ? DIGITS.indexOf(tenth) / 10 : 0);
    return [{ start: match.index, end: match.index + whole.length, value }];
  });
}

/** Amounts in yuan, in order; foreign currencies are left out. */
export function findAmounts(text: string): Found<number>[] {
  return [...inDigits(text), ...inNumerals(text)].sort((a, b) => a.start - b.start);
}
