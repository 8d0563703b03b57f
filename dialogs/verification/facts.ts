import type { Fact } from '../kit/fact.ts';

/** Questions that a text of this topic answers by itself. */
export const FACTS: readonly Fact[] = [
  {
    key: 'verification.anotherWay',
    intent: 'fail_verification',
    asked: ['不刷脸可以吗', '能跳过人脸识别吗', '能不能换一种验证方式', 'can I skip face verification'],
  },
  {
    key: 'verification.extraCheck',
    intent: 'fail_verification',
    asked: [
      '为什么要多验证一次',
      '怎么还要验证身份证',
      '为什么我要多一道验证',
      'why do I need an extra check',
    ],
  },
  {
    key: 'verification.resetBank',
    intent: 'fail_verification',
    asked: ['银行卡交易密码怎么改', '信用卡的交易密码在哪重置', 'how do I reset my card PIN at the bank'],
  },
];
