import type { Fact } from '../kit/fact.ts';

/** Questions that a text of this topic answers by itself. */
export const FACTS: readonly Fact[] = [
  {
    key: 'maintenance.waitItOut',
    intent: 'fail_maintenance',
    asked: [
      '系统维护要交材料吗',
      '维护期间能解绑吗',
      '维护的时候提交不了正常吗',
      'can I unbind during maintenance',
    ],
  },
];
