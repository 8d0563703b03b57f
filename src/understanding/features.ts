import { pinyin } from '@napi-rs/pinyin';
import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict.js';
import { BUSINESS_WORDS } from './lexicon.ts';

/** Raised when the features of a text change: models of another version are trained anew. */
export const FEATURES_VERSION = 1;

const jieba = Jieba.withDict(dict);
jieba.loadDict(Buffer.from(BUSINESS_WORDS.map((word) => `${word} 100000 n\n`).join('')));

/** Words of a canonical text. */
export function wordsOf(text: string): string[] {
  return jieba.cut(text, false).filter((word) => word !== ' ');
}

function pinyinOf(text: string): string[] {
  return pinyin(text.replaceAll(' ', '')).flat();
}

/**
 * The set of features of a canonical text: words (`w:`), characters and pairs of characters (`c:`)
 * and pairs of syllables (`p:`), which hold when a word is typed with the wrong character.
 */
export function featuresOf(text: string): string[] {
  const features = new Set<string>();
  for (const word of wordsOf(text)) features.add(`w:${word}`);
  const characters = ['^', ...text, '$'];
  for (const [i, character] of characters.entries()) {
    if (i > 0 && i < characters.length - 1 && character !== ' ') features.add(`c:${character}`);
    if (i > 0) features.add(`c:${characters[i - 1]}${character}`);
  }
  const syllables = ['^', ...pinyinOf(text), '$'];
  for (let i = 1; i < syllables.length; i++) features.add(`p:${syllables[i - 1]} ${syllables[i]}`);
  return [...features];
}
