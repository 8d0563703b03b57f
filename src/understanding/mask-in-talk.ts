import type { Masked, MaskInTalk, SaidBefore, SensitiveKind } from '../domain/intent.ts';
import { mask } from './mask.ts';
import { type Bare, bareIn } from './masking/bare.ts';
import { CODE_WORDS, CVV_WORDS, EXPIRY_WORDS, NOT_COME, PASSWORD_WORDS } from './masking/secret-words.ts';
import { type Shadow, shadowOf } from './masking/shadow.ts';
import { hidden } from './masking/span.ts';
import { beginningIn, continuationOf, joinedTo, type Part, partMask } from './masking/split.ts';

const NAMED: [kind: SensitiveKind, words: RegExp][] = [
  ['cvv', new RegExp(CVV_WORDS, 'i')],
  ['expiry', new RegExp(EXPIRY_WORDS, 'i')],
  ['password', new RegExp(PASSWORD_WORDS, 'i')],
  ['smsCode', new RegExp(CODE_WORDS, 'i')],
];
/** What makes `mask` look for the kind. */
const NAMES: Partial<Record<SensitiveKind, string>> = {
  cvv: '安全码',
  expiry: '有效期',
  password: '密码',
  smsCode: '验证码',
};
/** With invisible characters between the digits; longer messages say more than a number. */
const LONGEST = 300;

/** Asked for by the desk, a number is an answer. */
const ASKED_FOR =
  /尾[号號]|[后後末][四4][位码碼]|多少|金[额額]|案件[号號]|[订訂][单單]|日期|哪[天年]|什[么麼][时時]候|last (?:four|4)|how much|amount|case number|order|what date|when (?:was|did)/i;
const ORDER_NAMED = /(?:订单|訂單|流水|单号|單號|交易号|交易號|案件|案號|编号|編號|order|case)/i;
const ORDER_ASKED = /案件[号號]|[订訂][单單]|case number|order/i;
const HANDS_OVER = /[发發给給告报報]|是|係|如下|下面|收到|[:：]\s*$|\b(?:is|here|got)\b/i;

function lastOf(before: readonly SaidBefore[], by: SaidBefore['by']): string {
  return before.findLast((line) => line.by === by)?.text ?? '';
}

/** Numbers alone that the customer has just sent one after the other. */
function bareNumbers(lines: readonly string[]): string[] {
  const parts: string[] = [];
  for (const line of lines.toReversed()) {
    const digits = bareIn(shadowOf(line))?.digits;
    if (digits === undefined) break;
    parts.unshift(digits);
  }
  return parts;
}

const ownOf = (before: readonly SaidBefore[]) =>
  before.filter(({ by }) => by === 'customer').map(({ text }) => text);

/** The part of a number that the messages before have begun. */
function goingOn(bare: Bare, before: readonly SaidBefore[]): Part | undefined {
  const own = ownOf(before);
  const joined = joinedTo(bareNumbers(own), bare);
  // Who is asked for the last four digits gives them, unless they make a whole number.
  if (bare.digits?.length === 4 && ASKED_FOR.test(lastOf(before, 'desk')))
    return joined?.shown ? joined : undefined;
  return continuationOf(own.at(-1) ?? '', bare) ?? joined;
}

/** The first part of a number, unless the conversation is about an order. */
function beginning(bare: Bare, before: readonly SaidBefore[]): Part | undefined {
  const isOrder = ORDER_NAMED.test(lastOf(before, 'customer')) || ORDER_ASKED.test(lastOf(before, 'desk'));
  return isOrder ? undefined : beginningIn(bare);
}

function isHidden(kind: SensitiveKind, value: string): boolean {
  const name = NAMES[kind];
  return name !== undefined && mask(`${name}是 ${value}`).sensitive.includes(kind);
}

/** Security code and expiry date after the number, as they are read off the card. */
function besideCard(before: string, { digits, groups }: Bare, value: string): SensitiveKind | undefined {
  if (!/\*{4}\d{4}[\s\p{P}]*$/u.test(before)) return undefined;
  if (digits?.length === 3 && groups.length === 1) return 'cvv';
  return isHidden('expiry', value) ? 'expiry' : undefined;
}

function namedBefore(bare: Bare, value: string, before: readonly SaidBefore[]): SensitiveKind | undefined {
  const isSix = bare.digits?.length === 6;
  // Six digits are a code or a payment password, whatever was asked.
  if (!isSix && ASKED_FOR.test(lastOf(before, 'desk'))) return undefined;
  const own = ownOf(before).slice(-2);
  for (const text of own.toReversed()) {
    const { digits } = bare;
    if (!isSix && NOT_COME.test(text) && !HANDS_OVER.test(text)) continue;
    const found = NAMED.find(([kind, words]) => {
      if (kind === 'cvv' && digits?.length !== 3) return false;
      return words.test(text) && isHidden(kind, value);
    });
    if (found) return found[0];
  }
  return besideCard(own.at(-1) ?? '', bare, value);
}

function cut(text: string, shadow: Shadow, { start, end }: Bare, replacement: string): string {
  const place = shadow.original(start, end);
  return text.slice(0, place.start) + replacement + text.slice(place.end);
}

function bareValue(text: string): { bare: Bare; shadow: Shadow } | undefined {
  if (text.length > LONGEST) return undefined;
  const shadow = shadowOf(text);
  const bare = bareIn(shadow);
  // One or two digits choose from a list.
  return bare && (bare.digits === undefined || bare.digits.length > 2) ? { bare, shadow } : undefined;
}

function maskWith(text: string, before: readonly SaidBefore[]): Masked {
  const byItself = mask(text);
  const found = bareValue(text);
  if (!found) return byItself;
  const { bare, shadow } = found;
  const isWhole = byItself.sensitive.length > 0;
  // 「19491231002X」 passes for a mobile number until the region before it is known.
  const part = goingOn(bare, before) ?? (isWhole ? undefined : beginning(bare, before));
  if (part) return { text: cut(text, shadow, bare, partMask(part)), sensitive: [part.kind] };
  if (isWhole) return byItself;
  const value = shadow.text.slice(bare.start, bare.end);
  const kind = namedBefore(bare, value, before);
  if (!kind) return byItself;
  return { text: cut(text, shadow, bare, hidden(kind, bare.start, value).replacement), sensitive: [kind] };
}

/**
 * Masks a customer's message in its conversation. What it needs to know of the messages before is in them as
 * they are stored: names of secrets, short numbers, and how many digits a mask stands for. No digit that is
 * masked is kept anywhere.
 */
export const maskInTalk: MaskInTalk = { asksBack: (text) => bareValue(text) !== undefined, mask: maskWith };
