/** 安全设置 that customers ask about; `leaked`: who may have seen the card; `other`: what the app may not even have. */
export type Item =
  | 'no-password'
  | 'quick-pay'
  | 'password'
  | 'forgotten'
  | 'alerts'
  | 'devices'
  | 'biometric'
  | 'leaked'
  | 'other';

/** What the words ask for: one setting, how two of them differ, or all that is worth looking at. */
export type Wish = Item | 'difference' | 'all';

/** Offered as choices, the most asked first. */
export const OFFERED: readonly Item[] = ['no-password', 'quick-pay', 'password', 'alerts', 'devices'];

const SIGNS: readonly [Item, RegExp][] = [
  [
    'leaked',
    /(?:卡号|证件|身份证).{0,6}(?:发|贴|晒|传|泄).{0,6}(?:群|朋友圈|网上|公开|错|漏|露)|发到.{0,4}群|(?:posted|sent|leaked).{0,20}(?:card|id) number/u,
  ],
  ['quick-pay', /快捷|quick ?pay/u],
  [
    'no-password',
    /免密|免蜜|小额|mianmi|不(?:用)?[输问].{0,3}密码|每次.{0,6}输密码|都没问密码|password-?free|without (?:a )?password|no password|small payments/iu,
  ],
  ['biometric', /指纹|面容|刷脸支付|fingerprint|face ?id|touch ?id/u],
  [
    'devices',
    /设备|装置|登出|踢下|下线|退出.{0,8}登录|登着|登过网页|旧手机|自动登录|授权的?手机|device|log(?:ged)? ?out|sign(?:ed)? ?out|old phone/u,
  ],
  ['alerts', /提醒|通知|谁登我|登录.{0,6}短信|alert|notif/u],
  ['password', /密码|手势|password|passcode|gesture/u],
  ['other', /夜间|晚上不|应用锁|安全锁|一道锁|两步|邮箱|限额|night|app lock|two-?step|2fa|e-?mail|limit/u],
];

const DIFFERENCE = /不同|区别|一样|一回事|分别|difference|the same/u;
const ALL =
  /哪些该|都该|一次看全|逐个|全部看|检查一遍|更安全|安全吗|which (?:ones )?should|all of (?:them|it)|go through|safer|check everything/u;

/** What the words ask for; several settings in one message name none. */
export function wishIn(words: string): Wish | undefined {
  const named = SIGNS.filter(([, sign]) => sign.test(words)).map(([item]) => item);
  if (named.length > 1 && DIFFERENCE.test(words)) return 'difference';
  // 「不用输密码那个」 is about paying without one, not about the password.
  const [first, second] = named;
  if (first === 'no-password' || first === 'quick-pay') {
    if (second === undefined || second === 'password') return first;
    return undefined;
  }
  if (first) return first;
  return ALL.test(words) ? 'all' : undefined;
}

/** 「忘了」: the login password has a way back of its own; any other is a matter of verification. */
export function forgottenIn(words: string): 'login' | 'payment' | undefined {
  if (!/忘了|忘记|不记得|想不起|forgot|(?:dont|cant) remember/u.test(words) || !/密码/u.test(words))
    return undefined;
  return /登[录陆入]|log ?in|sign ?in/u.test(words) ? 'login' : 'payment';
}

/** A device or login that the customer does not know. */
export function saysStrange(words: string): boolean {
  return /不认识|陌生|不是我(?:的|登)|dont (?:know|recogni[sz]e)|strange|unknown|not (?:me|mine)/u.test(
    words,
  );
}

const PREFIX = 'item:';

/** Readings for any question of this topic: 「不是免密,是登录提醒」 names another setting. */
export function corrections(current?: Item): (readonly [RegExp, string])[] {
  return SIGNS.filter(([item]) => item !== current && item !== 'other').map(
    ([item, sign]) => [sign, PREFIX + item] as const,
  );
}

/** The setting that an answer turns to. */
export function turnedTo(value: string): Item | undefined {
  return value.startsWith(PREFIX) ? (value.slice(PREFIX.length) as Item) : undefined;
}

/** The value of a choice that names a setting. */
export function choiceFor(item: Item): string {
  return PREFIX + item;
}
