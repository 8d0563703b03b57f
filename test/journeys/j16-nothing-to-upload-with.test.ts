import { comesBackAndStops, journey, urges } from '../support/never.ts';

const NEVER = {
  'takes documents elsewhere': urges(
    /(?:微信|QQ|邮箱|私信).{0,6}(?:发|传|加)|(?:发|传|加).{0,6}(?:微信|QQ|邮箱|私信)/u,
  ),
  'wants to see it first': /先(?:发|传)(?:来|给我).{0,6}(?:看看|清不清)/u,
  'takes files in the chat': urges(/(?:聊天|这里|对话)(?:里)?(?:直接)?(?:发|传)(?:照片|图|文件|证件)/u),
};

const NOT_HERE =
  '客服: 有的入口收不了文件，不是您弄错了。请登录官方 App 或官网，从里面的客服进来再传。⏎⏎要交哪几样，照我前面说的就行；每张不超过 10 MB，JPG、PNG、WebP 都可以。';
const WITHOUT_APP =
  '客服: 不装 App 也行：自己输入官网地址，在网页上登录，从那里的客服进来一样能办。线下、邮寄行不行，我没查到，不跟您乱说。';
const NOT_PRIVATE =
  '客服: 微信、QQ、邮箱都别发，谁跟您要都别给：证件从那里出去，就收不回来了。照片只从官方页面的上传入口交。';

const TO_THE_UPLOAD = `
  客户: 解绑提示账户有风险
  客服: 先请您停一下：…
  客服: …
  客服: 要现在申请人工审核吗？…
  客户: 现在申请
  客服: 这次为什么想解绑？…
  客户: 这张卡不用了
  客服: 好的。接下来要 3 张照片，…
  客服: 上传前请先看一下：…
  客服: 您同意吗？…
  客户: 同意
  客服: 请上传：身份证人像面。 [上传卡片]`;

describe('J16 渠道不支持上传', () => {
  it('at the upload: where it can be done, without the app too, by no private way; and the card is still there', () => {
    const waiting = '客服: 刚才那张还没收到，从上面的入口传就行。… [继续上传] [不想上传]';
    return journey(
      { customer: 'risk-lock' },
      `${TO_THE_UPLOAD}
      客户: 我在公众号里 点上传说此渠道不支持
      ${NOT_HERE}
      ${waiting}
      客户: 我不想下 APP
      ${WITHOUT_APP}
      ${waiting}
      客户: 那我发你微信
      ${NOT_PRIVATE}
      ${waiting}
      【上传】
      客服: 身份证人像面收到了，还差 2 张。
      客服: 请上传：身份证国徽面。 [上传卡片]
      `,
      NEVER,
    );
  });

  it('anonymous: the same answers before anything is asked for; whoever cannot sign in gets a person', () => {
    const again =
      '客服: 方便登录的话，从官方 App 的客服入口再来找我；不方便，要我帮您转人工客服吗？ [转人工客服] [先不用]';
    return journey(
      {},
      `
      客户: 我在公众号里 点上传说此渠道不支持
      客服: 要交什么，看是什么原因拦住了解绑，没有原因就不用交。我先查一下。
      客服: 提交材料前要先确认您的账户。…要我帮您转人工客服吗？ [转人工客服] [先不用]
      客户: 我不想下 APP
      ${WITHOUT_APP}
      ${again}
      客户: 那我发你微信
      ${NOT_PRIVATE}
      ${again}
      客户: 转人工
      客服: (handoff.initiate)
      客服: 好的，帮您转人工客服…
      客服: (handoff.queue)
      `,
      NEVER,
    );
  });

  comesBackAndStops({}, '客户: 我在公众号里 点上传说此渠道不支持');
});
