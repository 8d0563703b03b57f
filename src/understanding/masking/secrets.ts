import { BLANK, type Shadow } from './shadow.ts';
import type { Span } from './span.ts';

/** What stands in the place of a value that is removed wholly. */
const PLACEHOLDERS = {
  smsCode: '〔验证码已隐藏〕',
  cvv: '〔安全码已隐藏〕',
  expiry: '〔有效期已隐藏〕',
  password: '〔密码已隐藏〕',
} as const;
type SecretKind = keyof typeof PLACEHOLDERS;

const OTP =
  '(?:验证码|驗證碼|验证號碼|校验码|校驗碼|动态码|動態碼|动态密码|動態密碼|动态口令|短信码|确认码|yzm|otp|sms ?code|verification code)';
/** Between a keyword and its value: punctuation and a few words that hand the value over. */
const SAYS =
  '(?:[ \\t\\r\\n:=,.;"\'“”‘’()\\[\\]【】「」<>~!。、?-]|是不是|就是|应该是|好像是|是|为|為|叫|发[你您]|给[你您]|報給你|报给你|填了?|输入?了?|打|收到的?|显示|我的|码|来了|到了|了|的|这个|呢|啊|哦){0,8}';
/** The number goes on or counts something: not a code. */
const NOT_COUNTED =
  '(?![\\d*%]|[./:-]\\d| ?(?:位|元|块|塊|次|个|個|分|秒|年|月|日|号|點|点|小时|小時|天|条|條|遍|张|張|万|百|千))';

const OTP_AFTER = new RegExp(`${OTP}${SAYS}(\\d{4,8}|\\d{3}[ -]\\d{3}|\\d(?: \\d){3,7})${NOT_COUNTED}`, 'gi');
const OTP_BEFORE = new RegExp(
  `(\\d{4,8})(?=[ ,，。:]{0,2}(?:[((]|(?:这个|這個)?(?:就)?(?:是|为)|这个)(?:不是)?(?:你们?|您|我)?(?:发)?(?:给我)?(?:的|收到的)?(?:短信|手机|登录|支付|银行){0,2}${OTP})`,
  'gi',
);
// Numerals have become digits in the shadow: 后三位 reads 后3位.
const CVV = new RegExp(
  `(?:cvv2?|cvc2?|cvn2?|安全码|安全碼|后3码|後3碼|末3码|末3碼|后3位|後3位|末3位|背面3位|背面的3位|背后3位)(?:数字|數字)?${SAYS}(\\d{3,4}|\\d \\d \\d)${NOT_COUNTED}`,
  'gi',
);
const MONTH = '(?:0?[1-9]|1[0-2])';
const YEAR = '(?:20)?[2-4]\\d';
const EXPIRY_VALUE = `(?:${YEAR} ?年 ?${MONTH} ?月?|${MONTH} ?月[ /]?${YEAR} ?年?|${MONTH} ?[/-] ?${YEAR}|20[2-4]\\d ?[/.-] ?${MONTH}|(?:0[1-9]|1[0-2])[2-4]\\d)`;
const EXPIRY = new RegExp(
  `(?:有效期限?|有效日期|到期日|到期时间|到期時間|过期日|效期|expiry|expires|expiration|exp(?: date)?|valid thru)(?:至|到|截至|截止)?${SAYS}(?:至|到)?(${EXPIRY_VALUE})(?!\\d|[/.-]\\d)`,
  'gi',
);
/** Printed on the card beside the number: only believed when a card number is in the same message. */
const BARE_EXPIRY = /(?<![\d/.-])((?:0[1-9]|1[0-2]) ?\/ ?(?:20)?[2-4]\d)(?![\d/]|[.-]\d)/g;
const BARE_CVV = /^[ ,;、/]{1,3}(\d{3})(?![\d.,*]|[ ]?[元块位次个年月日号天])/;

const PASSWORD_WORD = '(?:密码|密碼|口令|passwords?|passcode|pwd|mima|pin码|pin)';
const ASSIGNED =
  '(?:[ \\t]{0,3}(?:现在|現在|目前|以前|之前|原来|原來|一直|当时)?(?:[:=]|就是|应该是|是|为|為|叫|设成了?|设的是|设为|改成了?|改为)[ \\t:"\'“‘「]{0,3})';
