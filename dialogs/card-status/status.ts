import type { TextKey } from '../../locales/index.ts';

/** 卡片状态 as the bank sees it. `closed` is dealt with under identity-mismatch. */
export type BankStatus = 'lost' | 'frozen' | 'expired' | 'closed';

/** How each status is called, to customers and at the desk. */
export const LABELS: Record<BankStatus, TextKey> = {
  lost: 'card-status.lost',
  frozen: 'card-status.frozen',
  expired: 'card-status.expired',
  closed: 'card-status.closed',
};

const SIGNS: Record<BankStatus, RegExp> = {
  lost: /挂失|挂矢|报失|丢了|丢在|掉了|不见了|唔见咗|被偷|落在|guashi|\blost\b|stolen|missing/iu,
  frozen: /冻结|冻了|止付|管控|停用|停卡|锁了|frozen|froze|blocked|suspended|locked/u,
  expired: /过期|过咗期|到期|有效期|expired/iu,
  closed: /注销|销户|销了|销卡|作废|closed|cancell?ed/iu,
};

/** The customer says of their own accord that the bank has been told of the loss. */
export function saysReported(words: string): boolean {
  return /(?<![没未]|要不要|怎么)(?:挂失了|已挂失|已经挂失|报失了|已经报失)(?![吗嘛没么])|(?:have|already|i) reported/u.test(
    words,
  );
}

/** 「不是冻结,是挂失了」: what is denied is not what the customer means. */
function withoutDenied(words: string): string {
  return words.replace(
    /(?:不是|并非|唔系|没有|没)[^,,。;;\s]{1,6}|\b(?:not|isnt|wasnt|no) (?:an? |my )?[a-z]+/gu,
    '',
  );
}

/** The status that the customer's own words show; undefined when they show none or more than one. */
export function statusIn(said: string): BankStatus | undefined {
  const words = withoutDenied(said);
  const all = Object.keys(SIGNS) as BankStatus[];
  const shown = all.filter((status) => SIGNS[status].test(words));
  return shown.length === 1 ? shown[0] : undefined;
}
