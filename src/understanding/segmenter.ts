import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Jieba } from '@node-rs/jieba';
import { BUSINESS_WORDS } from './lexicon.ts';

/** Seldomer words (half of the dictionary) are names and old literature: they cost memory and cut nothing better. */
const LEAST_FREQUENCY = 6;
const NEWLINE = 0x0a;
const SPACE = 0x20;

/** The lines `word frequency tag` with the words in common use, moved together where they lie. */
function commonWords(dictionary: Buffer): Buffer {
  let size = 0;
  for (let start = 0; start < dictionary.length; ) {
    const newline = dictionary.indexOf(NEWLINE, start);
    const end = newline === -1 ? dictionary.length : newline + 1;
    const number = dictionary.indexOf(SPACE, start) + 1;
    // Two digits or one that is large enough.
    const isCommon = dictionary[number + 1] !== SPACE || (dictionary[number] ?? 0) >= 0x30 + LEAST_FREQUENCY;
    if (isCommon) size += dictionary.copy(dictionary, size, start, end);
    start = end;
  }
  return dictionary.subarray(0, size);
}

const dictionary = createRequire(import.meta.url).resolve('@node-rs/jieba/dict.txt');
const jieba = Jieba.withDict(commonWords(readFileSync(dictionary)));
jieba.loadDict(Buffer.from(BUSINESS_WORDS.map((word) => `${word} 100000 n\n`).join('')));

/** Cuts a text into words; joined, they are the text again. */
export function segment(text: string): string[] {
  return jieba.cut(text, false);
}
