import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict.js';
import { BUSINESS_WORDS } from './lexicon.ts';

const jieba = Jieba.withDict(dict);
jieba.loadDict(Buffer.from(BUSINESS_WORDS.map((word) => `${word} 100000 n\n`).join('')));

/** Cuts a text into words; joined, they are the text again. */
export function segment(text: string): string[] {
  return jieba.cut(text, false);
}
