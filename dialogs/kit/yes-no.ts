import { plainWords } from './words.ts';

const YES =
  /^(?:嗯+|恩+|哦|好|好滴|好呀|好吗|行|成|可以|可|是|是啊|是我|是我本人|对|對|沒問題|繼續|对对|没错|同意|我同意|确认|确定|要|我要|需要|想|愿意|没问题|ok|okay|yes|y|yep|yeah|有|有几个|继续|来吧|来|走|准备好|是这样|就是|当然|必须|得|中|係|係呀|得啦|好啊|好的好的|嗯嗯好|1)$/u;
const NO =
  /^(?:不|不是|不是我|不是我本人|不用|不用了|不了|不要|不需要|不行|不可以|不同意|不愿意|不想|不对|不了|没|没有|没有了|沒有|都没有|没呢|否|否定|先不|先不要|先不用|算|算了吧|no|n|nope|暂时不|暂时不用|不必|不用谢|别|别了|唔係|唔要|唔使|还没|还没有|還沒|還沒有|沒|不對|2)$/u;

/** 「算了,不弄了」 is no answer to a question, but the wish to stop. */
const GIVES_UP = /不(?:想)?(?:弄|办|搞|整)了|^算了?.{0,3}(?:不解|取消|退出)/u;

/** Yes and no as people type them; undefined when it is neither. */
export function yesNoOf(text: string): boolean | undefined {
  // 「不用谢谢」「好的谢谢」: thanks do not change an answer.
  const words = plainWords(plainWords(text).replace(/(?<=.)(?:谢谢|謝謝|多谢)[你您]?$/u, ''));
  if (NO.test(words)) return false;
  if (YES.test(words)) return true;
  // 「好的,谢谢」「嗯对的」「可以,我同意」: the first part decides when it alone is an answer.
  const [first = ''] = text.split(/[,,。.!!;;\s]+/u);
  const opening = plainWords(first);
  if (opening === words || words.length > 12 || GIVES_UP.test(text)) return undefined;
  if (NO.test(opening)) return false;
  return YES.test(opening) ? true : undefined;
}
