import type { Fact } from '../kit/fact.ts';

/** Questions that a text of this topic answers by itself. */
export const FACTS: readonly Fact[] = [
  {
    key: 'official-channel.tell-number',
    intent: 'official_entry',
    asked: [
      '你们客服电话是多少',
      '官方热线号码',
      '人工电话打哪个',
      'what is your phone number',
      'customer service number',
    ],
  },
  {
    key: 'official-channel.tell-licence',
    intent: 'official_entry',
    asked: [
      '你们有支付牌照吗',
      '你们是正规公司吗',
      '平台有没有许可证',
      '怎么查支付牌照',
      'are you a licensed company',
    ],
  },
  {
    key: 'official-channel.tell-bot',
    intent: 'official_entry',
    asked: [
      '你是机器人吗',
      '你是真人还是机器人',
      '怎么相信你是官方客服',
      '你会不会是骗子',
      'are you a real person',
      'are you a bot',
    ],
  },
  {
    key: 'official-channel.talk-money',
    intent: 'official_entry',
    asked: [
      '解绑要先交保证金吗',
      '有人让我先转账才给解绑',
      '解绑要交手续费给客服吗',
      '有内部通道可以解绑吗',
      'do I have to pay a deposit to unbind',
    ],
  },
  {
    key: 'official-channel.talk-screen',
    intent: 'official_entry',
    asked: [
      '客服让我共享屏幕可以吗',
      '对方要我开屏幕共享',
      '要我下载一个软件远程操作',
      'they asked me to share my screen',
    ],
  },
  {
    key: 'official-channel.talk-codes',
    intent: 'official_entry',
    asked: [
      '客服会要验证码吗',
      '你们会问我要密码吗',
      '安全码可以告诉客服吗',
      'will you ask for my verification code',
    ],
  },
  {
    key: 'official-channel.talk-insurance',
    intent: 'official_entry',
    asked: [
      '百万保障到期要扣费是真的吗',
      '有人说不关保障每月扣钱',
      '保险到期扣费是不是骗人',
      'is the insurance fee call a scam',
    ],
  },
  {
    key: 'official-channel.talk-knows',
    intent: 'official_entry',
    asked: [
      '对方知道我名字和尾号是真客服吗',
      '他报得出我的卡尾号能信吗',
      '给我看了工号是不是就是真的',
      'they know my name and card does that prove it',
    ],
  },
  {
    key: 'official-channel.tell-app',
    intent: 'official_entry',
    asked: [
      '怎么看App是不是正版',
      '下载的软件会不会是假的',
      '怎么辨别山寨App',
      'how do I know the app is genuine',
    ],
  },
];
