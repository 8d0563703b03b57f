import type { TurnContext } from 'botbuilder';
import { isLabel, saidIn } from '../kit/index.ts';
import { latinWords, sizeOf } from '../kit/words.ts';
import { yesNoOf } from '../kit/yes-no.ts';
import { CANCEL, KEEP_WAITING, MESSAGE, SELF_SERVICE } from './place.ts';

/** 「不用了」「别转了」: no message to a person, but the wish not to send one. */
export function wantsOut(text: string): boolean {
  return (
    yesNoOf(text) === false ||
    /^(?:还是)?(?:算了|别转|不转|不用转|先不|不要转|不找)|^(?:never ?mind|forget it|no need|dont (?:transfer|pass)|not now|cancel)/u.test(
      text.trim(),
    )
  );
}

/** What somebody who has left a message wants, when it is nothing to pass on: the same button again is none. */
export function wishWithMessage(text: string): 'leave' | 'changed-mind' | undefined {
  if (sizeOf(text) <= 12 && /取消|不等|撤回|撤销|cancel|stop wait/u.test(text)) return 'leave';
  return wantsOut(text) ||
    /^没有?(?:要补充|别的|其他|了)|^(?:转|找|要)?(?:人工|真人)(?:客服)?$|^(?:nothing|no more|thats all)/u.test(
      text.trim(),
    )
    ? 'changed-mind'
    : undefined;
}

/** What is understood while somebody waits; all else is for the agent. */
export type QueueWish = 'cancel' | 'self-service' | 'message' | 'keep' | 'progress';

const WORDS: readonly [QueueWish, RegExp, RegExp][] = [
  ['message', /留言|留个言/u, /\bleave a message\b|^message$/],
  [
    'self-service',
    /自助|机器人|自己来|自己弄|返回|回去/u,
    /\b(?:go on alone|on my own|myself|self service|back to (?:the )?bot|go back)\b/,
  ],
  [
    'keep',
    /^(?:那我?|我)?(?:继续|接着|再)?等(?:着|吧|一下|会儿)?$|继续等|接着等/u,
    /\bkeep waiting\b|^(?:i ll |ill )?wait$/,
  ],
  [
    'cancel',
    /取消|退出|不排|不等|别排|别转|不转|不用(?:人工|客服|了|转)|算了/u,
    /\b(?:cancel|leave the queue|stop waiting|never ?mind|no need)\b/,
  ],
  [
    'progress',
    /进度|第几|几位|几个人|多少人|多久|排到|到我|要等|(?:人|客服)呢|有人[吗么没]|^在(?:吗|不在)|怎么还没|没人(?:理|管)|^(?:我?要|转|找)?(?:人工|真人)(?:客服)?$/u,
    /\b(?:how long|how many|(?:any(?:one|body)|you) there|hello|position|place in|my turn|progress|status)\b/,
  ],
];
const LABELS = [
  ['cancel', CANCEL],
  ['self-service', SELF_SERVICE],
  ['message', MESSAGE],
  ['keep', KEEP_WAITING],
] as const;

/** Longer ones tell the agent something, whatever else they hold. */
const MOST_CHARACTERS = 12;
const MOST_LATIN = 40;

/** The wish behind a message in the queue, as a tapped label or in a few words; undefined for all else. */
export function queueWish(context: TurnContext): QueueWish | undefined {
  const tapped = LABELS.find(([, { key }]) => isLabel(context, key));
  if (tapped) return tapped[0];
  const said = saidIn({ context }).trim();
  const latin = latinWords(said);
  if (latin) return latin.length <= MOST_LATIN ? WORDS.find(([, , it]) => it.test(latin))?.[0] : undefined;
  return said.length <= MOST_CHARACTERS ? WORDS.find(([, it]) => it.test(said))?.[0] : undefined;
}
