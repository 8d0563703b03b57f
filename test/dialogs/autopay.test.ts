import { talk } from '../support/transcript.ts';

const KINDS = '[会员、订阅] [分期] [水电、保险等代扣] [不知道有哪些] [没有了]';
const WHICH = `客服: 现在这张卡上，是哪一种在扣？ ${KINDS}`;
const HANDLED = '客服: 现在都处理好了吗？ [处理好了] [先去处理] [还有别的在扣]';
const BANK =
  '客服: 还有一层容易漏：银行那边的代扣协议。解绑、退订都不会让它自己结束，要在银行关。看过了吗？ [看过了] [怎么看] [晚点再看]';
const NEXT = '客服: 自动扣款这边就差不多了。要接着看解绑的步骤吗？ [看步骤] [不用了]';
const TO_PERSON = `客服: (handoff.initiate)
  客服: 好的，帮您转人工客服…
  客服: (handoff.queue)`;

describe('autopay', () => {
  it('happy path: the agreements by name, then the bank, then the steps without asking again', () =>
    talk(
      { customer: 'auto-debit' },
      `
      客户: 有没有扣着啥我不知道的 先帮我查查再说解不解
      客服: 我查了光大银行尾号2680，平台上有 2 项自动扣款，我们一项一项看。
      客服: 这张卡上有自动续费：爱奇艺连续包月。…这一项处理好了吗？ [处理好了] [还没有]
      客户: 关了
      客服: 这张卡上有分期：手机分期(24期)，还剩 7 期。⏎⏎解绑不等于不用还。…
      客户: 改好了
      ${BANK}
      客户: 怎么看
      客服: 打开银行 App，搜“签约管理”“快捷支付”或“代扣”，…一项管着几张卡的，先别动。
      客服: 看到了吗？不用的都解约了吗？ [看过了] [找不到] [晚点再看]
      客户: 看过了
      ${NEXT}
      客户: 看步骤
      客服: 动手之前，先看三样：…
      客户: 都没问题
      客服: 有两个按钮…
      客服: 第 1 步，共 4 步：…
      `,
    ));

  it('what is left is named when the customer goes to deal with it', () =>
    talk(
      { customer: 'auto-debit' },
      `
      客户: 怎么看这张卡签了哪些自动扣款
      客服: 我查了光大银行尾号2680，…
      客服: 这张卡上有自动续费：爱奇艺连续包月。…
      客户: 我怕关了今年的钱白交
      客服: 关的是以后的自动续费，已经付过的那一期一般还能用完，以商户页面为准。
      客服: 这一项是处理好了，还是还没有？…
      客户: 还没有
      客服: 这张卡上有分期：…
      客户: 还没有
      客服: 还没处理的：爱奇艺连续包月、手机分期(24期)。现在就解绑，扣不到款可能会逾期。… [先去处理] [先看步骤]
      客户: 那我先去弄 明天再来
      客服: 好的，不着急，您的卡还是原来的状态。还没弄的：爱奇艺连续包月、手机分期(24期)。…
      `,
    ));

  it('the question is answered first: unbinding ends no agreement', () =>
    talk(
      {},
      `
      客户: 解约和解绑是一回事吗 我有个定期扣的
      客服: 不会自己停。解绑停的是这张卡在平台的支付授权；…要分别关。
      ${WHICH}
      客户: 有个爱奇艺 还有手机分24期
      客服: 会员、订阅：在哪里开的，就到哪里关自动续费，…
      客服: 分期：解绑不等于不用还。…
      ${HANDLED}
      客户: 解绑了分期算逾期吗
      客服: 解了以后扣不到款，分期可能算逾期，…
      ${HANDLED}
      客户: 先去处理
      客服: 好的，不着急，卡还是原来的状态。您要弄的是：会员、订阅、分期。…
      `,
    ));

  it('who comes back with everything closed goes on at the bank', () =>
    talk(
      {},
      `
      客户: 自动扣款弄好了
      ${BANK}
      客户: 银行那边不是都退了吗 为什么还要看
      客服: 银行那边要另外关。…关了一边，另一边还在。
      客服: 看到了吗？不用的都解约了吗？…
      客户: 搜不到
      客服: 找不到就打卡背面的客服电话问，或者带身份证和卡去柜台，…
      ${NEXT}
      客户: 不用了
      客服: 好的。要解绑的时候跟我说“怎么解绑”，我们接着来。
      `,
    ));

  it('who does not know what is taken is told where to look', () =>
    talk(
      { customer: 'happy' },
      `
      客户: 怎么知道还有哪些会员在自动扣
      客服: 平台上没查到您的卡有自动扣款。商户或银行那边开的，我看不到。
      客服: 会员、订阅：…
      ${HANDLED}
      客户: 还有别的在扣
      客服: 那现在还有哪一种在扣？ ${KINDS}
      客户: 不知道有哪些
      客服: 这样找：⏎⏎· 官方 App 里点 我的 → 支付设置，…
      客服: 那现在还有哪一种在扣？ ${KINDS}
      客户: 没有了
      ${BANK}
      客户: 晚点再看
      客服: 好的。银行那边看完再解绑最稳当，到时候跟我说“自动扣款弄好了”。
      `,
    ));

  it('an unbound card can still have agreements, and is not led through unbinding again', () =>
    talk(
      { customer: 'charged-after-unbind' },
      `
      客户: 这张卡签了哪些代扣 帮我看一下
      客服: 浦发银行尾号0058已经解绑了，可平台上还有 1 项自动扣款没结束。解绑不会让它们自己停，我们一项一项看。
      客服: 这张卡上有自动续费：视频会员连续包月。…
      客户: 处理好了
      ${BANK}
      客户: 看过了
      客服: 好的。后面一两期账单也看一眼，…
      客服: 解绑之后，看三处、防一样：…
      `,
    ));

  it('correction: not a membership, an instalment', () =>
    talk(
      {},
      `
      客户: 卡上还挂着爱奇艺会员 能直接解吗
      客服: 先把自动扣款安顿好，再解绑。…
      客服: 会员、订阅：…
      ${HANDLED}
      客户: 说错了 不是会员 是分期
      客服: 分期：解绑不等于不用还。…
      ${HANDLED}
      客户: 好了
      ${BANK}
      `,
    ));

  it('bad input is asked again, then a person is offered beside the answers', () =>
    talk(
      {},
      `
      客户: 代扣
      ${WHICH}
      客户: asdfgh
      客服: 我没看明白。会员、分期、水电保险这些，是哪一种？没有就回“没有了”。 ${KINDS}
      客户: 31 February
      客服: 我没看明白。… ${KINDS} [转人工客服]
      `,
    ));

  it('cancel in the middle of it', () =>
    talk(
      { customer: 'auto-debit' },
      `
      客户: 签约管理在哪
      客服: 我查了光大银行尾号2680，…
      客服: 这张卡上有自动续费：…
      客户: 算了,不弄了
      客服: 好的，已经停下。…
      `,
    ));

  it('a question in between is answered, and the agreement is shown again', () =>
    talk(
      { customer: 'auto-debit' },
      `
      客户: 签约管理在哪
      客服: 我查了光大银行尾号2680，…
      客服: 这张卡上有自动续费：…
      客户: 解绑和删除有啥区别
      客服: 有两个按钮容易弄混：…
      客服: 您还想知道哪一样？…
      客户: 知道了
      客服: 好的。…
      客服: 我们接着说刚才的：关自动扣款。
      客服: 这张卡上有自动续费：爱奇艺连续包月。… [处理好了] [还没有]
      `,
    ));

  it('asks for a human in the middle of it', () =>
    talk(
      {},
      `
      客户: 商家说让我找你们停代扣 你们又让我找商家 我就想解绑前把它弄干净
      客服: 两边都要看：…我可以帮您转人工。
      ${WHICH}
      客户: 我要人工
      ${TO_PERSON}
      `,
    ));

  it('platform down: says so, and asks what there is', () =>
    talk(
      { customer: 'platform-down' },
      `
      客户: 代扣
      客服: 平台的系统这会儿没有回应，…
      ${WHICH}
      `,
    ));

  it('a charge of tomorrow is met in a hurry, and no promise is made about it', () =>
    talk(
      {},
      `
      客户: 网盘会员忘了关自动续费 明天就扣 急死了 解绑来得及拦住不
      客服: 知道您急，我挑要紧的说。
      客服: 快到扣款日的，先去开通它的地方关续费，…解绑拦不拦得住这一笔，我说不准。
      客服: 会员、订阅：…
      ${HANDLED}
      客户: 会员页面是灰的关不掉
      客服: 关不掉的，先找开通它的那一家客服，截图留着。没关掉之前，先别急着解绑。
      ${HANDLED}
      `,
    ));

  it('the card that was named is looked at, not another one', () =>
    talk(
      { customer: 'auto-debit' },
      `
      客户: 招行那张卡签了哪些代扣
      客服: 平台上没查到您的卡有自动扣款。…
      ${WHICH}
      客户: 没有了 都关了
      ${BANK}
      客户: 看过了,没有签约
      ${NEXT}
      `,
    ));
});
