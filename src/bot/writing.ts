import type { Locale } from '../domain/locale.ts';
import { countScripts } from './scripts.ts';

/** What a message shows of the language its writer uses. `zh`: Chinese, in characters that both scripts share. */
export interface Writing {
  language: Locale | 'zh';
  /** Enough to be followed at once; without it, a second message has to show the same. */
  clear: boolean;
}

/** Not the writer's own language: what is quoted, masked or linked, codes and numbers, names of banks. */
const NOT_OWN =
  /["“”][^"“”]{2,}["“”]|「[^」]*」|『[^』]*』|《[^》]*》|‘[^’]*’|〔[^〕]*〕|https?:\S+|\p{Script=Han}{2,8}(?:银行|銀行)|[\w*-]*\d[\w*-]*/gu;

/** Latin words that people who write Chinese use as well. */
const SHARED =
  /^(?:ok|okay|yes|no|hi|hello|hey|bye|thanks|thx|app|id|sms|pin|otp|vip|pos|atm|ios|android|iphone|wifi|line|wechat|alipay|email|error|code|etc|pdf|jpg|png|kyc|cmb|icbc|ccb|abc|boc|apple|pay|visa|mastercard|unionpay|netflix|spotify)$/;
/** First person and questions: error messages speak in the second person and ask nothing. */
const PERSONAL =
  /^(?:i|im|ive|id|ill|my|mine|me|we|our|us|how|what|whats|why|when|where|wheres|which|who|can|could|cant|want|need|help)$/;
const LITTLE =
  /^(?:a|an|the|to|of|in|on|for|with|and|but|or|not|is|are|am|was|were|be|been|it|its|this|that|there|you|your|do|does|did|dont|doesnt|didnt|have|has|had|will|would|should|please|from|by|at|if|so|still|again|any|all|they|he|she|just|cannot)$/;

function englishIn(text: string): { words: number; personal: number; little: number } {
  const words = (
    text
      .toLowerCase()
      .replace(/['’]/g, '')
      .match(/[a-z]+/g) ?? []
  ).filter((w) => !SHARED.test(w));
  const count = (kind: RegExp) => words.filter((word) => kind.test(word)).length;
  return { words: words.length, personal: count(PERSONAL), little: count(LITTLE) };
}

function english(text: string): Writing | undefined {
  const { words, personal, little } = englishIn(text);
  if (words >= 3 && personal >= 1) return { language: 'en', clear: true };
  // 「Operation failed, please try again later」 may be pasted; who goes on like this writes English.
  return words >= 2 && personal + little >= 1 ? { language: 'en', clear: false } : undefined;
}

/** Written in both scripts; beside traditional characters it is Hong Kong's. */
const CANTONESE = /[唔嘅咗冇喺哋]/u;

function chinese(text: string, characters: number): Writing {
  const { simplified, traditional } = countScripts(text);
  if (traditional > 0 && simplified === 0)
    return { language: 'zh-TW', clear: traditional >= 2 || CANTONESE.test(text) };
  if (simplified > 0 && traditional === 0) return { language: 'zh-CN', clear: simplified >= 2 };
  // Both: a name or a pasted line in the other script.
  if (traditional > 2 * simplified) return { language: 'zh-TW', clear: false };
  if (simplified > 2 * traditional) return { language: 'zh-CN', clear: false };
  return { language: 'zh', clear: characters >= 4 };
}

/** The language a message is written in; undefined when it shows none: a number, a name, 「ok」, an error code. */
export function writingOf(text: string): Writing | undefined {
  const own = text.normalize('NFKC').replace(NOT_OWN, ' ');
  const characters = (own.match(/\p{Script=Han}/gu) ?? []).length;
  if (characters === 0) return english(own);
  const { words, personal } = englishIn(own);
  // 「It says 账户异常, what should I do」
  if (words >= 4 && personal > 0 && 2 * words > characters) return { language: 'en', clear: true };
  return characters >= 2 && characters > words ? chinese(own, characters) : undefined;
}
