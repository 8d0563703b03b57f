import {
  CODE_WORDS,
  COUNTED,
  CVV_WORDS,
  EXPIRY_WORDS,
  NOT_COME,
  OTHER_NUMBER,
  PASSWORD_WORDS,
} from './secret-words.ts';
import { BLANK, type Shadow } from './shadow.ts';
import { hidden, type Span } from './span.ts';

type SecretKind = 'smsCode' | 'cvv' | 'expiry' | 'password';

/** How far behind its name a secret is looked for. */
const REACH = 32;
/** Enough to see what follows a value at the end of the reach. */
const WINDOW = REACH + 72;

interface Searched {
  kind: SecretKind;
  name: RegExp;
  /** Every value there may be, and numbers that are none. */
  value: RegExp;
  /** `between`: what stands between the name and the value; `before`: 10 characters before the name. */
  accepts(value: string, between: string, before: string): boolean;
}

/** 482913, 4 8 2 9 1 3, 482-913, 48 29 13. */
const DIGITS =
  /(?<![\da-z*#])(?:\d(?:[ .,、-]{1,2}\d(?!\d)){2,7}(?![ .-]?\d)|(?:\d{2,3}[ .,\n-]\d{3}|\d{4}[ .,\n-]\d{4})(?![ .,-]?\d)|\d\d[ -]\d\d[ -]\d\d(?![ -]?\d)|\d+)/gi;
const MONTH = '(?:0?[1-9]|1[0-2])';
const YEAR = '(?:20)?[2-4]\\d';
const EXPIRY = new RegExp(
  `(?<![\\d/.-])(?:${YEAR} ?年 ?${MONTH} ?月?|${MONTH} ?月[ /]?${YEAR} ?年?|${MONTH} ?[/-] ?${YEAR}|20[2-4]\\d ?[/.-] ?${MONTH}|(?:0[1-9]|1[0-2])[2-4]\\d)(?!\\d|[/.-]\\d)`,
  'g',
);
/** A word of printable ASCII. */
const TOKEN = /[\x21-\x7e]{4,64}/g;

const digitsOf = (value: string) => value.replace(/\D/g, '');
/** Senders of messages and service numbers. */
const SENDER = /^(?:95\d{3}|106\d{5,}|100\d\d|12306|[48]00\d{7})$/;

/** What leads on from a name to its value, in whatever other words. */
const HANDS_OVER =
  /是|係|系|[为為]|叫|[:=]|[设設]|改成|改[为為]|[输輸]|[填写寫打用]|[给給][你您他它佢]|[发發告][你您诉訴]|如下|就|用[的了]|\b(?:is|was|are|to|as|typed?|entered|used|using|put|gave|set|its)\b/i;
const NOT_A_PASSWORD =
  /^(?:https?:|www\.|jb[\s-]?\d|\d{1,2}-\d{1,2}$|[^a-z0-9]+$|(?:iphone|ipad|ios|android|huawei|xiaomi|redmi|oppo|vivo|mate|app|v)[ -]?\d|null|error|undefined|[\w.]+\.(?:com|cn|net|org)\b)/i;
const PLAIN_WORD =
  /^(?:wrong|incorrect|invalid|correct|right|fine|not|what|whats|the|same|expired|locked|lost|forgotten|forgot|reset|required|needed|always|still|okay|different|too|my|your|blocked|changed|working|accepted|rejected|hidden|been|being|never|already|also|apple|none|unknown|asked|asking|shown|good|weak|strong|simple|secret|safe|sms)$/i;

const ASSIGNS = /(?:是|係|系|[为為]|叫|[:=]|成|\b(?:is|was|to))[\s"'“‘「:了]*$/i;
const ERROR_CODE = /^(?:[A-Za-z]{1,2}[-_]?\d{3,5}|(?:[Ee]rr|[A-Z]{3,4})[-_]?\d{3,4})$/;
const FORGOTTEN =
  /忘|[错錯]|不[对對]|改不|登不|[锁鎖]|[试試]|几位|多少|怎么|怎麼|什么|什麼|forgot|wrong|incorrect|lost|reset|change/i;

function isPassword(value: string, between: string): boolean {
  if (NOT_A_PASSWORD.test(value) || /^[*•●]+$/.test(value)) return false;
  const next = between.replace(/[\s"'“‘「:]+$/, '').length < 2 || HANDS_OVER.test(between);
  const hasDigit = /\d/.test(value);
  if (/^\d+$/.test(value)) {
    // A payment password has six digits; others are believed when the words hand them over.
    if (value.length === 6) return true;
    return value.length >= 4 && value.length <= 20 && next && !FORGOTTEN.test(between);
  }
  const isAssigned = ASSIGNS.test(between);
  if (ERROR_CODE.test(value)) return isAssigned;
  if (hasDigit && value.length >= 6) return next || !FORGOTTEN.test(between);
  return isAssigned && !PLAIN_WORD.test(value);
}

const SEARCHED: Searched[] = [
  {
    kind: 'smsCode',
    name: new RegExp(CODE_WORDS, 'gi'),
    value: DIGITS,
    accepts(value, between) {
      const digits = digitsOf(value);
      if (digits.length < 4 || digits.length > 8 || SENDER.test(digits)) return false;
      return digits.length === 6 || !NOT_COME.test(between);
    },
  },
  {
    kind: 'cvv',
    name: new RegExp(CVV_WORDS, 'gi'),
    value: DIGITS,
    accepts(value, between, before) {
      if (/(?:手机|手機|电话|電話|身份证|身份證|身分證|证件|證件|订单|訂單)[号號]?[码碼]?的?$/.test(before))
        return false;
      const { length } = digitsOf(value);
      return length === 3 || (length === 4 && between.length <= 12);
    },
  },
  {
    kind: 'expiry',
    name: new RegExp(EXPIRY_WORDS, 'gi'),
    value: EXPIRY,
    accepts: (_, between, before) =>
      !/(?:身份证|身份證|身分證|证件|證件|护照|護照|驾照|駕照|优惠券|優惠券|活动|活動|链接|連結)的?$/.test(
        before,
      ) && !/[过過]了|[换換]|[办辦]|寄|[补補]|申[请請]|去/.test(between),
  },
  {
    kind: 'password',
    name: new RegExp(PASSWORD_WORDS, 'gi'),
    value: TOKEN,
    accepts: (value, between) => isPassword(value, between),
  },
];

/** Sentences go on after the value without a space: "密码是abc123,帮我看看". */
const trimmed = (value: string) => value.replace(/[,;.!?)\]}"'/]+$/, '').replace(/^["'(:=]+/, '');

function valueAfter(shadow: Shadow, name: RegExpExecArray, searched: Searched): Span | undefined {
  const from = name.index + name[0].length;
  const window = shadow.text.slice(from, from + WINDOW);
  const before = shadow.text.slice(Math.max(0, name.index - 10), name.index);
  for (const match of window.matchAll(searched.value)) {
    const value = searched.kind === 'password' ? trimmed(match[0]) : match[0];
    const at = match.index + match[0].indexOf(value);
    const between = window.slice(0, at);
    if (at > REACH || between.includes(BLANK) || OTHER_NUMBER.test(between)) return undefined;
    if (value.length < 3 || COUNTED.test(window.slice(at + value.length))) continue;
    if (searched.accepts(value, between, before)) return hidden(searched.kind, from + at, value);
    // Beyond another long number the name speaks of something else.
    if (/\d{5}/.test(value)) return undefined;
  }
  return undefined;
}

const IS = '[ ,:，(]{0,3}(?:(?:这个|這個|这|這|呢個)?(?:就)?(?:是|为|為|係)|[(]|\\b(?:is|was)\\b)';
const OWNER = '[^\\d,，。.;；!！?？]{0,10}?';
const BEFORE: [SecretKind, RegExp][] = [
  [
    'smsCode',
    new RegExp(
      `(?<![\\da-z*#.-])(\\d(?: ?\\d){3,7})(?=(?:${IS}${OWNER}|[ ,:]{0,2}(?:这个|這個)?)(?:${CODE_WORDS}))`,
      'gi',
    ),
  ],
  ['cvv', new RegExp(`(?<![\\da-z*#.-])(\\d{3,4})(?=${IS}${OWNER}(?:${CVV_WORDS}))`, 'gi')],
  [
    'password',
    new RegExp(`(?<![\\x21-\\x7e])([\\x21-\\x7e]{6,32})(?=${IS}${OWNER}(?:${PASSWORD_WORDS}))`, 'gi'),
  ],
];
const OTHER_BEFORE =
  /(?:尾[号號数數]|[后後末][四4][位码碼]?|卡[号號]?|[单單][号號]|流水|[编編][号號]|ending(?: in)?|last (?:4|four)|[\d*#.-])[ :是为為]{0,3}$/i;

function valuesBefore(shadow: Shadow): Span[] {
  return BEFORE.flatMap(([kind, pattern]) =>
    [...shadow.text.matchAll(pattern)].flatMap((match) => {
      const value = match[1] ?? '';
      const isOther =
        SENDER.test(digitsOf(value)) ||
        OTHER_BEFORE.test(shadow.text.slice(Math.max(0, match.index - 10), match.index));
      if (isOther || (kind === 'password' && (!/\d/.test(value) || NOT_A_PASSWORD.test(value)))) return [];
      return [hidden(kind, match.index, value)];
    }),
  );
}

/** Verification codes, security codes, expiry dates and passwords that a wording gives away; may overlap. */
export function findSecrets(shadow: Shadow): Span[] {
  const after = SEARCHED.flatMap((searched) =>
    [...shadow.text.matchAll(searched.name)].flatMap((name) => valueAfter(shadow, name, searched) ?? []),
  );
  return [...after, ...valuesBefore(shadow)];
}
