import { asides } from '../kit/index.ts';

/** 三查一防, and what is kept as proof. */
export type Item = 'bills' | 'account' | 'credit' | 'prevent' | 'proof';

/** The checks in the order they are done; `proof` is told on wish only. */
export const CHECKS: readonly Item[] = ['bills', 'account', 'credit', 'prevent'];

/** What is asked beside the checks and answered with one text. */
export type Aside = 'again' | 'reminder' | 'cutCard' | 'uninstall' | 'merchants' | 'records';

const ASIDES: readonly [Aside, RegExp][] = [
  [
    'again',
    /(?:还|再|以后).{0,2}会.{0,4}扣|会.{0,2}(?:再|继续).{0,2}扣|(?:will|can) (?:i|they|you|it) (?:still |again )?(?:be )?charge/u,
  ],
  ['reminder', /提醒(?!她|他)|remind/u],
  ['cutCard', /剪|销卡|扔|\bcut\b|throw/u],
  ['uninstall', /卸载|删.{0,2}app|解除安装|uninstall|delete (?:the )?app/iu],
  ['merchants', /商家|商户|银行那边|merchant|bank side/u],
  ['records', /账户里的记录|交易记录|资料|transaction|history|records/u],
];

const SIGNS: readonly [Item, RegExp][] = [
  ['proof', /截图|短信|凭证|凭据|证明|简讯|screenshot|text message|receipt|proof/u],
  ['credit', /征信|信用报告|联征|贷款|credit report|\bloan/u],
  ['prevent', /绑上|再绑|重绑|绑回|被人|防|网吧|换手机|公共|bind.{0,6}again|protect|public/u],
  ['account', /账户|列表|移除了吗|account|\blist\b/u],
  ['bills', /账单|帐单|再(?:被)?扣|没再扣|几个月|两个月|周期|\bbills?\b|statement|charged again|months/u],
];

/** 「征信怎么查 要钱吗」 */
export const HOW_AND_COST =
  /(?:怎么|去哪儿?|哪[里儿]).{0,2}查.{0,8}(?:钱|收费|免费)|how .{0,24}(?:cost|free|fee)/u;

/** The same at any question of this topic. */
export const BESIDE = asides([
  ...ASIDES.map(([aside, sign]) => [sign, `aftercare.aside-${aside}`] as const),
  [HOW_AND_COST, 'aftercare.credit-both'],
]);

/** 「成了 列表里没了」 */
export function saysDone(words: string): boolean {
  return /成了|没了|没有了|掉了|is gone|disappeared/u.test(words);
}

/** The one check that the words ask for; several at once name none. */
export function itemIn(words: string): Item | undefined {
  const named = SIGNS.filter(([, sign]) => sign.test(words)).map(([item]) => item);
  return named.length === 1 ? named[0] : undefined;
}

/** A question beside the checks. */
export function asideIn(words: string): Aside | undefined {
  return ASIDES.find(([, sign]) => sign.test(words))?.[0];
}

/** 「办过分期」「没办过贷款」: whether the customer says that credit ran over the card. */
export function creditUsed(words: string): boolean | undefined {
  if (!/分期|贷款|借款|instal?lment|\bloan/u.test(words)) return undefined;
  return !/没(?:有|办|用|做|贷)|没|无|\b(?:no|not|never|didnt|dont)\b/u.test(words);
}

const PREFIX = 'item:';

/** The value of a choice that names a check. */
export function choiceFor(item: Item): string {
  return PREFIX + item;
}

/** The check that an answer turns to. */
export function turnedTo(value: string): Item | undefined {
  return value.startsWith(PREFIX) ? (value.slice(PREFIX.length) as Item) : undefined;
}

/** Readings for any question of this topic: 「账单怎么看」 names a check. */
export const CORRECTIONS = SIGNS.map(([item, sign]) => [sign, choiceFor(item)] as const);