const PASSWORD = new RegExp(
  `${PASSWORD_WORD}${ASSIGNED}([\\x21-\\x7e]{4,64})(?! ?(?:位|次|个|個|天|分|小时|元|块))`,
  'gi',
);
const PASSWORD_UNASSIGNED = new RegExp(
  `${PASSWORD_WORD}[ \\t]{0,2}((?=[^\\d\\s]{0,31}\\d)[\\x21-\\x7e]{6,32})(?![\\x21-\\x7e]| ?(?:位|次|个|個|天|分|小时|元|块))`,
  'gi',
);
const NOT_A_PASSWORD = /^(?:https?:|www\.|jb[\s-]?\d|\d{1,2}-\d{1,2}$|[^a-z0-9]+$|null|error|undefined)/i;
const ERROR_CODE = /^[a-z]{1,2}[-_]?\d{3,5}$/i;

interface Pattern {
  kind: SecretKind;
  pattern: RegExp;
  /** Refuses a hit by what stands before it (10 characters) or by its value. */
  refuse?: (before: string, value: string) => boolean;
}

const PATTERNS: Pattern[] = [
  { kind: 'smsCode', pattern: OTP_AFTER },
  {
    kind: 'smsCode',
    pattern: OTP_BEFORE,
    refuse: (before) => /(?:尾号|尾數|尾数|后四位|末四位|末四码|卡号?|[\d*#.-])[ :是为]{0,3}$/.test(before),
  },
  { kind: 'cvv', pattern: CVV, refuse: (before) => /(?:手机|电话|身份证|证件|订单)号?码?的?$/.test(before) },
  {
    kind: 'expiry',
    pattern: EXPIRY,
    refuse: (before) => /(?:身份证|证件|护照|驾照|优惠券|活动)的?$/.test(before),
  },
  { kind: 'password', pattern: PASSWORD, refuse: (_, value) => NOT_A_PASSWORD.test(value) },
  {
    kind: 'password',
    pattern: PASSWORD_UNASSIGNED,
    refuse: (_, value) => NOT_A_PASSWORD.test(value) || ERROR_CODE.test(value),
  },
];

function secret(kind: SecretKind, start: number, value: string): Span {
  return { kind, start, end: start + value.length, replacement: PLACEHOLDERS[kind] };
}

function hits(shadow: Shadow, { kind, pattern, refuse }: Pattern): Span[] {
  const spans: Span[] = [];
  for (const match of shadow.text.matchAll(pattern)) {
    const raw = match[1] ?? '';
    // Sentences go on after the value without a space: "密码是abc123,帮我看看".
    const value = kind === 'password' ? raw.replace(/[,;.!?)\]}"']+$/, '') : raw;
    const before = shadow.text.slice(Math.max(0, match.index - 10), match.index);
    if (value.includes(BLANK) || refuse?.(before, value)) continue;
    const start = pattern === OTP_BEFORE ? match.index : match.index + match[0].lastIndexOf(raw);
    spans.push(secret(kind, start, value));
  }
  return spans;
}

/** Verification codes, security codes, expiry dates and passwords that a wording gives away; may overlap. */
export function findSecrets(shadow: Shadow): Span[] {
  return PATTERNS.flatMap((pattern) => hits(shadow, pattern));
}

/** `12/27 123` after a card number: expiry and security code as they are read off the card. */
export function findPrintedBeside(shadow: Shadow, card: { end: number }): Span[] {
  const spans: Span[] = [];
  const nearby = shadow.text.slice(card.end, card.end + 40);
  let end = 0;
  for (const match of nearby.matchAll(BARE_EXPIRY)) {
    const value = match[1] ?? '';
    spans.push(secret('expiry', card.end + match.index, value));
    end = match.index + value.length;
  }
  const code = BARE_CVV.exec(nearby.slice(end))?.[1];
  if (end > 0 && code) {
    const start = card.end + end + nearby.slice(end).indexOf(code);
    spans.push(secret('cvv', start, code));
  }
  return spans;
}
