import type { TextKey } from '../../locales/index.ts';

/**
 * What is to be checked. `contact`: somebody called or wrote; `entry`: which one is the right app or page; `app`:
 * the one that is installed; `identity`: how we know who the customer is.
 */
export type Matter = 'contact' | 'link' | 'number' | 'entry' | 'app' | 'identity' | 'licence' | 'bot';

/** 「我装的 App 是不是假的」 */
export const INSTALLED =
  /(?:我|已经).{0,3}(?:装|下|用).{0,4}(?:app|软件).{0,8}(?:真|假|对|官方)|my app .{0,8}(?:real|fake|genuine)|is (?:this|the|my) app (?:real|fake|genuine)/iu;

/** The first that fits decides: somebody who leads the customer is more urgent than a question. */
const SIGNS: readonly (readonly [Matter, RegExp])[] = [
  ['licence', /牌照|资质|许可证|正规公司|认证的?标志|licen[cs]e|permit/u],
  [
    'bot',
    /(?:你|您)(?:本人|自己)?是.{0,6}(?:官方的?客服|机器人|真人|骗子|ai\b|人工智能)|信你|会不会骗我|are you (?:a |an |the )?(?:bot|robot|real|official|human)|trust you/u,
  ],
  [
    'identity',
    /(?:怎么|咋|凭(?:什么|啥)).{0,4}(?:知道|认|确认|核实|证明).{0,6}(?:我|本人)|how (?:do|can|will) you (?:know|tell).{0,8}(?:me|i am|im|who)/u,
  ],
  ['app', INSTALLED],
  [
    'number',
    /(?:热线|客服电话|电话)(?:到底)?(?:是)?(?:哪|多少)|(?:真嘅|真的)热线|真嘅热线|热线|专线|电话.{0,6}怕|hotline|(?:phone|service) number/u,
  ],
  [
    'contact',
    /打电话|来电|电话说|接(?:了)?个?电话|打嚟|回拨|打来|打过来|自称|专员|工号|加我|加了|微信.{0,6}(?:客服|我)|line|共享|远程|会议软件|验证码|安全账户|保证金|手续费|百万保障|代解绑|内部解绑|私信|工作证|退款专员|银保监会的人|说是你们|他知道|他说|对方|called me|phone call|texted me|someone (?:called|said|says|claims)|added me|shar.{0,6} screen|remote|verification code|safe account|deposit|claims? to be|(?:he|she|they) (?:said|says|know)/iu,
  ],
  [
    'entry',
    /(?:官网|app|公众号|小程序|网址).{0,6}(?:是哪|哪个|叫什么|给我|给个|发一下)|which (?:app|site|website|page) is|what is the official/iu,
  ],
  [
    'link',
    /链接|短信|短讯|简讯|邮件|网址|二维码|钓鱼|页面|通道|link|点|text message|\bsms\b|e-?mail|\bqr\b|phishing|\burl\b|clicked/iu,
  ],
  [
    'entry',
    /官网|官方.{0,3}(?:app|公众号|入口|网站)|app|小程序|应用商店|公众号|图标|网页|哪个是|边个|抖音|蓝v|开发者|official|website/iu,
  ],
];

/** What the words are about; undefined when they show nothing (「真的假的」). */
export function matterIn(said: string): Matter | undefined {
  return SIGNS.find(([, sign]) => sign.test(said))?.[0];
}

/** Talk that swindlers use, each with the line that takes it apart. */
export const TALK: readonly (readonly [RegExp, TextKey])[] = [
  [/征信|老赖|冻结|起诉|坐牢|credit record|\bsue\b|court|jail/u, 'official-channel.talk-threat'],
  [
    /安全账户|安全帐户|保证金|手续费|解冻费|转账|转钱|汇款|付钱|交钱|收费|50块|88|safe account|deposit|\bfees?\b|transfer|\bpay\b/u,
    'official-channel.talk-money',
  ],
  [
    /共享|远程|会议|下载|装个?软件|装个?app|shar.{0,6} screen|remote|download|install/iu,
    'official-channel.talk-screen',
  ],
  [/验证码|密码|背面三位|有效期|安全码|\bcodes?\b|password|\bcvv\b/u, 'official-channel.talk-codes'],
  [/百万保障|会员费|自动扣|每月扣|insurance|membership fee/u, 'official-channel.talk-insurance'],
  [
    /知道我|报得出|报出|名字.{0,6}(?:尾号|后四位|卡号)|工作证|工号|盖着|knows? my|last four|work (?:id|pass)|badge/u,
    'official-channel.talk-knows',
  ],
];

/** The line for the talk that the words tell of. */
export function talkIn(said: string): TextKey | undefined {
  return TALK.find(([sign]) => sign.test(said))?.[1];
}
