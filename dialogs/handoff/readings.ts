import { sizeOf } from '../kit/words.ts';
import { yesNoOf } from '../kit/yes-no.ts';

/** 「不用了」「别转了」: no message to a person, but the wish not to send one. */
export function wantsOut(text: string): boolean {
  return (
    yesNoOf(text) === false ||
    /^(?:还是)?(?:算了|别转|不转|不用转|先不|不要转|不找)|^(?:never ?mind|forget it|no need|dont (?:transfer|pass)|not now|cancel)/u.test(
      text.trim(),
    )
  );
}

/** What somebody who is waiting already wants, when it is nothing to pass on: the same button again is none. */
export function wishWhileWaiting(text: string): 'leave' | 'changed-mind' | undefined {
  if (sizeOf(text) <= 12 && /取消|不排|不等|撤回|撤销|cancel|leave|stop wait/u.test(text)) return 'leave';
  return wantsOut(text) ||
    /^没有?(?:要补充|别的|其他|了)|^(?:转|找|要)?(?:人工|真人)(?:客服)?$|^(?:nothing|no more|thats all)/u.test(
      text.trim(),
    )
    ? 'changed-mind'
    : undefined;
}
