import type { TextKey } from '../../locales/index.ts';
import { asides, isBareAnswer } from '../kit/index.ts';
import { plainWords, sizeOf } from '../kit/words.ts';
import { yesNoOf } from '../kit/yes-no.ts';

/** The wish to complain and politeness around it: what is left tells what the matter is. */
const WISH =
  /(?:我?(?:是|就|还|也)?(?:要|想|得|去)?)?(?:正式|书面)?(?:投诉|客诉|申诉|头诉|举报|检举|维权|维护|差评|反映|tousu)(?:你们|你哋|平台|客服|问题|一下|单|信|入口|到底)*|你们|你哋|我要|登记|记录|记上|麻烦|帮我|给我|请|\b(?:i (?:want|would like|need|wish) to|file|make|a|formal|complaints?|complain|about (?:you|this)|please)\b/giu;

const OUTSIDE =
  /12363|12378|12315|电话|热线|渠道|管道|入口|往哪|去哪|哪里|在哪|边度|归谁管|谁管|监管|银监|人行|人民银行|金管|消协|消保|where (?:can|do) i|regulator|authorit|central bank|hotline/u;
const TAKE_BACK = /(?:撤销|撤回|取消|撤)(?:投诉)?(?:不|吗|么|掉吗)|can i (?:withdraw|cancel|take back)/u;

const WHERE_ELSE =
  /归谁管|谁管|往哪|去哪|12363|12378|(?:投诉|举报|监管).{0,4}(?:电话|热线|渠道|入口)|where (?:else )?(?:can|do) i|regulator/u;

/** 「别跟我扯,归谁管」: short words that ask where else to complain; longer ones tell of it. */
export function asksOutside(said: string): boolean {
  return sizeOf(said) <= 20 && WHERE_ELSE.test(said);
}

/** The same, for a question's `asides`. */
export const OUTSIDE_ASKED = asides([[WHERE_ELSE, 'complaint.outside']]);

/** 「匿名行不行」: nothing to be written down as what happened. */
export function asksUs(said: string): boolean {
  return sizeOf(said) <= 14 && /(?:吗|么|行不行|可不可以|能不能|会不会|好不好)[?？\s]*$/u.test(said);
}

/** A person is asked for in the same breath. */
export function asksPerson(said: string): boolean {
  return /真人|人工|活人|human|real person|someone real/u.test(said);
}

/** 「撤回我的投诉」; a question whether that can be done is none. */
export function takesBack(said: string): boolean {
  return (
    /撤(?:回|销|掉|了)|不投诉了|(?:withdraw|cancel|drop) (?:my|the) complaint/u.test(said) &&
    !TAKE_BACK.test(said)
  );
}

/** What the opening words ask before anything is registered. */
export function openingQuestion(said: string): TextKey | undefined {
  if (TAKE_BACK.test(said)) return 'complaint.canTakeBack';
  return OUTSIDE.test(said) ? 'complaint.outside' : undefined;
}

/** The opening words tell already what the complaint is about. */
export function saysWhat(said: string): boolean {
  return openingQuestion(said) === undefined && sizeOf(said.replace(WISH, '')) >= 6;
}

/** What comes instead of a complaint in the customer's own words. */
export function insteadOfWords(said: string): 'yes' | 'no' | 'empty' | undefined {
  const words = plainWords(said);
  if (
    /^(?:还是)?(?:算了|不投诉|不登记|先不|不用|不要)|^(?:nevermind|forgetit|notnow)/u.test(words) &&
    words.length <= 10
  )
    return 'no';
  const yes = yesNoOf(said);
  if (yes !== undefined) return yes ? 'yes' : 'no';
  return words.length < 3 || isBareAnswer(said) || plainWords(said.replace(WISH, '')) === ''
    ? 'empty'
    : undefined;
}
