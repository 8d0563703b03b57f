import type { Fact } from '../kit/fact.ts';

/** Questions that a text of this topic answers by itself. */
export const FACTS: readonly Fact[] = [
  {
    key: 'progress.aside-sms',
    intent: 'unbind_progress',
    asked: [
      '没收到解绑成功短信是不是没成功',
      '解绑没有短信通知正常吗',
      '解绑成功会发短信吗',
      'I got no text message is it unbound',
    ],
  },
  {
    key: 'progress.aside-closeApp',
    intent: 'unbind_progress',
    asked: ['提交以后能关掉App吗', '解绑处理中退出会不会失败', 'can I close the app after submitting'],
  },
  {
    key: 'progress.aside-payMeanwhile',
    intent: 'unbind_progress',
    asked: ['解绑处理中还能付款吗', '没解绑完之前卡还能支付吗', 'can I still pay while it is processing'],
  },
  {
    key: 'progress.aside-bankTold',
    intent: 'unbind_progress',
    asked: ['解绑会通知银行吗', '解绑后银行会知道吗', '解绑银行会发消息给我吗', 'does the bank get notified'],
  },
  {
    key: 'progress.aside-howLong',
    intent: 'unbind_progress',
    asked: ['解绑要多久', '解绑多长时间生效', '提交解绑后几天能好', 'how long does unbinding take'],
  },
  {
    key: 'progress.bound-why',
    intent: 'unbind_progress',
    asked: ['刚绑的卡为什么不能解', '新绑定的卡多久才能解绑', 'why cant I unbind a card I just added'],
  },
];
