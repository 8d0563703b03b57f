import { putsOff } from './not-now.ts';
import { latinWords, plainWords, withoutCorrection } from './words.ts';

/** What comes before an answer and says nothing of its own. */
const LEAD = '(?:嗯|恩|哦|噢|喔|啊|那|就|我|都|其实|真的)*';
const YES_WORDS = [
  '嗯|恩|哦|噢|好|好滴|好吗|行|成|可以|可|是|对|对头|没问题|冇问题|没毛病|没错|继续|同意|确认|确定|要|需要|想|愿意|有|有几个',
  '来|走|走起|转|帮我转|得|中|系|啱|必须|当然|就是|正是|确实|的确|是这样|妥|弄|办|试|试试|开始|接着来|准备好|可行',
  '(?:这样|这么办|按这个来)|麻烦[你您]|拜托(?:你|您)?|(?:是)?(?:我|本人|我本人|我自己)',
].join('|');
const NO_WORDS = [
  '不|不是|不用|不了|不要|不需要|不行|不可以|不同意|不愿意|不想要?|不对|不好|不必|不用谢|不用麻烦|别|免|拒绝|没必要|否|否定',
  '没|没有|没有?(?:别|其他|其它)|没呢|木有|冇|都没有?|一[个样张项]都没有?|并没有|从来没有|(?:还|也)(?:没有?|未)|暂时(?:不用?|不要|没有?)',
  '先不(?:要|用|了|弄|办)?|算|算了吧|唔(?:系|要|使|好)|不是(?:我|本人|我本人|我自己|我弄|我办)',
].join('|');
const AFTER = '[的了啊呀]*';
/** Said once or again, and then perhaps affirmed: 好好好, 对的对的, 嗯可以. Not any two: 中行 is a bank. */
const answering = (words: string, affirmed: string) =>
  `^${LEAD}(${words})${AFTER}(?:\\1${AFTER})*(?:(?:${affirmed})${AFTER})*$`;
const YES = new RegExp(`${answering(YES_WORDS, '好|是|对|可以|没问题|同意|确认|确定')}|^那?麻烦$|^1$`, 'u');
const NO = new RegExp(`${answering(NO_WORDS, '不|不是|不用|不要|没有')}|^2$`, 'u');
/** Without a word: 👌. What colours or frames them counts for nothing. */
const SIGNS = { yes: /^[👌👍✅\u2714\u221a☑🆗💯🙆]+$/u, no: /^[❌\u2716\u2717\u00d7🙅👎🚫]+$/u };
const UNMARKED = /\s|\ufe0f|\u200d|♀|♂|[\u{1f3fb}-\u{1f3ff}]/gu;
/** 「得了吧」 is no yes. */
const SCORN = /^得了吧/u;

const ENGLISH_YES =
  /^(?:y|yes|yep|yea|yeah|yup|ya|sure|sure thing|k|kk|okk|okie|of course|certainly|ok|okay|fine|alright|all right|right|correct|exactly|agree|thats right|thats correct|agreed|i agree|i do|i am|i have|i did|it is|it does|they are|please|please do|go ahead|sounds good|lets go|lets do it|why not|definitely|absolutely|confirm|confirmed)(?: (?:please|thanks|thank you|i do|i am|i have|i did|it is|it does|i agree|sure|yes|yea|ok|go ahead|do it|that works))*$/;
const ENGLISH_NO =
  /^(?:n|no|nono|nope|nah|not now|not yet|not really|no need|no way|never mind|nevermind|not at all|i dont|i do not|i didnt|i havent|i am not|im not|its not|it isnt|it doesnt|they arent|dont|do not|wrong|incorrect|i disagree)(?: (?:please|thanks|thank you|i dont|i do not|i didnt|i havent|im not|its not|it isnt|it doesnt|not yet|no|yet|now|for now))*$/;

/** Plain English yes and no, thanks and little words around it included. */
function englishYesNo(text: string): boolean | undefined {
  const words = latinWords(text);
  if (!words) return undefined;
  if (ENGLISH_NO.test(words)) return false;
  return ENGLISH_YES.test(words) ? true : undefined;
}

/** 「算了,不弄了」 is no answer to a question, but the wish to stop. */
const GIVES_UP = /不(?:想)?(?:弄|办|搞|整)了|^算了?.{0,3}(?:不解|取消|退出)/u;

/** 「对了,会影响征信吗」 changes the subject. */
const BY_THE_WAY = /^\s*(?:哎|诶|哦)?[,，\s]*对了[^\p{L}\p{N}]*[\p{L}\p{N}]/u;

function signYesNo(text: string): boolean | undefined {
  const signs = text.replace(UNMARKED, '');
  if (SIGNS.no.test(signs)) return false;
  return SIGNS.yes.test(signs) ? true : undefined;
}

function wordYesNo(words: string): boolean | undefined {
  if (NO.test(words)) return false;
  return YES.test(words) ? true : undefined;
}

/** Yes and no as people type them, in simplified characters or English; undefined when it is neither. */
export function yesNoOf(text: string): boolean | undefined {
  // 「不是,我是说…」 puts right what was said before; what counts is the rest.
  const corrected = withoutCorrection(text);
  if (corrected !== text) return yesNoOf(corrected);
  const sure = signYesNo(text) ?? englishYesNo(text);
  if (sure !== undefined || SCORN.test(text)) return sure;
  // 「不用谢谢」「好的谢谢」: thanks do not change an answer.
  const words = plainWords(plainWords(text).replace(/(?<=.)(?:谢谢|多谢|唔该)[你您]?$/u, ''));
  const whole = wordYesNo(words);
  // 「好,明天再来」 is no yes.
  if (whole !== undefined || putsOff(text)) return whole;
  // 「好的,谢谢」「嗯对的」「可以,我同意」: the first part decides when it alone is an answer.
  const [first = ''] = text.split(/[,,。.!!;;\s]+/u);
  const opening = plainWords(first);
  if (opening === words || words.length > 12 || GIVES_UP.test(text) || BY_THE_WAY.test(text))
    return undefined;
  if (/^[a-z]+$/.test(opening)) return englishYesNo(text.split(/[,，。.!！;；]+/u)[0] ?? '');
  return wordYesNo(opening);
}
