import { latinWords, plainWords } from './words.ts';

const LEAD =
  '(?:嗯|恩|哦|噢|好|行|可以|那|就|我|咱|还是|算|了|吧|不|先|今天|现在|呢|着|太晚|没空|没时间|在忙|的)*';
const NO_TIME = '(?:没空|没时间|没功夫|(?:在|正|太|有点)忙(?:着呢)?|不得闲|唔得闲|不方便)';
const LATER =
  '(?:过)?(?:明天|明儿|明早|明晚|听日|后天|下周|下次|下回|改天|改日|第日|回头|晚点|晚些|晚上|迟点|迟些|迟啲|以后|之后|过[几两]天|过(?:一)?阵子?|等?有(?:空|时间)|得闲)';
const SOON = '(?:等(?:会|下|一下|一会)?|待会|一会|过会|过一会)儿?';
const DOES =
  '(?:来|说|弄|搞|办|看|看看|整|讲|讲啦|算|联系|处理|考虑|考虑考虑|过来|上来|回来|继续|接着(?:来|弄|办)|解绑?|交|传|提交|登记|问|找[你您])';
const CONSIDERS = '(?:让)?我?(?:再|先)?(?:考虑|想想|想一下|考虑考虑|考虑一下|商量一下|商量商量)';
const AFTER = '(?:一下|看看|[你您]们?|先|住先|啦|喇)*';

const PUTS_OFF = new RegExp(
  `^${LEAD}(?:${LATER}(?:再|先)?(?:${DOES})?|${SOON}再${DOES}|再说|${NO_TIME}(?:${LATER}(?:再)?(?:${DOES})?)?|先这样|${CONSIDERS})${AFTER}$`,
  'u',
);
const ENGLISH =
  /^(?:(?:no|ok|okay|not now|maybe|well|sorry|ill|i will|let me|lets|do (?:it|that|this)|come back|get back to you|think about (?:it|that)) )*(?:later|tomorrow|tonight|another (?:time|day)|some other time|next time|not today|think about it|think it over|come back|im busy)(?: (?:now|then|ok|maybe|please|thanks|thank you))*$/;

/** 「算了明天再来」「改天再说」「等有空再弄」: the words put off what was offered, and say nothing else. */
export function putsOff(text: string): boolean {
  return PUTS_OFF.test(plainWords(text)) || ENGLISH.test(latinWords(text));
}

const DECLINES = /^(?:先不|晚点|稍后|我再等等|我自己|不用|不同意|不撤回)/u;

/** Whether a label says 「not now」 or 「no need」 to what was offered; `label` in the reference language. */
export function declines(label: string): boolean {
  return DECLINES.test(label);
}
