import type { TextKey } from '../../locales/index.ts';
import type { CaseKind } from '../../src/domain/case.ts';
import type { Slot } from '../../src/domain/document.ts';
import { ENGLISH_LATER } from '../kit/english.ts';
import { asides, type Choice, type Spoken, spoken } from '../kit/index.ts';

/** 信息过期 / 卡不是本人的 / 旧卡已注销: each has its own way out. */
export type Mismatch = 'info-expired' | 'not-holder' | 'card-closed';

interface Way {
  caseKind: CaseKind;
  slots: Slot[];
  explanation: TextKey;
  question: TextKey;
  retry: TextKey;
  choices: Choice[];
  spoken?: Spoken;
}

const NOT_THIS: Choice = { value: 'wrong', key: 'identity-mismatch.notThis' };

/** Doing it for a relative: asked at any of the questions, and answered there. */
export const FOR_OTHERS = asides([
  [
    /不识字|不会(?:弄|用|操作)|(?:我|由我)(?:来)?(?:替|帮|代)(?!您|你)|替(?:她|他|我妈|我爸|家人)|代(?:她|他|办|弄|签)/u,
    'identity-mismatch.notForOthers',
  ],
]);

/** 「其实是我改名字了」: another kind than the one that was taken up. */
const CORRECTED: readonly [RegExp, string] = [/其实|弄错|说错|搞错|不对|actually|i was wrong/u, 'corrected'];

const CANNOT_COME: readonly [RegExp, string] = [
  /来不了|不方便|办不了|动不了|住院|在外地|不在身边/u,
  'holder-cannot',
];

export const HOLDER = spoken([CORRECTED, CANNOT_COME]);

export const CERTIFICATE = spoken([
  CORRECTED,
  [
    /(?:开|打|补|拿|办|出)(?:不了|不出|不到)|(?:没法|没办法|不给|不能|不肯|不让)(?:开|打|补|出)|(?:cant|wont|unable to|refuses? to) (?:get|give|issue|print)/u,
    'no-certificate',
  ],
  [/(?:先|去|再)(?:去)?(?:问|银行)|问问|ask (?:the |my )?bank/u, 'later'],
  [ENGLISH_LATER, 'later'],
  [
    /(?:有|开|拿)(?:了|到|好)?(?:注销)?证明|开好了|拿到了|(?:have|got) (?:it|the|a) ?(?:certificate|proof|letter)?/u,
    'review',
  ],
]);

/** What is said, offered and collected for each kind. */
export const WAYS: Record<Mismatch, Way> = {
  'info-expired': {
    caseKind: 'identity-info-expired',
    slots: ['id-front', 'id-back'],
    explanation: 'identity-mismatch.infoExpired',
    question: 'identity-mismatch.infoExpiredNext',
    retry: 'common.retry',
    choices: [
      { value: 'later', key: 'identity-mismatch.updateFirst' },
      { value: 'review', key: 'identity-mismatch.cannotUpdate' },
      NOT_THIS,
    ],
  },
  'not-holder': {
    caseKind: 'identity-not-holder',
    slots: ['new-card', 'id-front', 'id-back'],
    explanation: 'identity-mismatch.notHolder',
    question: 'identity-mismatch.notHolderNext',
    retry: 'identity-mismatch.notHolderRetry',
    choices: [
      { value: 'review', key: 'identity-mismatch.ownCardReady' },
      { value: 'holder-cannot', key: 'identity-mismatch.holderCannotCome' },
      { value: 'later', key: 'common.notNow' },
      NOT_THIS,
    ],
    spoken: HOLDER,
  },
  'card-closed': {
    caseKind: 'identity-card-closed',
    slots: ['closure-certificate'],
    explanation: 'identity-mismatch.cardClosed',
    question: 'identity-mismatch.cardClosedNext',
    retry: 'identity-mismatch.cardClosedRetry',
    choices: [
      { value: 'review', key: 'identity-mismatch.certificateReady' },
      { value: 'no-certificate', key: 'identity-mismatch.noCertificate' },
      { value: 'later', key: 'identity-mismatch.askBankFirst' },
      NOT_THIS,
    ],
    spoken: CERTIFICATE,
  },
};

const SIGNS: Record<Mismatch, RegExp> = {
  'info-expired':
    /证件?过期|改(?:过|了|咗)?(?:名|姓)|旧名|曾用名|升位|护照|换(?:过|了|咗)?.{0,4}(?:身份证|证件)|更改过实名|\bid (?:card )?(?:has |is )?expired|expired id|changed (?:my )?name|old name|passport|new id/u,
  'not-holder':
    /妈|爸|爷|奶奶|外婆|外公|姐|妹|哥|弟|老公|老婆|丈夫|妻子|前夫|前妻|儿子|女儿|闺女|朋友|同事|老板|家人|别人|他人|mother|father|\bmom\b|\bdad\b|parent|wife|husband|brother|sister|\bson\b|daughter|friend|colleague|someone else|another person/u,
  'card-closed': /注销|销户|销了|销卡|closed|cancell?ed/u,
};

/** The kind that the customer's own words show; undefined when they show none or more than one. */
export function mismatchIn(said: string): Mismatch | undefined {
  // 「不是过期,是我妈的卡」: what is denied is not what the customer means.
  const words = said.replace(
    /(?:不是|并非|唔系|没有|没)[^,,。;;\s]{1,6}|\b(?:not|isnt|wasnt|no) (?:an? |my )?[a-z]+/gu,
    '',
  );
  const kinds = Object.keys(SIGNS) as Mismatch[];
  const shown = kinds.filter((kind) => SIGNS[kind].test(words));
  return shown.length === 1 ? shown[0] : undefined;
}

/** The card holder has died: nobody can verify in person, so no step of ours fits. */
export function holderDied(words: string): boolean {
  return /去世|过世|离世|病逝|走了以后|不在世|passed away|\bdied\b|deceased/u.test(words);
}
