import type { Fact } from '../kit/fact.ts';

/** Questions that a text of this topic answers by itself. */
export const FACTS: readonly Fact[] = [
  {
    key: 'risk-lock.why',
    intent: 'fail_risk',
    asked: [
      '为什么会被风控',
      '风控是什么原因',
      '账户为什么被锁',
      'why is my account locked',
      'why was I flagged as risky',
    ],
  },
  {
    key: 'risk-lock.noOtherPhone',
    intent: 'fail_risk',
    asked: ['换个手机能解风控吗', '换台设备再试行不行', '换网络会不会就好了', 'will another phone help'],
  },
  {
    key: 'risk-lock.whatToWrite',
    intent: 'upload_documents',
    asked: ['解绑原因怎么写', '申请理由填什么', '说明要写什么内容', 'what should I write as the reason'],
  },
];
