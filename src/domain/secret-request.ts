import { plainSpelling } from './secret-spelling.ts';

/** What nobody at the desk may ask a customer for. */
export type AskedSecret = 'password' | 'code' | 'cvv' | 'card-number' | 'expiry';

const SECRETS: readonly [AskedSecret, RegExp][] = [
  [
    'cvv',
    /(?<![a-z])(?:c ?v ?v ?2?|c ?v ?c ?2?|c ?v ?n ?2?|security code|card verification (?:code|value))(?![a-z])|安全码|保安码|(?:后面|背后)的?(?:3|三)位|卡?背面?.{0,6}(?:[后末]?(?:3|三)位|(?:3|三)个?数)|签名[栏条].{0,6}(?:数|(?:3|三)位)|(?:3|three)[- ]digits?.{0,20}back|(?:digits|number|code) on the back|last (?:3|three) digits on the (?:back|signature)/,
  ],
  [
    'code',
    /验证码|校验码|动态码|动态口令|短[信讯]码|确认码|认证码|一次性(?:密码|口令|码)|短[信讯](?:里|中|上)?的?(?:\d位数?|[四六46]位数?)?(?:数字|号码|码)|短[信讯](?:里|中|上)?的?[四六46]位数|[46四六]个数字?|收到的(?:那?[串个组])?数字|(?:[46四六])位(?:数字|数)?码|(?:刚|收到的?)[^,。]{0,8}(?:[46四六]位数|数字码|码)|(?<![a-z\d])(?:otp|passcode|(?:verification|sms|text|auth(?:entication|orization)?|confirmation|one[- ]time|login|(?:4|6|four|six)[- ]digit) ?(?:code|pin|number)s?|the code|that code|your code|(?:send|give|tell|share)(?: me| us)? code)(?![a-z])/,
  ],
  ['password', /密码|口令|(?<![a-z])(?:passwords?|passwd|pwd|pin(?: (?:code|number))?)(?![a-z])|pin码/],
  [
    'expiry',
    /有效期|到期(?:日|年月|月)|(?<![a-z])(?:expiry|expiration|exp)(?: date| month)?(?![a-z])|valid (?:thru|date|until)/,
  ],
  [
    'card-number',
    /卡号|卡面(?:上的?)?(?:数字|号码|正面)|(?:1[5-9]|十[五六七八九])位(?:数字|号码|数|号)|(?<![a-z])(?:card numbers?|pan|(?:1[5-9]|sixteen)[- ]digits?(?: numbers?)?|(?:full|whole|complete|entire|long) (?:card )?number|number on the front)(?![a-z])/,
  ],
];

/** The end of a number is asked for, or one that is no card's. */
const HARMLESS_NUMBER =
  /(?:后|末|最后)(?:4|四)[位码]|尾号|(?<![a-z])last (?:4|four)|(?<![a-z])ending|订单号|(?:has|have|is|was|were|been) (?:expired|printed)/;
const WHOLE_NUMBER = /完整|全部|整[个串]|所有|全卡号|(?<![a-z])(?:full|whole|complete|entire|all)(?![a-z])/;

/** Hands over to whoever writes. */
const GIVE =
  /(?:发|传|寄|告诉|告知|报|说|念|读|打|写|贴|转|拍|交|讲)(?:给|来|过来|到|下|一下|出来|上来|我|这|张|个|全|照)|给(?:到|下|一下|个)?(?:我|咱|这边|客服|人工)|给一?下|提供|回复|回传|截[个张]?图|上传|复制|粘贴|提交|口述|核(?:对|验|实)一?下?您?你?的?|(?:需要|要|想要|索取|收集|登记|记录|确认)(?:一?下|到|知道|了解)?(?:您|你)|我(?:这边|们)?(?:这边)?(?:还?需要|得要|要|得)(?!求|是)|(?:在|到|往)(?:这里|这儿|此处|下面|下方|对话框?|聊天框?|输入框|窗口)[^,。]{0,6}(?:输|填|写|打|发|回)|(?:输|填|写)[^,。]{0,8}(?:在|到)(?:这|下面|下方|对话|聊天|窗口)|请[^,。]{0,4}输入|(?:麻烦|请)(?:您|你)?(?:再)?(?:把|将)?[^,。]{0,10}(?:发|报|说|念|给|写|填|打)(?!现|送失败|起|卡|行|生)|[发报念](?=$|吧|呢|哈|哦|啊|呗|就)/;
