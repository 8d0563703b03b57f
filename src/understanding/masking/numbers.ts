import { isIdChecksumValid, isLuhnValid, looksLikeIdNumber } from './checksums.ts';
import {
  digitRuns,
  type Group,
  ORDER_WORDING,
  type Run,
  separatedRuns,
  wordingBefore,
} from './digit-runs.ts';
import type { Shadow } from './shadow.ts';
import type { Span } from './span.ts';

interface Piece {
  groups: Run;
  digits: string;
  start: number;
  end: number;
}

const CARD_WORDING = /(?:卡号|卡號|信用卡|银行卡|銀行卡|储蓄卡|card|no\.?|kahao|pan)[^\d]{0,6}$/i;
const ID_WORDING = /(?:身份证|身份證|身分證|证件|證件|shenfenzheng)[^\d]{0,6}$/i;
/** Issuer prefixes in use in China. */
const ISSUER = /^(?:4|5[0-6]|6[0-9]|3[0-9]|2[2-7]|9[0-9]|8[0-9])/;
/** Serial numbers begin with a date, card numbers never do. */
const DATED = /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])/;
/** Longest number looked at in one piece: a PAN. */
const MAX_DIGITS = 19;

function piece(groups: Run): Piece {
  const first = groups[0];
  const last = groups.at(-1);
  return {
    groups,
    digits: groups.map((group) => group.digits).join(''),
    start: first?.start ?? 0,
    end: last?.end ?? 0,
  };
}

/** Every sequence of neighbouring groups with 11 to 19 digits; written the usual way (4-4-4-4) first. */
function candidates(groups: Run): Piece[] {
  const found: { piece: Piece; rank: number }[] = [];
  for (let from = 0; from < groups.length; from++) {
    let length = 0;
    for (let to = from; to < groups.length; to++) {
      length += groups[to]?.digits.length ?? 0;
      if (length > MAX_DIGITS) break;
      if (length < 11) continue;
      const part = groups.slice(from, to + 1);
      const usual = part.length === 1 || part.slice(0, -1).every((group) => group.digits.length === 4);
      found.push({ piece: piece(part), rank: (usual ? 100 : 0) + length });
    }
  }
  return found.sort((a, b) => b.rank - a.rank).map(({ piece: candidate }) => candidate);
}

function isCard(candidate: Piece, wording: string): boolean {
  const { digits, groups } = candidate;
  if (!/^\d{13,19}$/.test(digits) || !isLuhnValid(digits) || /^0+$/.test(digits)) return false;
  const strict = groups.length > 1 || ORDER_WORDING.test(wording);
  if (!strict) return !DATED.test(digits) || CARD_WORDING.test(wording);
  return ISSUER.test(digits) && !(ORDER_WORDING.test(wording) && digits.length < 16);
}

function isIdNumber(candidate: Piece, wording: string): boolean {
  const { digits } = candidate;
  if (ID_WORDING.test(wording) && /^(?:\d{15}|\d{17}[\dXx])$/.test(digits)) return true;
  if (!looksLikeIdNumber(digits)) return false;
  if (ORDER_WORDING.test(wording)) return isIdChecksumValid(digits);
  // 15 digits have no check digit: taken when they stand alone, not when pieced together.
  return digits.length === 18 || candidate.groups.length === 1;
}

function isPhone(candidate: Piece): boolean {
  return /^(?:(?:00)?86)?1[3-9]\d{9}$/.test(candidate.digits) && candidate.groups.length <= 11;
}

/** A card number with a typo is still a card number; serial numbers are not. */
function isMistypedCard(candidate: Piece, wording: string): boolean {
  const { digits, groups } = candidate;
  if (!/^\d{15,19}$/.test(digits) || /^0+$/.test(digits)) return false;
  if (ORDER_WORDING.test(wording)) return false;
  if (CARD_WORDING.test(wording)) return true;
  if (DATED.test(digits) || /[A-Za-z]$/.test(wording)) return false;
  if (groups.length === 1) return true;
  const lengths = groups.map((group) => group.digits.length);
  const usual = lengths.slice(0, -1).every((length) => length === 4) || lengths[0] === 6;
  return ISSUER.test(digits) && (usual || lengths.every((length) => length === 1));
}

