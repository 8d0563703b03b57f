import { placeOf, plainWords, sizeOf } from './words.ts';
import { yesNoOf } from './yes-no.ts';

const ACKNOWLEDGED = /^(?:我?知道|收到|明白|了解|懂|清楚)$/u;

/** Longer ones say more: 「成了 列表里没了」. */
const MOST = 5;

/** An answer that says nothing without its question: 好, 不用, 1, 知道了. */
export function isBareAnswer(text: string): boolean {
  return (
    (yesNoOf(text) !== undefined && sizeOf(text) <= MOST) ||
    placeOf(text) !== undefined ||
    ACKNOWLEDGED.test(plainWords(text))
  );
}