const GIVE_EN =
  /(?<![a-z])(?:tell|give|send|share|provide|text|message|forward|email|read|show|dictate|confirm|verify|supply|submit|post|paste|drop|pass|state|say|need|require|want|have|get|know|see|check|collect|take)(?![a-z])|(?:enter|type|write|put|input|key|fill)[^,.]{0,50}(?:here|chat|below|to me|box|reply|message)|repl(?:y|ying) with|let me|(?:reply|respond|answer) with/;
/** Asks what it is. */
const WHAT =
  /(?:是|为)?(?:多少|什么|啥|哪几位|几位数|哪个数)|^请问(?:您|你)的?[^,]{0,8}$|(?:please|pls)\W*$|[是:](?=\?|$)|呢(?=\?|$)|\?\s*$|what(?:'s| is| are| was| were)|which (?:code|number)/;
const WHAT_STRICT =
  /(?:是|为)?(?:多少|啥数|哪几位)|是几|是(?:什么|啥)(?=$|\?|呢|呀|啊)|(?:码|密码|口令|卡号|有效期)呢|what(?:'s| is| are| was| were)/;

const WHAT_IS =
  /what(?:'s| is| are)(?: the| your| that)?(?: [a-z0-9-]+){0,3}? (?:code|otp|passcode|password|pin|cvv|cvc|number|digits)(?![a-z])/;

/** Warns, forbids, or says what others do. */
const WARNS =
  /不(?:要|会|用|能|得|可|必|需|应|让|许|索|再|向|找|问|收)|别|勿|无需|无须|切记|切莫|莫|绝不|从不|没(?:有)?(?:必要|让|要求)|未(?:要求|索)|骗|诈|冒充|假(?:冒|客服)|任何人|任何(?:工作|平台|机构)|他人|别人|陌生|有人|对方|泄露|透露|谁(?:都|也)|防(?:骗|范)|举报|遮|盖住|挡住|打码|(?<![a-z])(?:never|don't|do not|doesn't|does not|won't|will not|wouldn't|would not|can't|cannot|not|no one|nobody|no need|without|anyone|anybody|someone|somebody|scam\w*|fraud\w*|phish\w*|keep|private|secret|safe|cover|hide|blur)(?![a-z])/;
/** Where a customer may well be told to type it: not to us. */
const ELSEWHERE =
  /(?:在|到|去|打开|进入|登录|从|通过)[^,。]{0,12}(?:app|应用|官方|页面|官网|设置|手机银行|网银|银行|柜台|网点|客户端|账户安全|我的|小程序|atm|系统|界面|弹窗|手机上)|(?<![a-z])(?:in|on|into|at|through|from|with|via|by|using|open|opening) (?:the |your |our |its )?(?:official |bank(?:'s)? |own |mobile )*(?:app|website|site|page|screen|settings|bank|branch|atm|form|issuer|device|phone)(?![a-z])/;
const TO_US =
  /发(?:给)?我|给我|告诉我|给(?:客服|人工|这边)|这里|这儿|对话框|聊天|回复(?:我|给)|发来|发过来|(?<![a-z])(?:me|us|here|this chat|chat)(?![a-z])/;
/** About the thing, not the thing: forgotten, reset, arrives, is wrong. */
const ABOUT =
  /(?:重置|修改|更改|找回|忘记?|忘了|设置|设定|换|改|更新|解锁|锁定|重设|错误|输错|不对|过期|失效|收不到|没收到|没有收到|迟迟|再次获取|重新获取|获取|发送失败|刷新|延迟|还没到|已过|页面|功能|入口|登录方式|次数|校验|已经?发|会给您发|发到您|找到|点击|点|怎么|如何|在哪|哪里|为什么|有没有|是不是|吗|自己|本人|保管)|(?<![a-z])(?:reset|resetting|change|changed|changing|forgot|forgotten|expired|wrong|arrive\w*|receive[ds]?|received|receiving|locked|unlock|resend|resent|update|updating|recover|request(?:ed)?|how|why|where|set|setting|screen|incorrect|failed|yourself|sent|after you|when you|happens)(?![a-z])/;
/** Whatever it is about: handed over to us all the same. */
const HAND_OVER =
  /(?:发|传|报|念|说|告诉|告知|写|提供|回复|给|贴|截图|拍)[^,。]{0,10}(?:给我|我|过来|一下|下|这里|这边|客服|来)|(?:把|将)[^,。]{0,16}(?:发|报|念|说|写|告诉|提供|回复|给|贴|传|拍)|提供一?下?|(?<![a-z])(?:tell|give|send|share|provide|text|forward|read|show|message|dictate|supply|paste|reply|repl(?:y|ying) with|let me know)(?![a-z])/;

const sentencesOf = (text: string) =>
  text
    .split(/(?<=[。！!?；;\n])|\.(?=\s|$)/)
    .map((sentence) => sentence.trim())
    .filter(Boolean);
const clausesOf = (sentence: string) => sentence.split(/[,:，：]| - |——/).filter((clause) => clause.trim());

function namedIn(clause: string): AskedSecret | undefined {
  for (const [secret, pattern] of SECRETS) {
    if (!pattern.test(clause)) continue;
    const harmless = secret === 'card-number' && HARMLESS_NUMBER.test(clause) && !WHOLE_NUMBER.test(clause);
    if (!harmless) return secret;
  }
  return undefined;
}

const gives = (clause: string) => GIVE.test(clause) || GIVE_EN.test(clause);

/** Whether a clause, whose secret is named in it or just before, asks for it. */
function asks(clause: string, named: boolean): boolean {
  if (WARNS.test(clause)) return false;
  if (ELSEWHERE.test(clause) && !TO_US.test(clause)) return false;
  if (named && WHAT_IS.test(clause)) return true;
  if (ABOUT.test(clause)) return HAND_OVER.test(clause) && TO_US.test(clause);
  return gives(clause) || (named ? WHAT_STRICT.test(clause) || WHAT.test(clause) : WHAT_STRICT.test(clause));
}

function askedIn(sentence: string): AskedSecret | undefined {
  const clauses = clausesOf(sentence);
  for (const [index, clause] of clauses.entries()) {
    const secret = namedIn(clause);
    if (!secret) continue;
    if (asks(clause, true)) return secret;
    // Asked for in the words around it, where its own say nothing: "your code, please send it to me".
    const silent = !gives(clause) && !WARNS.test(clause) && !ABOUT.test(clause) && !ELSEWHERE.test(clause);
    const around = [clauses[index - 1], clauses[index + 1]].filter((it) => it !== undefined);
    if (silent && around.some((it) => !namedIn(it) && asks(it, false))) return secret;
  }
  return undefined;
}

/**
 * 索要敏感信息: which secret a text to a customer asks for; undefined when it asks for none. Warnings ("never tell
 * anybody"), and where to type it in the bank's own app, are no question. The same rule in the composer and in
 * the API.
 */
export function asksForSecret(text: string): AskedSecret | undefined {
  for (const sentence of sentencesOf(plainSpelling(text))) {
    const secret = askedIn(sentence);
    if (secret) return secret;
  }
  return undefined;
}

/** A text that is little more than the name of a secret. */
const BARE = 8;
/** Characters on either side in which a name that is cut in two has to be, and what is read before it. */
const SEAM = 8;
const LATELY = 40;
const lastClause = (text: string) => clausesOf(sentencesOf(text).at(-1) ?? '').at(-1) ?? '';
const firstClause = (text: string) => clausesOf(sentencesOf(text)[0] ?? '')[0] ?? '';

/**
 * The same for a text that goes on with those that were sent just before: a name that is cut in two, and one that is
 * sent by itself before or after what asks for it.
 */
export function asksForSecretAfter(before: readonly string[], text: string): AskedSecret | undefined {
  const [all, last, now] = [before.join(''), before.at(-1) ?? '', text].map(plainSpelling) as [
    string,
    string,
    string,
  ];
  const said = lastClause(all);
  const [end, begin] = [said.slice(-SEAM), firstClause(now).slice(0, SEAM)];
  const isCut = namedIn(plainSpelling(end + begin)) && !namedIn(end) && !namedIn(begin);
  if (isCut) return asksForSecret(said.slice(-LATELY) + now);
  if (last.length <= BARE && namedIn(last)) return asksForSecret(`${last},${now}`);
  return now.length <= BARE && namedIn(now) ? asksForSecret(`${lastClause(last)}${now}`) : undefined;
}
