import { placeOf, plainWords } from './words.ts';
import { yesNoOf } from './yes-no.ts';

const ACKNOWLEDGED = /^(?:我?知道|收到|明白|了解|懂|清楚)$/u;

/** An answer that says nothing without its question: 好, 不用, 1, 知道了. */
export function isBareAnswer(text: string): boolean {
  return yesNoOf(text) !== undefined || placeOf(text) !== undefined || ACKNOWLEDGED.test(plainWords(text));
}
