import type { Fact } from '../kit/fact.ts';

/** Questions that a text of this topic answers by itself. */
export const FACTS: readonly Fact[] = [
  {
    key: 'autopay.doesNotStop',
    intent: 'autopay_check',
    asked: [
      '解绑后会员会自动停吗',
      '解绑了自动续费还会扣吗',
      '解绑之后代扣会不会停',
      '卡解绑了订阅自己会取消吗',
      'does unbinding stop my subscriptions',
      'will autopay stop when I unbind',
    ],
  },
  {
    key: 'autopay.whenItFails',
    intent: 'autopay_check',
    asked: [
      '自动扣款扣不到会怎样',
      '解绑后扣不到款会逾期吗',
      '扣费失败有什么后果',
      'what happens if autopay fails',
    ],
  },
  {
    key: 'autopay.bankToo',
    intent: 'autopay_check',
    asked: [
      '银行那边也要关代扣吗',
      '关了商户的续费银行还要关吗',
      '签约要去银行再解一次吗',
      'do I also have to cancel at the bank',
    ],
  },
  {
    key: 'autopay.noneAtOnce',
    intent: 'autopay_check',
    asked: [
      '能一次把所有自动扣款都关掉吗',
      '有没有一键关闭所有代扣',
      '自动扣款可以全部一起取消吗',
      'can I cancel all automatic payments at once',
    ],
  },
  {
    key: 'autopay.nextCard',
    intent: 'autopay_check',
    asked: [
      '解绑后会自动换一张卡扣吗',
      '会不会从我别的卡里扣',
      '解绑以后扣款走哪张卡',
      'will it charge my other card instead',
    ],
  },
  {
    key: 'autopay.settleEarly',
    intent: 'autopay_check',
    asked: [
      '分期能提前还清吗',
      '提前结清分期要手续费吗',
      '分期可以一次性还完吗',
      'can I pay off the instalment early',
    ],
  },
];
