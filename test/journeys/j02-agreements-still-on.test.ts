import { comesBackAndStops, journey } from '../support/never.ts';

const NEVER = {
  'says that unbinding stops them by itself': /解绑?了.{0,8}(?:自动|就)(?:都)?(?:会)?停|会自己停(?!吗)/u,
  'decides for the customer': /直接解|先解了再说|强行/u,
  'makes instalments a bar, or nothing at all': /(?:不能|没法|无法)解绑|没关系，?(?:直接|照样)/u,
  'promises for the merchant': /商户.{0,6}(?:会退|退给您|可以退)/u,
};

const ADVICE = `
  客服: 那先把它们安顿好：…会员、代扣：去商户那边关掉或换张卡扣，…分期：解绑不等于不用还，…
  客服: 现在都处理好了吗？ [处理好了] [先去处理]
  客户: 我怕关了爱奇艺今年的钱白交
  客服: 关的是以后的自动续费，已经付过的那一期一般还能用完，以商户页面为准。
  客服: 现在都处理好了吗？ [处理好了] [先去处理]
  客户: 那我先去弄 明天再来
  客服: 好的，不着急，您的卡还是原来的状态。还没弄的：会员、订阅、分期。…跟我说“怎么解绑”，我们接着来。`;

describe('J2 自动扣款没关就要解', () => {
  it('anonymous: subscription and instalments apart, what is left is noted, the way back tomorrow', () =>
    journey(
      {},
      `
      客户: 解绑吧 快点
      客服: 好的，要解绑的是哪张信用卡？…
      客户: 有个爱奇艺 还有手机分24期
      ${ADVICE}
      【过了 24 小时】
      客户: 自动扣款弄好了
      客服: 还有一层容易漏：银行那边的代扣协议。…看过了吗？…
      `,
      NEVER,
    ));

  it('signed in: told before it is asked, it is dealt with at once', () =>
    journey(
      { customer: 'auto-debit' },
      `
      客户: 光大那张卡解绑 快点
      客服: 好，光大银行尾号2680这张，记下了。
      客服: 动手之前，先看三样：…
      客户: 有个爱奇艺 还有手机分24期
      ${ADVICE}
      【过了 24 小时】
      客户: 我回来了
      客服: 好的，我在。…
      `,
      NEVER,
    ));

  it('signed in: of what the platform knows nothing is forgotten when the customer goes away to do it', () =>
    journey(
      { customer: 'auto-debit' },
      `
      客户: 解绑吧 快点
      客服: 动手之前，先看三样：…
      客户: 帮我查一下
      客服: 是哪张卡解绑不了？…
      客户: 光大
      客服: 我查了光大银行尾号2680：…
      客服: 这张卡上有自动续费：爱奇艺连续包月。…这一项处理好了吗？ [处理好了] [还没有]
      客户: 我怕关了爱奇艺今年的钱白交
      客服: 关的是以后的自动续费，…
      客服: 这一项是处理好了，还是还没有？…
      客户: 那我先去弄 明天再来
      客服: 好的，不着急，您的卡还是原来的状态。还没弄的：爱奇艺连续包月、手机分期(24期)。…
      `,
      NEVER,
    ));

  comesBackAndStops(
    {},
    `客户: 解绑吧 快点
     客户: 尾号2680
     客户: 都没问题
     客户: 有个爱奇艺 还有手机分24期`,
  );
});