/** `JB` + date + serial is ours and is always shown. Returns the groups after it. */
function withoutCaseNumber(run: Run, wording: string): Run {
  if (!/jb[\s-]{0,3}$/i.test(wording) || !/^20\d{6}/.test(piece(run).digits)) return run;
  let digits = 0;
  const rest = run.findIndex((group) => {
    digits += group.digits.length;
    return digits >= 14;
  });
  if (rest === -1) return [];
  return digits <= 16 ? run.slice(rest + 1) : run;
}

type Rule = {
  kind: Span['kind'];
  matches: (p: Piece, wording: string) => boolean;
  show: (digits: string) => string;
};

const RULES: Rule[] = [
  { kind: 'pan', matches: isCard, show: (digits) => `****${digits.slice(-4)}` },
  { kind: 'idNumber', matches: isIdNumber, show: (digits) => `****${digits.slice(-2).toUpperCase()}` },
  { kind: 'phone', matches: isPhone, show: (digits) => `${digits.slice(-11, -8)}****${digits.slice(-4)}` },
  { kind: 'pan', matches: isMistypedCard, show: (digits) => `****${digits.slice(-4)}` },
];

function precedence(candidate: Piece, wording: string): Rule | undefined {
  // A valid 身份证号 passes Luhn one time in ten: where both fit, it is the 身份证号.
  const isId = /^\d{17}[\dXx]$/.test(candidate.digits) && looksLikeIdNumber(candidate.digits);
  const rules = isId && isIdChecksumValid(candidate.digits) ? RULES.slice(1) : RULES;
  return rules.find((rule) => rule.matches(candidate, wording));
}

/** A list of four numbers of four digits is a card number only when everything speaks for it. */
function separatedSpan(run: Run): Span[] {
  const whole = piece(run);
  const { start, end, digits } = whole;
  const rule = RULES.find(({ kind, matches }) => kind !== 'idNumber' && matches(whole, ''));
  return rule && rule.matches !== isMistypedCard
    ? [{ start, end, kind: rule.kind, replacement: rule.show(digits) }]
    : [];
}

function spansOf(shadow: Shadow, run: Run): Span[] {
  const groups = withoutCaseNumber(run, wordingBefore(shadow, run[0]?.start ?? 0));
  const spans: Span[] = [];
  const taken = new Set<Group>();
  const pieces = candidates(groups).map((candidate) => {
    const wording = candidate.groups[0] === run[0] ? wordingBefore(shadow, candidate.start) : '';
    return { candidate, rule: precedence(candidate, wording) };
  });
  for (const wanted of RULES) {
    for (const { candidate, rule } of pieces) {
      if (rule !== wanted || candidate.groups.some((group) => taken.has(group))) continue;
      for (const group of candidate.groups) taken.add(group);
      const { start, end, digits } = candidate;
      spans.push({ start, end, kind: rule.kind, replacement: rule.show(digits) });
    }
  }
  return spans;
}

/** Beyond this many gaps nobody writes one number: then only unbroken groups are looked at. */
const MAX_GROUPS = 64;

function inParts(run: Run): Run[] {
  if (run.length <= MAX_GROUPS) return [run];
  return run.filter((group) => group.digits.length >= 11).map((group) => [group]);
}

/** Card, identity and mobile numbers, however they are grouped. */
export function findNumbers(shadow: Shadow): Span[] {
  const written = digitRuns(shadow)
    .flatMap(inParts)
    .flatMap((run) => spansOf(shadow, run));
  return [...written, ...separatedRuns(shadow).flatMap(separatedSpan)];
}
