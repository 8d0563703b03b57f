import type { TextKey } from '../../locales/index.ts';
import { type Case, triesAreOver } from '../../src/domain/case.ts';
import { type Answer, type Choice, type Spoken, spoken } from '../kit/index.ts';
import { yesNoOf } from '../kit/yes-no.ts';
import { isTalk } from './lines.ts';

/** What a customer can want after having heard how a case stands. */
export type Wish = 'wait' | 'later' | 'withdraw' | 'human' | 'resubmit' | 'guide' | 'diagnose';

interface Offer {
  question: TextKey;
  /** Before the question is asked again, when the answer was none. */
  retry: TextKey;
  /** Nothing is pending: what the customer says next need not lead back here. */
  done?: true;
  /** Readings of an answer in passing; absent = asked as free text. */
  spoken?: Spoken;
  /** The first is what a plain 「好」 means. */
  choices: (Choice & { value: Wish })[];
}

const WAIT: Offer['choices'][number] = { value: 'wait', key: 'case-status.wait' };
const LATER: Offer['choices'][number] = { value: 'later', key: 'case-status.understood' };
const WITHDRAW: Offer['choices'][number] = { value: 'withdraw', key: 'case-status.withdraw' };
const HUMAN: Offer['choices'][number] = { value: 'human', key: 'common.toHuman' };

/** What people ask about documents that came back, and the answer; the first that fits is given. */
const ASIDES: readonly (readonly [RegExp, TextKey])[] = [
  [/从头|重新排|排队|插队|另开|算新的|原来那个|作废/u, 'case-status.sameCase'],
  [/摄像头|像素|拍不|怎么拍|咋拍|手机.{0,4}(?:破|旧|差|不好|不行)|扫描/u, 'case-status.photoTips'],
  [/手持|贷款|挪用|盗用|冒用|泄露|泄漏|水印|不放心|不敢|怕/u, 'case-status.onlyListed'],
];

/** The answer to what the words ask about documents and their review. */
export function asideIn(said: string): TextKey | undefined {
  return ASIDES.find(([asked]) => asked.test(said))?.[1];
}

/** How a wish is said in passing where documents came back; another number is another case. */
export const RETURNED_ANSWERS = spoken(
  [
    [/jb[\s-]*\d{4}/u, 'other-case'],
    ...ASIDES,
    [/撤回|撤销|撤掉|撤了|不用审|不审了/u, 'withdraw'],
    [/人工|真人/u, 'human'],
    [/晚点|晚些|明天|回头|待会|等会|改天|先不|没空/u, 'later'],
    [/现在|补交|去补|重新传|重传|再传/u, 'resubmit'],
  ],
  { yes: 'resubmit', no: 'later' },
);

/** What is offered for a case in its state; undefined when nothing is left to do with it. */
export function offerFor({ kind, state, returnedSlots }: Case): Offer | undefined {
  switch (state) {
    case 'submitted':
    case 'in-review':
      return {
        question: 'case-status.willTell',
        retry: 'case-status.timeUnknown',
        done: true,
        choices: [WAIT, WITHDRAW, HUMAN],
      };
    case 'needs-more':
      if (triesAreOver(returnedSlots))
        return {
          question: 'case-status.talkItOver',
          retry: 'common.retry',
          choices: [HUMAN, LATER, WITHDRAW],
        };
      return {
        question: 'case-status.resubmitNow',
        retry: 'case-status.resubmitRetry',
        spoken: RETURNED_ANSWERS,
        choices: [
          { value: 'resubmit', key: 'case-status.sendNow' },
          { value: 'later', key: 'case-status.sendLater' },
          WITHDRAW,
          HUMAN,
        ],
      };
    case 'approved':
      if (isTalk(kind)) return undefined;
      if (kind === 'dispute')
        return { question: 'case-status.talkItOver', retry: 'common.retry', choices: [HUMAN, LATER] };
      if (kind === 'card-status') {
        const again = { value: 'diagnose', key: 'case-status.diagnoseAgain' } as const;
        return { question: 'case-status.stillThere', retry: 'common.retry', choices: [again, LATER, HUMAN] };
      }
      return {
        question: 'case-status.walkThrough',
        retry: 'common.retry',
        choices: [{ value: 'guide', key: 'case-status.walkMe' }, LATER, HUMAN],
      };
    case 'rejected':
      return { question: 'case-status.talkItOver', retry: 'common.retry', choices: [HUMAN, LATER] };
    case 'draft':
    case 'closed':
    case 'withdrawn':
      return undefined;
  }
}

const ACKNOWLEDGED =
  /^(?:知道|收到|谢谢|多谢|明白|了解|那我等|等着|辛苦)|^(?:got it|thanks|thank you|i see|understood|ill wait)/u;

/** The wish behind an answer to the offer, as `saidIn` gives it; undefined when it is something else. */
export function wishIn(answer: Answer, said: string, { choices }: Offer): Wish | undefined {
  if (answer.kind !== 'text' && answer.kind !== 'choice') return undefined;
  if (answer.value !== undefined) return choices.find(({ value }) => value === answer.value)?.value;
  const has = (wish: Wish) => choices.some(({ value }) => value === wish);
  if (
    has('withdraw') &&
    /撤回|撤销|撤掉|撤了|不用审|不审了|withdraw|cancel (?:it|this|my|the)|take (?:it )?back/u.test(said)
  )
    return 'withdraw';
  const yes = yesNoOf(said);
  if (yes) return choices[0]?.value;
  if (yes === false && has('later')) return 'later';
  return has('wait') && ACKNOWLEDGED.test(said) ? 'wait' : undefined;
}
