import type { TextKey } from '../../locales/index.ts';
import { isBareAnswer } from '../kit/index.ts';
import { plainWords, sizeOf } from '../kit/words.ts';
import { yesNoOf } from '../kit/yes-no.ts';

/** How the bank stands, as the customer tells it; `told`: the words are for a person. */
export type Reading =
  | { kind: 'frozen' | 'busy' | 'not-yet' | 'false-alarm' | 'left' | 'unclear' | 'told' }
  | { kind: 'asks'; answer: TextKey };

/** What people ask in between; each is answered with one line. */
export const FIRST_AID_ASKED: readonly [RegExp, TextKey][] = [
  [/先.{0,3}哪|哪.{0,2}先|先做什么|先干|what .{0,12}first|first (?:thing|step)/u, 'fraud.bankFirst'],
  [
    /没挂(?!失)|还在.{0,4}(?:电话|通话|线上|共享|说话)|一直催|催我|(?:再|又|还要?).{0,4}(?:交|转|付|汇)|手续费|保证金|解冻费|pay (?:more|again)|still on the (?:phone|line|call)|screen ?shar|pushing me/u,
    'fraud.hangUp',
  ],
  [
    /(?:怎么|如何|去哪|哪里|咋|怎样).{0,4}(?:冻结|挂失|打|停)|(?:电话|号码)(?:是)?多少|卡(?:也)?不在|没带卡|how (?:do|can|to).{0,10}(?:freeze|block|report)|(?:phone|which) number|dont have the card/u,
    'fraud.howToFreeze',
  ],
  [
    /追回|追得回|要回|要得回|退回|找回|能退|赔|money back|refund|recover|get (?:it|my money) back/u,
    'fraud.money',
  ],
  [
    /(?:能不能|可以|帮我|直接|现在).{0,6}解绑|解绑(?:不行|可以|行)吗|(?:can|should) (?:i|you).{0,10}unbind|unbind (?:it )?now/u,
    'fraud.unbindLater',
  ],
];

const HARM = /骗|盗|不是我(?!想)|没刷过|唔系我|scam|fraud|stolen|(?:wasnt|not) me|didnt (?:buy|pay|make)/u;
const HARMLESS =
  /虚惊|搞错了|弄错了|误会|想起来了|认得了|是我(?:自己|老婆|老公|爱人|家人|儿子|女儿|孩子|爸|妈)?.{0,4}(?:刷|买|付|充)的|false alarm|my mistake|i remember|it was (?:me|my)|misunderst/u;
const NOT_YET =
  /(?:还没|没|没有?|未)(?:来得及)?(?:冻|挂失|打|弄|办|呢)|还没|马上去|这就去|正在打|not yet|havent|didnt|not frozen|calling (?:them )?now|(?:ill|will) call/u;
const BUSY =
  /打不通|占线|没人接|打不进|一直排队|转不到人|busy|no ?(?:one|body) (?:answers|picks)|cant (?:get|reach)/u;
const FROZEN =
  /(?:冻结|冻|挂失|停用|锁)(?:了|好|完|上|掉|成功|过)|(?:办|弄|打)(?:好|完|过)了?|都打过|frozen|froze|blocked|reported|\bdone\b/u;
const LEFT = /^(?:算了|不用了|不用|不弄了|先这样|不需要)|^(?:nevermind|forgetit|noneed)/u;

/** Words of this size say more than how the bank stands. */
const A_STORY = 14;

/** Reads an answer to 「银行那边冻结了吗」. */
export function bankReading(said: string): Reading {
  const words = plainWords(said);
  if (!HARM.test(said) && HARMLESS.test(said)) return { kind: 'false-alarm' };
  const asked = sizeOf(said) <= 2 * A_STORY ? FIRST_AID_ASKED.find(([asks]) => asks.test(said)) : undefined;
  if (asked) return { kind: 'asks', answer: asked[1] };
  if (BUSY.test(said)) return { kind: 'busy' };
  if (LEFT.test(words)) return { kind: 'left' };
  if (FROZEN.test(said) && !NOT_YET.test(said)) return { kind: 'frozen' };
  if (isStory(said)) return { kind: 'told' };
  const yes = yesNoOf(said);
  if (yes === true) return { kind: 'frozen' };
  if (yes === false || NOT_YET.test(said)) return { kind: 'not-yet' };
  return words.length < 4 || isBareAnswer(said) ? { kind: 'unclear' } : { kind: 'told' };
}

/** Says enough to be passed on as it is. */
export function isStory(said: string): boolean {
  return sizeOf(said) >= A_STORY;
}

/** Somebody is leading the customer at this moment. */
export function isBeingLed(said: string): boolean {
  return /没挂(?!失)|还在.{0,4}(?:电话|通话|线上)|屏幕共享|共享屏幕|共享了屏幕|远程|自己(?:在)?动|一直催|会议软件|still on the (?:phone|line|call)|screen ?shar|remote|anydesk|teamviewer|\bzoom\b/u.test(
    said,
  );
}
