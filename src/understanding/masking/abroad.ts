import type { SensitiveKind } from '../../domain/intent.ts';
import { isHongKongId, isTaiwanId } from './checksums.ts';
import { ORDER_WORDING, wordingBefore } from './digit-runs.ts';
import type { Shadow } from './shadow.ts';
import { hidden, type Span } from './span.ts';

const ID_WORDING =
  /(?:身[份分][证證]|[证證][号號]|居留[证證]|\bid(?: card| number| no\.?)?|hkid)[^\dA-Z]{0,6}$/i;
const PERMIT_WORDING = /(?:[护護]照|通行[证證]|回[乡鄉][证證]|台胞[证證]|居住[证證]|passport)[^\dA-Z]{0,8}$/i;
const PHONE_WORDING =
  /(?:[电電][话話]|手[机機]|手提|门号|門號|whats ?app|phone|mobile|cell|\btel|[联聯][络絡系繫]|打[俾给給]?我|搵我)[^\d]{0,8}$/i;
/** Whose number it is that is no customer's. */
const PUBLIC_WORDING = /(?:客服|热线|熱線|官方|服务|服務|你们|你們|银行|銀行|400|hotline)/i;

interface Form {
  kind: SensitiveKind;
  /** Bounded in length, so that searching stays linear. */
  pattern: RegExp;
  accepts(value: string, wording: string): boolean;
}

const bare = (value: string) => value.replace(/[^\dA-Za-z]/g, '');
const isOrder = (wording: string) => ORDER_WORDING.test(wording);

const FORMS: Form[] = [
  {
    kind: 'idNumber',
    pattern: /(?<![A-Za-z0-9_-])[A-Za-z]{1,2}[ -]?\d{6}[ -]?(?:\([\dAa]\)|[\dAa])(?![A-Za-z\d])/g,
    accepts(value, wording) {
      if (isOrder(wording) || /^jb/i.test(value)) return false;
      if (ID_WORDING.test(wording)) return true;
      const framed = value.endsWith(')');
      return isHongKongId(bare(value)) && (framed || /^[A-Za-z]\d{7}$/.test(value));
    },
  },
  {
    kind: 'idNumber',
    pattern: /(?<![A-Za-z0-9_-])[A-Za-z][ -]?[1289](?:[ -]?\d){8}(?![A-Za-z\d])/g,
    accepts: (value, wording) => !isOrder(wording) && (ID_WORDING.test(wording) || isTaiwanId(bare(value))),
  },
  {
    // 澳門居民身份證.
    kind: 'idNumber',
    pattern: /(?<![A-Za-z0-9_-])[157]\d{6}\(\d\)/g,
    accepts: (_, wording) => !isOrder(wording),
  },
  {
    kind: 'idNumber',
    pattern: /(?<![A-Za-z0-9_-])[A-Za-z]{0,2}\d{7,10}(?![A-Za-z\d])/g,
    accepts: (_, wording) => PERMIT_WORDING.test(wording),
  },
  {
    // 09 and eight more in Taiwan; with 886 the 0 may go.
    kind: 'phone',
    pattern:
      /(?<![A-Za-z\d_.-])(?:\(?(?:\+|00)?886\)?[ -]?\(?0?\)?9\d\d|09\d\d)[ -]?\d{3}[ -]?\d{3}(?!\d|\.\d)/g,
    accepts: (_, wording) => !isOrder(wording),
  },
  {
    // Hong Kong, Macau, Singapore: eight digits behind the region.
    kind: 'phone',
    pattern:
      /(?<![A-Za-z\d_.-])(?:\(?(?:\+|00)(?:852|853|65)\)?[ -]?|\(?85[23]\)?[ -])[4-9]\d{3}[ -]?\d{4}(?!\d|\.\d)/g,
    accepts: (_, wording) => !isOrder(wording),
  },
  {
    kind: 'phone',
    pattern: /(?<![A-Za-z\d_.-])[5679]\d{3}[ -]?\d{4}(?!\d|\.\d)/g,
    accepts: (_, wording) => PHONE_WORDING.test(wording) && !PUBLIC_WORDING.test(wording),
  },
];

const HAS_NUMBER = /\d{3}/;

/** Identity and mobile numbers of Hong Kong, Macau and Taiwan, travel permits and passports. */
export function findAbroad(shadow: Shadow): Span[] {
  if (!HAS_NUMBER.test(shadow.text)) return [];
  return FORMS.flatMap(({ kind, pattern, accepts }) =>
    [...shadow.text.matchAll(pattern)]
      .filter(({ 0: value, index }) => accepts(value, wordingBefore(shadow, index)))
      .map(({ 0: value, index }) => hidden(kind, index, value)),
  );
}
