import { talk } from '../support/transcript.ts';

const SYMPTOM =
  '客服: 先凭现象来判断。点解绑的时候，页面上是什么情况？ [提示账户有风险、被锁] [提示姓名或证件对不上] [卡挂失、冻结或注销了] [提示有钱没结清] [核验过不去] [按钮没反应、一直转圈] [以上都不是]';

describe('diagnose', () => {
  it('happy: nothing in the way, on to the agreements of the chosen card', () =>
    talk(
      { customer: 'happy' },
      `
      客户: 解绑一直失败
      客服: 是哪张卡解绑不了？ [招商银行 尾号1234] [中国建设银行 尾号5678]
      客户: 第二个
      客服: 我查了中国建设银行尾号5678：账户、信息和款项都没有拦着解绑的问题。
      客服: 平台上没查到这张卡有自动扣款，… [有] [没有了]
      `,
    ));

  it('identity-mismatch: which of the three kinds it is', () =>
    talk(
      { customer: 'identity-mismatch' },
      `
      客户: 解绑一直失败
      客服: 是哪张卡解绑不了？…
      客户: 工行
      客服: 我查了中国工商银行尾号9042，平台返回的原因是：绑卡信息和账户实名对不上。
      客服: 信息对不上，常见的有三种情况，办法不一样。您是哪一种？…
      `,
    ));

  it('closed-card: the certificate of the bank', () =>
    talk(
      { customer: 'closed-card' },
      `
      客户: 广发那张卡解绑一直失败
      客服: 我查了广发银行尾号4410，平台返回的原因是：这张卡在银行已经注销。
      客服: 卡在银行已经注销的话，平台要看银行开的“账户注销证明”，…
      客服: 这份证明，您现在是哪种情况？…
      `,
    ));

  it('lost-card: safety first', () =>
    talk(
      { customer: 'lost-card' },
      `
      客户: 解绑一直失败
      客服: 我查了中信银行尾号7753，平台返回的原因是：这张卡已挂失。
      客服: 先确认一下安全。这张卡是您自己向银行挂失的吗？ [是我挂失的] [不是我，我不清楚]
      客户: 不是我
      客服: 那先问清楚，解绑放一放。…
      `,
    ));

  it('unsettled-balance: every open sum', () =>
    talk(
      { customer: 'unsettled-balance' },
      `
      客户: 解绑一直失败
      客服: 我查了中国建设银行尾号3319，平台返回的原因是：有款项还没结清。
      客服: 中国建设银行尾号3319还有这些没结清：…订单退款 52.10 元，…账户余额 0.03 元
      客服: 余额可以自己提现，或者花掉；…
      客服: 这些只算本平台的款项，欠银行的信用卡账单照常还。…
      `,
    ));

  it('withdrawal-in-transit: wait for it', () =>
    talk(
      { customer: 'withdrawal-in-transit' },
      `
      客户: 解绑一直失败
      客服: 我查了兴业银行尾号7402，平台返回的原因是：有提现还在路上。
      客服: 兴业银行尾号7402还有这些没结清：…提现到银行卡 200.00 元，平台预计 明天 12:00 处理完
      客服: 在路上的提现，要等它到账或者退回来，才能解绑。…
      客服: 这些只算本平台的款项，…
      `,
    ));

  it('auto-debit: the agreements by name', () =>
    talk(
      { customer: 'auto-debit' },
      `
      客户: 解绑一直失败
      客服: 是哪张卡解绑不了？…
      客户: 1
      客服: 我查了光大银行尾号2680：…
      客服: 这张卡上有自动续费：爱奇艺连续包月。…
      `,
    ));

  it('verification-locked: when it can be tried again', () =>
    talk(
      { customer: 'verification-locked' },
      `
      客户: 解绑一直失败
      客服: 我查了民生银行尾号8316，平台返回的原因是：身份验证被暂时锁住。
      客服: 验证没过的次数多了，…先别再试，也别换设备。
      客服: 平台写的是今天 16:00 之后可以再办，到时候试一次就好。
      客服: 等的时候先把原因弄好，到时候就顺了。之前是卡在哪一样？…
      `,
    ));

  it('maintenance: until when, and no documents', () =>
    talk(
      { customer: 'maintenance' },
      `
      客户: 解绑一直失败
      客服: 我查了交通银行尾号5502，平台返回的原因是：平台正在维护。
      客服: 先停一停，…
      客服: 平台正在维护：…公告写的结束时间是今天 14:00。
      客服: 维护的时候按钮没反应、提交不了是正常的，不用交任何材料。…
      客服: 到时候要我提醒您吗？…
      `,
    ));

  it('cooling-off: the request is in already', () =>
    talk(
      { customer: 'cooling-off' },
      `
      客户: 解绑一直失败
      客服: 是哪张卡解绑不了？ [中信银行 尾号4936] [中国银行 尾号8071]
      客户: 1
      客服: 我查了中信银行尾号4936：解绑申请已经交上去了，所以页面上点不了。不用再交一次。
      客服: 平台显示：中信银行尾号4936的解绑申请是今天 06:00 提交的，还在处理，…
      客服: 平台写的是明天 06:00 之前可以撤回。…
      客服: 页面上写的时间已经过了、还没变的，我可以帮您转人工看。您想怎么办？ [我再等等] [我想撤回] [转人工客服]
      `,
    ));

  it('charged-after-unbind: only the card that is still bound is looked at', () =>
    talk(
      { customer: 'charged-after-unbind' },
      `
      客户: 解绑一直失败
      客服: 我查了广发银行尾号5193：账户、信息和款项都没有拦着解绑的问题。
      客服: 平台上没查到这张卡有自动扣款，…
      `,
    ));

  it('several-blockers: in order, and after the maintenance the rest is not forgotten', () =>
    talk(
      { customer: 'several-blockers' },
      `
      客户: 解绑一直失败
      客服: 我查了交通银行尾号6374，有 3 处要处理。这样来最省事：先等维护结束，再解除风控锁定，最后清掉没结清的款项。…
      客服: 先停一停，…
      客服: 平台正在维护：…
      客服: …结束后也先别点解绑，还要解除风控锁定、清掉没结清的款项。…
      客服: 到时候要我提醒您吗？…
      【维护结束】
      客户: 解绑一直失败
      客服: 交通银行尾号6374，平台上现在是这样：⏎⏎· 已经好了：系统维护⏎· 还没办：风控锁定、没结清的款项
      客服: 先请您停一下：…
      客服: 平台觉得账户有风险时，…
      客服: 要现在申请人工审核吗？…
      `,
    ));

  it('platform-down: says so and asks for the symptom instead', () =>
    talk(
      { customer: 'platform-down' },
      `
      客户: 解绑一直失败
      客服: 平台的系统这会儿没有回应，我查不到您账户的情况，不想跟您瞎猜。
      ${SYMPTOM}
      客户: 提示有钱没结清
      客服: 平台的系统这会儿没有回应，…
      客服: 页面上写着没结清的是哪一种？…
      `,
    ));

  it('an anonymous visitor is asked for the symptom, which leads to its topic', () =>
    talk(
      {},
      `
      客户: 解绑一直失败
      客服: 我还不知道您是哪个账户，所以查不到具体原因。…
      ${SYMPTOM}
      客户: 弹窗说姓名对不上
      客服: 信息对不上，…
      `,
    ));

  it('bad input, then none of the symptoms: a person', () =>
    talk(
      {},
      `
      客户: 解绑一直失败
      客服: 我还不知道您是哪个账户，…
      ${SYMPTOM}
      客户: 不知道
      客服: 不好意思，我没看明白。…
      客户: 以上都不是
      客服: (handoff.initiate)
      客服: 好的，帮您转人工客服…
      客服: (handoff.queue)
      `,
    ));

  it('correction: the wrong card was looked at', () =>
    talk(
      { customer: 'happy' },
      `
      客户: 招行尾号1234解绑失败
      客服: 我查了招商银行尾号1234：…
      客服: 平台上没查到这张卡有自动扣款，…
      客户: 不是这张
      客服: 是哪张卡解绑不了？…
      客户: 建行
      客服: 我查了中国建设银行尾号5678：…
      客服: 平台上没查到这张卡有自动扣款，…
      `,
    ));

  it('digression and return, then cancel', () =>
    talk(
      { customer: 'happy' },
      `
      客户: 解绑一直失败
      客服: 是哪张卡解绑不了？…
      客户: 会影响征信吗
      客服: 单是解绑这个动作，…
      客服: 我们接着说刚才的：查解绑失败的原因。
      客服: 是哪张卡解绑不了？…
      客户: 算了
      客服: 好的，已经停下。…
      `,
    ));

  it('asks for a human instead of naming the card', () =>
    talk(
      { customer: 'happy' },
      `
      客户: 解绑一直失败
      客服: 是哪张卡解绑不了？…
      客户: 转人工
      客服: (handoff.initiate)
      客服: 好的，帮您转人工客服…
      客服: (handoff.queue)
      客户: 不转了
      客服: (handoff.status)
      客服: 好的，不排了。…
      客服: 我们接着说刚才的：查解绑失败的原因。
      客服: 是哪张卡解绑不了？…
      `,
    ));
});
