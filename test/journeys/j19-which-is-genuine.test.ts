import { comesBackAndStops, journey, urges } from '../support/never.ts';

const NEVER = {
  'gives a number as the official one': /(?:官方|客服)(?:电话|热线)(?:就)?(?:是|为|：)\s*\d/u,
  'calls every 400 number false': /400.{0,6}(?:都是|全是|肯定)(?:假|骗)/u,
  'sends the customer to call them': urges(/(?:打|拨)(?:过去|一下|个电话).{0,6}(?:问|验|试)/u),
};

const ASKED = '客户: 网上搜你们热线全是400的 哪个真';
const NUMBER =
  '客服: 号码我不在这里报：号码会变，冒充的也多，什么数字开头都说明不了真假。⏎⏎请到官方 App 的客服页，或自己输入官网地址，看上面写的号码。…';

describe('J19 官方入口核实 + 电话', () => {
  for (const scene of [{}, { customer: 'happy' }]) {
    it(`${'customer' in scene ? 'signed in' : 'anonymous'}: where the number stands, what the offer is, and which app`, () =>
      journey(
        scene,
        `
        ${ASKED}
        ${NUMBER}
        客服: 这样核实清楚了吗？ [清楚了] [有人联系了我] [转人工客服]
        客户: 那个400的说能帮我内部解 收88
        客服: 先挂掉，别回拨，也别加对方。…
        客服: 解绑没有“内部通道”，要先交钱、先转账的，都是骗人的，也没有什么“安全账户”。拿不准可以打 96110 问。
        客服: 那您有没有点进去、填过什么，或者把验证码告诉对方？…
        客户: 我装的 APP 是不是假的
        客服: 看两处：应用商店里写的开发者，和官网上给的下载入口，两边对得上再登录。⏎⏎拿不准就先别登录，卸掉，从官网或手机自带的应用商店重装一次。
        客服: 这样核实清楚了吗？…
        客户: 清楚了
        客服: 好的。以后有人拿解绑找您，先自己打开官方 App 核实，再说别的。
        `,
        NEVER,
      ));
  }

  it('the 88 were paid already: first aid', () =>
    journey(
      {},
      `
      ${ASKED}
      ${NUMBER}
      客服: 这样核实清楚了吗？…
      客户: 那个400的说能帮我内部解 收88
      客服: …
      客服: …
      客服: …
      客户: 钱我已经转了
      客服: 先止损，解绑的事放一放：…
      客服: 银行那边冻结了吗？…
      `,
      NEVER,
    ));

  comesBackAndStops({}, ASKED);
});
