import type { SensitiveKind } from '../../domain/intent.ts';
import type { Bare } from './bare.ts';
import { isIdChecksumValid, isLuhnValid, isRegionAndBirth } from './checksums.ts';

/** What a number turns out to be that is sent in parts. */
export interface Part {
  kind: Extract<SensitiveKind, 'pan' | 'idNumber' | 'phone'>;
  /** How many digits were there up to this part. */
  digits: number;
  /** The end that may be shown; empty while more may come. */
  shown: string;
}

const NAMES = { pan: '卡号', idNumber: '证件号', phone: '手机号' } as const;
const KINDS = { 卡号: 'pan', 证件号: 'idNumber', 手机号: 'phone' } as const;

/** What stands for a part: how long it was, for the next one, and no digit of it. */
export function partMask({ kind, digits, shown }: Part): string {
  return shown === '' ? `〔${NAMES[kind]}前${digits}位已隐藏〕` : `****${shown}`;
}

const PART_MASK = /〔(卡号|证件号|手机号)前(\d{1,2})位已隐藏〕[\s\p{P}]*$/u;
/** A card number as it begins. */
const ISSUER = /^(?:4|5[1-5]|6[0-9]|3[47]|81)/;
const DATED = /^(?:19|20)\d\d(?:0[1-9]|1[0-2])/;
const SERVICE = /^[48]00\d{7}$/;
const WHOLE = { pan: [13, 19], idNumber: [18, 18], phone: [11, 11] } as const;
/** Parts below this are kept as they are until another one shows what they belong to. */
const TELLING = 8;

/**
 * The beginning of a number that is long enough to tell: nobody is asked for one, and who has another number to
 * say says what it is. A date, a service number and a case number, which begins with a date, are none.
 */
export function beginningIn({ digits }: Bare): Part | undefined {
  if (!digits || digits.length < TELLING || DATED.test(digits) || SERVICE.test(digits)) return undefined;
  const part = (kind: Part['kind']) => ({ kind, digits: digits.length, shown: '' });
  if (digits.length < WHOLE.idNumber[0] && isRegionAndBirth(digits)) return part('idNumber');
  if (digits.length < WHOLE.phone[0] && /^1[3-9]/.test(digits)) return part('phone');
  return digits.length < 15 ? part('pan') : undefined;
}

/** The part that goes on with the beginning which ends the message before. */
export function continuationOf(before: string, { digits }: Bare): Part | undefined {
  const [, name, length] = PART_MASK.exec(before) ?? [];
  // One or two digits choose from a list.
  if (!name || !digits || digits.length < 3) return undefined;
  const kind = KINDS[name as keyof typeof KINDS];
  const total = Number(length) + digits.length;
  const [, longest] = WHOLE[kind];
  if (total > longest) return undefined;
  // Below 16 digits a card number is hardly whole, and what ends it now would be of its middle.
  const isWhole = total >= (kind === 'pan' ? 16 : longest);
  const kept = kind === 'idNumber' ? 2 : 4;
  const shown = isWhole && digits.length >= kept ? digits.slice(-kept) : '';
  return { kind, digits: total, shown };
}

function wholeKind(digits: string): Part['kind'] | undefined {
  if (isIdChecksumValid(digits) && isRegionAndBirth(digits)) return 'idNumber';
  if (/^1[3-9]\d{9}$/.test(digits)) return 'phone';
  const [shortest, longest] = WHOLE.pan;
  if (digits.length < shortest || digits.length > longest) return undefined;
  return ISSUER.test(digits) && isLuhnValid(digits) ? 'pan' : undefined;
}

/** Whether short numbers one after the other look like a longer one that has begun. */
function hasBegun(parts: readonly string[], joined: string): Part['kind'] | undefined {
  const [first = ''] = parts;
  if (joined.length < TELLING || joined.length > WHOLE.pan[1]) return undefined;
  if (isRegionAndBirth(joined) && first.length === 6) return 'idNumber';
  if (first.length >= 5 && ISSUER.test(joined)) return 'pan';
  // 6222 and then 0200: no two cards' last digits; from the third on whatever they begin with.
  const inFours = parts.slice(0, -1).every(({ length }) => length === 4);
  return inFours && (/^62/.test(joined) || (parts.length > 2 && ISSUER.test(joined))) ? 'pan' : undefined;
}

/** What short parts in the messages before (oldest first) make of this one. */
export function joinedTo(earlier: readonly string[], { digits }: Bare): Part | undefined {
  if (!digits || digits.length < 3) return undefined;
  for (let from = 0; from < earlier.length; from++) {
    const parts = [...earlier.slice(from), digits];
    const joined = parts.join('');
    const whole = wholeKind(joined);
    if (whole) {
      const shown = whole === 'pan' && digits.length >= 4 ? digits.slice(-4) : '';
      return { kind: whole, digits: joined.length, shown };
    }
    const begun = hasBegun(parts, joined);
    if (begun) return { kind: begun, digits: joined.length, shown: '' };
  }
  return undefined;
}
