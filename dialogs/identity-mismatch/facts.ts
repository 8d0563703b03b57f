import type { Fact } from '../kit/fact.ts';

/** Questions that a text of this topic answers by itself. */
export const FACTS: readonly Fact[] = [
  {
    key: 'identity-mismatch.notForOthers',
    intent: 'fail_identity',
    asked: [
      '能帮家人解绑吗',
      '可以替我妈操作解绑吗',
      '代办解绑行不行',
      '老公的卡我能解吗',
      'can I unbind a card for my mother',
      'can someone else unbind for me',
    ],
  },
  {
    key: 'identity-mismatch.alternativesTold',
    intent: 'fail_identity',
    asked: [
      '注销证明开不出来用什么代替',
      '没有注销证明还能交什么',
      '销户回单可以代替注销证明吗',
      'what can I use instead of the closure certificate',
    ],
  },
];
