import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import { ENGLISH_ENOUGH } from '../kit/english.ts';
import { type Answer, ask, spoken } from '../kit/index.ts';
import { INSTALLED, TALK } from './readings.ts';

const NOTHING =
  /没有?(?:点|填|给|理|告诉|接|转|念|扫|下载|说|开|装|回|加|信|下)|没呢|什么都没|都没|冇|^(?:nothing|no\b)|(?:didnt|havent|have not|did not|never) /u;

const GIVEN = spoken(
  [
    [
      /(?:发|截).{0,3}(?:你|您)|帮我(?:看|点|打开)|send (?:it )?to you|can you open/u,
      'official-channel.doNotSend',
    ],
    [/牌照|许可证|资质|licen[cs]e|permit/u, 'licence'],
    [INSTALLED, 'app'],
    [
      /钱.{0,4}(?:没|少|扣|转|被)|转了|转咗|被骗了|扣了我|money.{0,12}(?:gone|lost|missing|taken)|transferred|paid them|scammed/u,
      'lost',
    ],
    [
      /点了.{0,4}没(?:填|给)|打开.{0,4}没填|只是点|就点了|只点|(?:only|just) (?:opened|clicked|tapped)|(?:opened|clicked|tapped).{0,24}(?:didnt|nothing|not)/u,
      'opened',
    ],
    [
      /(?:我|已经|都|刚)(?:就|全)?(?:填了|给了|念了|告诉.{0,2}了|说了|输了|报了)|填完了|念给|发给(?:他|她|对方)|^(?!.*\b(?:not|nothing|didnt|havent|never)\b).*\b(?:gave|told|entered|filled|typed|sent)\b/u,
      'given',
    ],
    [
      /^(?!.*[没未别]).*(?:(?:给|说|念|报|发|输|告诉)(?:他|她|对方)?了.{0,3}(?:验证码|密码|码)|(?:验证码|密码).{0,4}(?:给|说|念|报|发|输|告诉)(?:他|她|对方)?了)/u,
      'given',
    ],
    [
      /^下了$|下好了|点了|打开了|扫了|下载了|装了|开了|^(?!.*\b(?:not|nothing|didnt|havent|never)\b).*\b(?:opened|clicked|tapped|scanned|downloaded|installed)\b/u,
      'opened',
    ],
    [NOTHING, 'nothing'],
    ...TALK,
    [
      /怎么(?:办|核实|查|分)|那咋|哪里查|what (?:should|do) i do|how (?:do|can) i/u,
      'official-channel.howToCheck',
    ],
  ],
  { no: 'nothing' },
);

const CHECKED = spoken(
  [
    [/人工|真人|person|human|agent/u, 'person'],
    [INSTALLED, 'app'],
    [
      /有人|收到|打电话|短信|链接|加我|(?:他|她|那边|对方|那个.{0,6})说|收(?:我|了)?\d|(?:someone|they) (?:called|texted|wrote)|got (?:a )?(?:call|text|message)|\blink\b/u,
      'contacted',
    ],
    [/牌照|许可证|资质|licen[cs]e|permit/u, 'licence'],
    [/电话|热线|号码|number|hotline/u, 'number'],
    [/官网|app|公众号|小程序|入口|website|official/iu, 'entry'],
    [/知道|明白|懂|清楚|谢|好的|收到了/u, 'clear'],
    [ENGLISH_ENOUGH, 'clear'],
  ],
  { yes: 'clear', no: 'clear' },
);

/** 「点了、填了、给了没有?」 `nothing`, `opened`, `given`, `lost`, or the key of a line that answers a question. */
export function askGiven(step: WaterfallStepContext): Promise<DialogTurnResult> {
  return ask(step, {
    kind: 'choice',
    key: 'official-channel.given',
    choices: [
      { value: 'nothing', key: 'official-channel.nothing' },
      { value: 'opened', key: 'official-channel.opened' },
      { value: 'given', key: 'official-channel.gaveSomething' },
      { value: 'lost', key: 'official-channel.moneyGone' },
    ],
    spoken: GIVEN,
    retry: 'official-channel.givenRetry',
  });
}

/** What is to be checked, when the words did not show it. */
export function askWhich(step: WaterfallStepContext): Promise<DialogTurnResult> {
  return ask(step, {
    kind: 'choice',
    key: 'official-channel.which',
    choices: [
      { value: 'link', key: 'official-channel.name-link' },
      { value: 'contact', key: 'official-channel.name-contact' },
      { value: 'number', key: 'official-channel.name-number' },
      { value: 'entry', key: 'official-channel.name-entry' },
    ],
    spoken: spoken([
      [/打|来电|加我|客服说|他说|called?|texted|someone|says/u, 'contact'],
      [/短信|链接|邮件|码|网址|link|message|\bsms\b|mail|\bqr\b|\burl\b/u, 'link'],
      [/电话|号码|热线|number|hotline/u, 'number'],
      [/app|官网|公众号|小程序|入口|website|program/iu, 'entry'],
    ]),
  });
}

/** Whether the way to check was clear: `clear`, `contacted` or `person`. */
export function askChecked(step: WaterfallStepContext): Promise<DialogTurnResult> {
  return ask(step, {
    kind: 'choice',
    key: 'official-channel.checked',
    choices: [
      { value: 'clear', key: 'official-channel.clear' },
      { value: 'contacted', key: 'official-channel.wasContacted' },
      { value: 'person', key: 'common.toHuman' },
    ],
    spoken: CHECKED,
  });
}

/** The value of the choice that was made. */
export function chosen(step: WaterfallStepContext): string {
  const answer = step.result as Answer | undefined;
  return answer?.kind === 'choice' ? answer.value : '';
}
