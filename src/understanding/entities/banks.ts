import { pinyin } from '@napi-rs/pinyin';
import { BANKS, NOT_BANKS } from '../lexicon.ts';
import type { Found } from './found.ts';

const exact = new Map<string, string>();
const weak = new Map<string, string>();
/** Pinyin of the two or more characters before 银行 -> bank; absent when two banks sound the same. */
const bySound = new Map<string, string | undefined>();
const stems = new Map<string, string>();

function soundOf(text: string): string {
  return pinyin(text).flat().join(' ');
}

for (const bank of BANKS) {
  for (const alias of [bank.name, ...bank.aliases]) exact.set(alias, bank.name);
  for (const alias of bank.weak) weak.set(alias, bank.name);
  for (const alias of [bank.name, ...bank.aliases, ...bank.weak]) {
    const stem = alias.replace(/^中国(?=..)/, '').replace(/(?<=..)银行$/, '');
    if (stem.length !== 2 || stem.endsWith('行')) continue;
    stems.set(stem, bank.name);
    const sound = soundOf(stem);
    const other = bySound.get(sound);
    bySound.set(sound, other === undefined || other === bank.name ? bank.name : undefined);
  }
}

const longestFirst = (names: Iterable<string>) => [...names].sort((a, b) => b.length - a.length).join('|');
const EXACT = new RegExp(longestFirst(exact.keys()), 'g');
const WEAK = new RegExp(
  `(${longestFirst(weak.keys())})(?:银行|的?(?:信用卡|储蓄卡|银行卡|卡)(?!住|死|顿|盟)| ?[(]?(?:尾号|尾数|[末后最尾]后?[四4][位码]|\\d{4}))`,
  'g',
);
const codes = new Map(BANKS.flatMap((bank) => bank.codes.map((code) => [code, bank.name] as const)));
const CODE = new RegExp(`(?<![a-z0-9])(?:${longestFirst(codes.keys())})(?![a-z])`, 'g');
const UNKNOWN = /(?=(\p{Script=Han}{2})(?:银行|行(?=信用卡|的卡|卡)))/gu;

function differsByOne(a: string, b: string): boolean {
  return a.length === b.length && [...a].filter((c, i) => c !== b[i]).length === 1;
}

/** 招伤银行 sounds like 招商银行; 兴叶银行 differs in one character from one bank only. */
function resembling(stem: string): string | undefined {
  if (NOT_BANKS.has(stem) || NOT_BANKS.has(stem.slice(-2))) return undefined;
  const sound = bySound.get(soundOf(stem));
  if (sound) return sound;
  const close = [...stems].filter(([known]) => differsByOne(known, stem));
  // The first character carries the name: 工X银行 is a slip for 工商, X商银行 is many banks.
  const sameBeginning = close.filter(([known]) => known[0] === stem[0]);
  const banks = new Set(sameBeginning.map(([, bank]) => bank));
  return banks.size === 1 ? [...banks][0] : undefined;
}

/** Banks named in a folded text, by full name. */
export function findBanks(text: string): Found<string>[] {
  const found: Found<string>[] = [];
  const add = (start: number, length: number, value: string | undefined) => {
    const end = start + length;
    if (value && !found.some((f) => f.start < end && start < f.end)) found.push({ start, end, value });
  };
  for (const match of text.matchAll(EXACT)) add(match.index, match[0].length, exact.get(match[0]));
  for (const match of text.matchAll(CODE)) add(match.index, match[0].length, codes.get(match[0]));
  for (const match of text.matchAll(WEAK)) {
    const name = match[1] ?? '';
    const withSuffix = match[0].startsWith('银行', name.length) ? name.length + 2 : name.length;
    add(match.index, withSuffix, weak.get(name));
  }
  for (const match of text.matchAll(UNKNOWN)) {
    const stem = match[1] ?? '';
    add(match.index, stem.length + 2, resembling(stem));
  }
  return found.sort((a, b) => a.start - b.start);
}
