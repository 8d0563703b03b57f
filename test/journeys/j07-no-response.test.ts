import { comesBackAndStops, journey, urges } from '../support/never.ts';

const NEVER = {
  "blames the customer's phone": /(?:您|你)的?手机(?:有问题|的问题|不行|坏)|(?:是|可能是)手机的?问题/u,
  'lets the app be installed again and again': urges(/重装|卸载/u),
  'asks for documents for an outage': urges(/(?:交|传|提供|上传).{0,6}(?:材料|身份证|照片)/u),
  'lets the customer go on clicking': urges(/(?:多|一直|反复|继续)(?:点|试|戳)/u),
};

const STOP = '客服: 先停一停，别再连着点了，点多了可能会被临时限制。我看看是不是系统在维护。';
const FIRST_CHECK = '客服: 记下了。先试最省事的：…更新到最新版，… [可以了] [还是不行] [都试过了]';
const TO_PERSON = `
  客户: 第二天还是不行
  客服: 能试的都试了，不让您再折腾了。要转给人工客服看吗？您说的现象我一起带过去。 [转人工客服] [我自己再试试]`;

describe('J7 系统维护 / 按钮无响应', () => {
  it('anonymous: stop, the announcement, one cheap check, and the next day a person', () =>
    journey(
      {},
      `
      客户: 点解绑没反应 戳了十几下了
      ${STOP}
      客服: 平台正在维护：交通银行信用卡解绑服务升级维护。公告写的结束时间是今天 14:00。
      客服: 您要解的卡，是这份公告里说的吗？ [是，我等结束再试] [不是，是别的卡]
      客户: 啥都没有 就是转
      ${FIRST_CHECK}
      客户: 公告没说维护
      客服: 好，公告里没有，就不当维护等了，接着找原因。
      客服: 试完告诉我一声：是可以了，还是不行？都试过了也直接说。 [可以了] [还是不行] [都试过了]
      【过了 24 小时】
      ${TO_PERSON}
      客户: 我自己再试试
      客服: 好的。也可以错开人多的时候，比如避开工作日 09:00 到 11:00，再试一次。…
      `,
      NEVER,
    ));

  it('signed in, nothing announced for the card: what the page shows is noted for the person', () =>
    journey(
      { customer: 'happy' },
      `
      客户: 点解绑没反应 戳了十几下了
      ${STOP}
      客服: 平台有一份维护公告，不过说的不是您绑的卡。那就找找别的原因，不用您交材料。
      客服: 点下去之后，页面上弹出什么字或者代码没有？记得的话，也说一下大概什么时候开始的。…
      客户: 啥都没有 就是转
      ${FIRST_CHECK}
      客户: 还是不行
      客服: 那换个网络：…
      【过了 24 小时】
      ${TO_PERSON}
      客户: 转
      客服: (handoff.initiate)
      客服: 好的，帮您转人工客服…
      客服: (handoff.queue)
      `,
      NEVER,
    ));

  it('signed in, the maintenance is about the card: wait for its end, nothing to hand in', () =>
    journey(
      { customer: 'maintenance' },
      `
      客户: 点解绑没反应 戳了十几下了
      ${STOP}
      客服: 平台正在维护：…今天 14:00。
      客服: 维护的时候按钮没反应、提交不了是正常的，不用交任何材料。等结束后再试一次就行，…
      客服: 到时候要我提醒您吗？… [提醒我] [不用提醒]
      客户: 好
      客服: 记下了：平台通知维护结束，或者到了今天 14:00，我就在这里告诉您。…
      `,
      NEVER,
    ));

  it('signed in, with more in the way than the maintenance: one try after it is not promised to do', () =>
    journey(
      { customer: 'several-blockers' },
      `
      客户: 点解绑没反应 戳了十几下了
      ${STOP}
      客服: 平台正在维护：…
      客服: 维护的时候提交不了是正常的，不用为它交材料。⏎⏎结束后也先别点解绑，还要解除风控锁定、清掉没结清的款项。…
      客服: 到时候要我提醒您吗？…
      `,
      NEVER,
    ));

  comesBackAndStops({ customer: 'happy' }, '客户: 点解绑没反应 戳了十几下了\n客户: 啥都没有 就是转');
});
