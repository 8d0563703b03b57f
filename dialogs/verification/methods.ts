/** 核验方式: what the official page may ask for. */
export type Method = 'sms' | 'face' | 'password';

/** What the customer's own words tell about the trouble. */
export interface Trouble {
  method?: Method;
  /** Whose number the message goes to. */
  number?: PhoneKind;
  /** The number is not the customer's any more. */
  oldNumber?: true;
  /** The page says that it was tried too often. */
  locked?: true;
}

/** 平台注册手机 or 银行预留手机. */
export type PhoneKind = 'registered' | 'reserved';

const SIGNS: readonly [Method, RegExp][] = [
  ['face', /人脸|刷脸|面部|眨眼|张嘴|照脸|影块面|比对失败|\bface\b|facial|selfie|blink/u],
  ['password', /密码|password|passcode/u],
  [
    'sms',
    /验证码|验正码|yanzheng|短信|简讯|otp|[没冇有]码|[这个収收]码|码.{0,4}(?:不来|没来)|预留|注册手机|(?:手机|电话)号|[老旧]号|\bsms\b|text message|\bcodes?\b|(?:reserved|registered|old) (?:phone|number)/iu,
  ],
];

const OLD_NUMBER =
  /换(?:了|过)?(?:手机)?号|换了?(?:手机)?号|号.{0,3}换|[老旧](?:手机)?号|旧电话|以前.{0,3}号|原来.{0,3}号|停机|停用|收回|前妻|前夫|别人在用|不用了|(?:他|她|弟|妈|老公|老婆|媳妇).{0,4}(?:号|手机|手里|手上)|old (?:phone|number)|(?:changed (?:my )?|new )(?:phone )?number|dont (?:have|use) (?:that|the|this) (?:phone|number)/u;
/** The page takes no more tries. */
export const LOCKED =
  /锁(?:了|住|定)|锁|次数(?:太多|过多|超|用完|到)|用完了|稍后再试|明天再试|频繁|locked|too many (?:times|attempts|tries)|try again (?:later|tomorrow)/u;
const RESERVED = /预留|银行(?:那边|那个|留|的号|登记)|银行|reserved|\bbank\b/u;
const REGISTERED = /注册|平台(?:的|那个|注册)|登录(?:用的|的号)|registered|platform/u;
/** 「银行那边改完了,你们这儿还是发到老号」 */
const RESERVED_CHANGED = /银行.{0,8}(?:改|换|更新)(?:完|好|过|了)|bank.{0,20}(?:changed|updated)/u;

function numberIn(words: string): PhoneKind | undefined {
  if (RESERVED_CHANGED.test(words)) return 'registered';
  const [reserved, registered] = [RESERVED.test(words), REGISTERED.test(words)];
  if (reserved === registered) return undefined;
  return reserved ? 'reserved' : 'registered';
}

/** 「不想刷脸,能不能换成短信」 is about the face. */
const INSTEAD_OF_FACE = /(?:不想|不能|不愿|没法)刷|换(?:成|别)|instead of|(?:dont want|without) .{0,12}face/u;

function methodIn(words: string): Method | undefined {
  const shown = SIGNS.filter(([, sign]) => sign.test(words)).map(([method]) => method);
  if (shown.includes('face') && INSTEAD_OF_FACE.test(words)) return 'face';
  if (shown.length === 0 && OLD_NUMBER.test(words)) return 'sms';
  return shown.length === 1 ? shown[0] : undefined;
}

/** Reads what is wrong from the words that opened the topic; several methods in one message name none. */
export function troubleIn(words: string): Trouble {
  const method = methodIn(words);
  const number = method === 'sms' ? numberIn(words) : undefined;
  return {
    ...(method && { method }),
    ...(number && { number }),
    ...(method === 'sms' && OLD_NUMBER.test(words) && { oldNumber: true as const }),
    ...(LOCKED.test(words) && { locked: true as const }),
  };
}

const PREFIX = 'method:';

/** Readings for any question of one method: 「不是短信,是刷脸」 names another. */
export function corrections(current?: Method): (readonly [RegExp, string])[] {
  return SIGNS.filter(([method]) => method !== current).map(
    ([method, sign]) => [sign, PREFIX + method] as const,
  );
}

/** The method that an answer turns to instead. */
export function correctedTo(value: string): Method | undefined {
  return value.startsWith(PREFIX) ? (value.slice(PREFIX.length) as Method) : undefined;
}
