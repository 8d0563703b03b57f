/** Close to unbinding and yet not ours: who is asked instead. */
export type Near = 'bank' | 'bind' | 'account';

const SIGNS: readonly [Near, RegExp][] = [
  [
    'bind',
    /绑(?:定)?.{0,4}新|绑(?:一张|张|上)|(?:怎么|如何|想|要)绑(?!.{0,6}解)|绑新|\b(?:bind|add|link) (?:a |my |another |the )?(?:new )?(?:bank |credit )?card/u,
  ],
  [
    'bank',
    /办(?:一?张)?(?:信用)?卡|申请.{0,4}信用卡|提额|额度|积分|年费|还款|最低还|信用卡.{0,4}账单|激活|apply for .{0,10}card|credit limit|points|annual fee|repay|minimum payment|statement|activat/u,
  ],
  [
    'account',
    /注销(?:账户|账号)|转账|限额|提现|充值|红包|贷款|借[钱款]|理财|余额宝|优惠|(?:close|delete) (?:my )?account|\btransfer|withdraw|top ?up|\bloan|borrow|invest|coupon/u,
  ],
];

/** What the words ask of somebody else; undefined when they are about anything at all. */
export function nearIn(words: string): Near | undefined {
  return SIGNS.find(([, sign]) => sign.test(words))?.[0];
}
