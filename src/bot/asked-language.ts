import type { Locale } from '../domain/locale.ts';
import { countScripts } from './scripts.ts';

/** A language that was asked for in so many words. `zh`: Chinese, whichever the customer has. */
export interface Asked {
  language: Locale | 'zh';
  /** The message says nothing else. */
  only: boolean;
}

/** The first that fits decides: 繁体中文 names Chinese, too. */
const NAMES: readonly (readonly [Asked['language'], string])[] = [
  ['zh-TW', '(?:繁体|正体|繁中)(?:中文|字|版)?|traditional(?: chinese)?'],
  ['zh-CN', '(?:简体|简中)(?:中文|字|版)?|simplified(?: chinese)?'],
  ['en', '英文|英语|english'],
  ['zh', '中文|汉语|华语|普通话|国语|chinese|mandarin'],
];

/** Where the language of something else is talked about: of the app, a name, a text message. */
const OF_SOMETHING_ELSE =
  /app|页面|界面|网站|官网|网页|手机|系统|短信|简讯|邮件|名字|姓名|英文名|中文名|护照|证件|合同|账单|拼音|\b(?:name|passport|page|website|letters?|sms|statement|screen|document)\b/;
/** Behind so many characters it is told about rather than asked for. */
const LONGEST = 60;

const POLITE =
  /^(?:请|麻烦|你好|您好|可以|能不能|能|可不可以|我想|我要|想|hi|hello|please|pls|can you|could you|can we|could we|do you|i want|id like|lets)+|(?:可以吗|好吗|行吗|吗|吧|谢谢|版本?|please|pls|thanks|thank you|only|now|instead)+$/g;

function patternsFor(name: string) {
  const verb = '说|讲|用|换|改|切|转|变|回答?|回复|写|打|会|懂|支持|有没有|有|要';
  const english =
    'speak|speaking|in|to|into|use|using|prefer|write|talk|reply|answer|switch|change|continue|support|know|understand';
  return {
    bare: new RegExp(`^(?:${name})$`),
    wished: new RegExp(`(?:${verb})[^,]{0,4}?(?:${name})|\\b(?:${english}) (?:\\w+ )?(?:${name})`),
    refused: new RegExp(
      `(?:不(?:会|懂|要|想|用|太懂|是很懂|认识)|别|看不懂|听不懂|读不懂|看唔明|唔识)[^,]{0,3}?(?:${name})|(?:${name})(?:我)?(?:看不懂|不懂|不会|不好)|\\b(?:dont|do not|cant|cannot) (?:really )?(?:speak|read|understand|know|write|use) (?:any )?(?:${name})`,
    ),
  };
}

const PATTERNS = NAMES.map(([language, name]) => ({ language, name, ...patternsFor(name) }));

/** Who does not read one language is asked about in the other. */
const INSTEAD: Record<Asked['language'], Asked['language']> = {
  'zh-TW': 'zh-CN',
  'zh-CN': 'zh-TW',
  en: 'zh',
  zh: 'en',
};

/** 「说英文」「English please」「用繁體中文」「看不懂英文」: reads words in simplified characters and lower case. */
export function askedLanguage(folded: string): Asked | undefined {
  const text = folded.replace(/['’]/g, '').trim();
  if (text.length > LONGEST || OF_SOMETHING_ELSE.test(text)) return undefined;
  const words = text.replace(/\s*[\p{P}\p{S}]+\s*/gu, ',').replace(/\s+/g, ' ');
  const bare = words.replaceAll(',', ' ').trim().replace(POLITE, '').trim();
  for (const { language, name, bare: alone, wished, refused } of PATTERNS) {
    if (alone.test(bare)) return { language, only: true };
    if (refused.test(words)) return { language: INSTEAD[language], only: isShort(words, name) };
    if (wished.test(words)) return { language, only: isShort(words, name) };
  }
  return undefined;
}

/** Around the name there is no more than the wish itself. */
function isShort(words: string, name: string): boolean {
  const rest = words.replace(new RegExp(name, 'g'), '').replaceAll(',', ' ').trim();
  return /\p{Script=Han}/u.test(rest) ? rest.replace(/\s/g, '').length <= 12 : rest.split(' ').length <= 8;
}

/** Chinese by the characters it was asked for in, else as the customer had it before. */
export function whichChinese(text: string, before: Locale): Locale {
  const { simplified, traditional } = countScripts(text);
  if (traditional > simplified) return 'zh-TW';
  return simplified > traditional || before === 'en' ? 'zh-CN' : before;
}
