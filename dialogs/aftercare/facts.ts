import type { Fact } from '../kit/fact.ts';

/** Questions that a text of this topic answers by itself. */
export const FACTS: readonly Fact[] = [
  {
    key: 'aftercare.credit-impact',
    intent: 'credit_report',
    asked: [
      '解绑会影响征信吗',
      '解绑会不会上征信',
      '取消绑定对信用有没有影响',
      '解绑信用卡会有不良记录吗',
      '解绑会不会留下污点',
      'does unbinding affect my credit',
      'will unbinding hurt my credit score',
    ],
  },
  {
    key: 'aftercare.credit-how',
    intent: 'credit_report',
    asked: [
      '征信报告怎么查',
      '在哪里查征信',
      '征信去哪看',
      '怎么查自己的信用报告',
      'where can I check my credit report',
      'how do I get my credit report',
    ],
  },
  {
    key: 'aftercare.credit-cost',
    intent: 'credit_report',
    asked: [
      '查征信要钱吗',
      '查征信报告收费吗',
      '征信一年能免费查几次',
      '信用报告查一次多少钱',
      'is the credit report free',
      'how much does a credit report cost',
    ],
  },
  {
    key: 'aftercare.credit-self',
    intent: 'credit_report',
    asked: [
      '自己查征信有影响吗',
      '经常查征信会不会不好',
      '查征信查多了征信会花吗',
      'does checking my own credit report hurt',
    ],
  },
  {
    key: 'aftercare.credit-why',
    intent: 'credit_report',
    asked: [
      '为什么要三个月后查征信',
      '为什么过三个月才查征信',
      '征信干嘛要等三个月',
      'why check the credit report after three months',
    ],
  },
  {
    key: 'aftercare.credit-unneeded',
    intent: 'credit_report',
    asked: [
      '没办过贷款用查征信吗',
      '没有分期还要查征信吗',
      '没贷过款需要看征信吗',
      'do I need a credit report without any loan',
    ],
  },
  {
    key: 'aftercare.aside-cutCard',
    intent: 'aftercare',
    asked: [
      '解绑了卡还能用吗',
      '解绑后信用卡还有效吗',
      '解绑等于注销卡吗',
      '解绑后卡能剪掉吗',
      '解绑以后这张卡还能刷吗',
      '信用卡解绑了银行那边还能用吗',
      'can I still use my card after unbinding',
      'does unbinding cancel my card',
    ],
  },
  {
    key: 'aftercare.aside-uninstall',
    intent: 'aftercare',
    asked: [
      '解绑完能卸载App吗',
      '解绑后可以把软件删了吗',
      '卸载软件会不会变回绑定',
      'can I uninstall the app after unbinding',
    ],
  },
  {
    key: 'aftercare.aside-records',
    intent: 'unbind_vs_delete',
    asked: [
      '解绑后你们还留着我的信息吗',
      '我的资料会删掉吗',
      '解绑后个人信息会清除吗',
      '你们会保存我的数据多久',
      '解绑以后交易记录还保留吗',
      'do you keep my data after unbinding',
    ],
  },
  {
    key: 'aftercare.aside-again',
    intent: 'charged_after_unbind',
    asked: [
      '解绑以后还会扣钱吗',
      '解绑了还会不会被扣款',
      '解绑后还会自动扣费吗',
      'will I still be charged after unbinding',
    ],
  },
  {
    key: 'aftercare.tell-proof',
    intent: 'aftercare',
    asked: [
      '解绑成功的截图要留多久',
      '解绑的凭证要保存多久',
      '解绑短信可以删吗',
      'how long should I keep the screenshot',
    ],
  },
  {
    key: 'aftercare.tell-prevent',
    intent: 'security_settings',
    asked: [
      '怎么防止别人再绑我的卡',
      '卡解绑了会不会被人重新绑上',
      '如何避免卡再被绑',
      'how do I stop others from binding my card again',
    ],
  },
];
