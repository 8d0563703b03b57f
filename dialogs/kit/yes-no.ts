import { latinWords, plainWords } from './words.ts';

const YES =
  /^(?:嗯+|恩+|哦|好|好滴|好呀|好吗|行|成|可以|可|是|是啊|是我|是我本人|对|没问题|继续|对对|没错|同意|我同意|确认|确定|要|我要|需要|想|愿意|有|有几个|来吧|来|走|转|帮我转|准备好|是这样|就是|当然|必须|得|中|系|系呀|得啦|好啊|好的好的|嗯嗯好|1)$/u;
const NO =
  /^(?:不|不是|不是我|不是我本人|不用|不用了|不了|不要|不需要|不行|不可以|不同意|不愿意|不想|不对|没|没有|没有了|都没有|没呢|否|否定|先不|先不要|先不用|算|算了吧|暂时不|暂时不用|不必|不用谢|别|别了|唔系|唔要|唔使|还没|还没有|2)$/u;

const ENGLISH_YES =
  /^(?:y|yes|yep|yeah|yup|ya|sure|of course|certainly|ok|okay|fine|alright|all right|right|correct|exactly|agree|thats right|thats correct|agreed|i agree|i do|i am|i have|i did|it is|it does|they are|please|please do|go ahead|sounds good|lets go|lets do it|why not|definitely|absolutely|confirm|confirmed)(?: (?:please|thanks|thank you|i do|i am|i have|i did|it is|it does|i agree|sure|yes|ok|go ahead|do it|that works))*$/;
const ENGLISH_NO =
  /^(?:n|no|nope|nah|not now|not yet|not really|no need|no way|never mind|nevermind|not at all|i dont|i do not|i didnt|i havent|i am not|im not|its not|it isnt|it doesnt|they arent|dont|do not|wrong|incorrect|i disagree|maybe later|later)(?: (?:please|thanks|thank you|i dont|i do not|i didnt|i havent|im not|its not|it isnt|it doesnt|not yet|no|yet|now|for now))*$/;

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

/** Yes and no as people type them, in simplified characters or English; undefined when it is neither. */
export function yesNoOf(text: string): boolean | undefined {
  const english = englishYesNo(text);
  if (english !== undefined) return english;
  // 「不用谢谢」「好的谢谢」: thanks do not change an answer.
  const words = plainWords(plainWords(text).replace(/(?<=.)(?:谢谢|多谢)[你您]?$/u, ''));
  if (NO.test(words)) return false;
  if (YES.test(words)) return true;
  // 「好的,谢谢」「嗯对的」「可以,我同意」: the first part decides when it alone is an answer.
  const [first = ''] = text.split(/[,,。.!!;;\s]+/u);
  const opening = plainWords(first);
  if (opening === words || words.length > 12 || GIVES_UP.test(text) || BY_THE_WAY.test(text))
    return undefined;
  if (/^[a-z]+$/.test(opening)) return englishYesNo(text.split(/[,，。.!！;；]+/u)[0] ?? '');
  if (NO.test(opening)) return false;
  return YES.test(opening) ? true : undefined;
}
