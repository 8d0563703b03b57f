import type { Intent } from '../domain/intent.ts';
import { RULES } from './lexicon.ts';

const compiled = RULES.map(({ intent, when, unless }) => ({
  intent,
  when: when.map((pattern) => new RegExp(pattern, 'u')),
  unless: unless.map((pattern) => new RegExp(pattern, 'u')),
}));

const BOTH_ENDS = /^[\p{P}\p{S}\p{Z}]+|[\p{P}\p{S}\p{Z}]+$/gu;

const some = (patterns: readonly RegExp[], text: string) => patterns.some((pattern) => pattern.test(text));

/** What the rules say of a folded text, whatever the model thinks. Fraud comes before all. */
export function consultRules(folded: string): { intent: Intent | undefined; doubtful: Intent[] } {
  const text = folded.replace(BOTH_ENDS, '');
  const intent = compiled.find(({ when, unless }) => some(when, text) && !some(unless, text))?.intent;
  // 不要转人工, 会不会被盗刷: the words are there, the wish is not.
  const doubtful = compiled.filter(({ when, unless }) => some(when, text) && some(unless, text));
  return { intent, doubtful: doubtful.map((rule) => rule.intent) };
}

const CORRECTION =
  /(?:我)?(?:又|并|说的|要的)?不是(?:想|要|说|问|来)?[^,.;!?。,;\s]{1,14}?[,.;!?。\s]*(?:而)?(?:我)?是(?:想|要|说|问|来)/u;

/**
 * 不是查进度,让审核的人联系我 · 不是验证码的事 是一直失败: a whole clause that only says what is not
 * wanted or not meant. 「不是我的卡」 is no such clause: whose card it is, is the point.
 */
const SET_ASIDE =
  /(?:(?:我)?(?:又|并|也)?(?:不是|唔系)(?:要|想|来|问|查|报|说|催|会)|(?:我)?(?:又|并)?(?:没说|没想|别问)(?:我)?要?|(?:^|[,.;!?。\s])(?:不是|唔系)(?!.{0,2}(?:我|本人|同一|持卡|他|她|一样)))[^,.;!?。\s]{1,14}[,.;!?。\s]+(?=.{4})/u;

/**
 * `我不是要绑卡是要解绑` -> `解绑`: what a customer sets aside must not speak for an intent.
 * Returns the text unchanged when there is no such correction.
 */
export function withoutCorrection(text: string): string {
  const corrected = text.replace(CORRECTION, ' ').trim();
  const rest = corrected.length < 2 ? text : corrected;
  const wish = rest.replace(SET_ASIDE, ' ').trim();
  return wish.length < 4 ? rest : wish;
}
