import type { TurnContext } from 'botbuilder';
import { currentPlan, saidIn, turnOf } from '../kit/index.ts';
import type { ComeBackOptions } from './come-back.ts';

/** Somebody comes back to what was begun: 「昨天聊到一半」「接着办」. */
const GOES_ON =
  /^(?:那|那就|我们|我)?(?:接着|继续)(?:办|来|弄|聊|说|处理|做|解)?(?:吧|解绑)?$|(?:聊|说|办|弄|做|讲)到一半|上次(?:聊|说|办|弄|讲)|我又?回来了|^(?:lets )?(?:go on|continue|carry on)(?: please)?$|where were we|im back/u;

/** Something that was waited for has come about: 「弄好了」「解锁了」「到账了」. */
const IS_DONE =
  /^(?:我|那个|银行那边|平台那边)?(?:都|已经)?(?:弄|办|搞|处理|全)?(?:好|完|妥)了$|^(?:都|已经)?(?:搞定|解锁|解开|解冻|通过|到账|到帐|入账|结清|清掉|还清|付清|恢复)(?:了|啦)$|维护(?:好|完|结束)了$|^(?:its |all )?(?:done|sorted|unlocked|settled)(?: now)?$/u;

/** What has a topic of its own. */
const ELSEWHERE = /审核|案件|进度|提醒|jb\d|review|case|progress|remind/u;

function bare(words: string): string {
  return words.replace(/[\p{P}\p{S}]+/gu, '').trim();
}

/** Whether the words take up again what was left, without saying anything else. */
export function goesOn(context: TurnContext): boolean {
  const words = bare(saidIn({ context }));
  return words.length <= 24 && GOES_ON.test(words) && !ELSEWHERE.test(words);
}

/** 「昨天聊到一半手机没电了」: more than being back, there was something. */
export function asksWhereItStopped(context: TurnContext): boolean {
  return goesOn(context) && /一半|上次|昨天|where were we/u.test(saidIn({ context }));
}

/** Whether the customer comes back to the plan where nothing else is open; and in what way. */
export function comesBack(context: TurnContext): ComeBackOptions['back'] | undefined {
  const { understanding } = turnOf(context);
  if (!understanding || !currentPlan(context)) return undefined;
  const words = bare(saidIn({ context }));
  if (goesOn(context) || (IS_DONE.test(words) && !ELSEWHERE.test(words))) return 'said';
  return understanding.decision === 'accept' && understanding.intent === 'greet' ? 'greeted' : undefined;
}
