import { talk } from '../support/transcript.ts';

const LOCKED = { customer: 'risk-lock' };

/** From the failure to a submitted case with three documents. */
const SUBMITTED = `
  客户: 弹窗说账户存在风险,解绑用不了
  客服: 先请您停一下：…
  客服: 平台觉得账户有风险时，…
  客服: 要现在申请人工审核吗？…
  客户: 现在申请
  客服: 这次为什么想解绑？…
  客户: 这张卡不用了
  客服: 好的。接下来要 3 张照片，…
  客服: 上传前请先看一下：…
  客服: 您同意吗？
  客户: 同意
  客服: 请上传：身份证人像面。 [上传卡片]
  【上传】
  客服: 身份证人像面收到了，还差 2 张。
  客服: 请上传：身份证国徽面。 [上传卡片]
  【上传】
  客服: 身份证国徽面收到了，还差 1 张。
  客服: 还需要一张手持证件照，…
  客服: 您同意吗？
  客户: 同意
  客服: 请上传：手持身份证照片。 [上传卡片]
  【上传】
  客服: 手持身份证照片收到了。
  客服: 材料齐了，一共 3 份，…
  客户: 提交审核
  客服: 已经提交，案件号 JB20261123…
`;

/** A case without documents is quicker to come by. */
const REGISTERED = `
  客户: 卡挂失了
  客服: 卡丢了确实让人着急。…
  客服: 再看一眼这张卡的账单：…
  客户: 没有
  客服: 挂失之后，…
  客服: 另外提醒一句：…
  客服: 要我现在登记给人工处理吗？…
  客户: 好的
  客服: 好的，我按中信银行尾号7753登记。
  客服: 已经提交，案件号 JB20261123…
`;

const WAITING = `
  客户: 审核到哪了
  客服: 您的卡片状态处理（案件号 JB20261123…），今天 10:00 提交的，现在排队等审核。
  客服: 审核通常要 1 到 3 个工作日，从提交那天算起。
  客服: 有新消息我会在这里告诉您。 [好的，我等消息] [撤回这次申请] [转人工客服]
`;

describe('case-status', () => {
  it('happy path: a returned document is sent again in the same case, an approval leads to the steps', () =>
    talk(
      LOCKED,
      `${SUBMITTED}
      【退回 id-front GLARE】
      客服: 您的风控解锁审核（案件号 JB20261123…）有 1 份材料要补一下：…身份证人像面：有反光，…只补这些，别的不用重传，案件号也不变。 [审核退回了，去补件] [转人工客服]
      客户: 审核退回了，去补件
      客服: 您的风控解锁审核（案件号 JB20261123…）还差 1 份材料：…身份证人像面：有反光，…
      客服: 只补上面说的，别的不用重传，案件号也不变。现在补吗？ [现在补交] [晚点再补] [撤回这次申请] [转人工客服]
      客户: 好
      客服: 上传前请先看一下：…我们收集身份证人像面，只用来…
      客服: 您同意吗？ [同意] [不同意]
      客户: 同意
      客服: 请上传：身份证人像面。 [上传卡片]
      【上传】
      客服: 身份证人像面收到了。
      客服: 补好了，还是原来的案件号 JB20261123…，现在重新等审核。…
      【审核通过】
      客服: 您的风控解锁审核（案件号 JB20261123…）通过了，我们会把结果告诉平台。…请过一会儿再按步骤解绑一次，… [怎么安全解绑] [解绑一直失败]
      客户: 审核结果出来没
      客服: 您的风控解锁审核（案件号 JB20261123…）通过了，我们会把结果告诉平台。…
      客服: 要我带您一步一步来吗？ [按步骤来] [知道了] [转人工客服]
      客户: 知道了
      客服: 好的，有需要随时找我。
      `,
    ));

  it('a case that was rejected during the upload is told anew, nothing is handed in', () =>
    talk(
      LOCKED,
      `${SUBMITTED}
      【退回 id-front CROPPED】
      客服: 您的风控解锁审核（案件号 JB…）有 1 份材料要补一下：…身份证人像面：边角没有拍全。…
      客户: 查审核进度
      客服: 您的风控解锁审核（案件号 JB…）还差 1 份材料：…
      客服: 只补上面说的，…
      客户: 现在补交
      客服: 上传前请先看一下：…
      客服: 您同意吗？
      客户: 同意
      客服: 请上传：身份证人像面。 [上传卡片]
      【上传 模糊】
      客服: 身份证人像面收到了，不过有点糊，…
      【驳回】
      客服: 很抱歉，您的风控解锁审核（案件号 JB…）没有通过。…
      客户: 就用这张
      客服: 身份证人像面收到了。
      客服: 案件 JB…的状态刚刚变了，这次补的没有交上去。我再给您看一下。
      客服: 很抱歉，您的风控解锁审核（案件号 JB…）没有通过。…
      客服: 要我帮您转人工客服吗？
      `,
    ));

  it('not sending again now keeps the case, refusing to send offers a person', () =>
    talk(
      LOCKED,
      `${SUBMITTED}
      【退回 id-back BLURRY】
      客服: 您的风控解锁审核（案件号 JB…）有 1 份材料要补一下：…身份证国徽面：照片有点糊。…
      客户: 审核到哪了
      客服: 您的风控解锁审核（案件号 JB…）还差 1 份材料：…
      客服: 只补上面说的，…
      客户: 晚点再补
      客服: 好的，案件 JB…给您留着，没有作废。…
      客户: 查审核进度
      客服: 您的风控解锁审核（案件号 JB…）还差 1 份材料：…
      客服: 只补上面说的，…
      客户: 现在补交
      客服: 上传前请先看一下：…
      客服: 您同意吗？
      客户: 不同意
      客服: 没关系，这次先不交。案件 JB…还在，没有作废。… [转人工客服] [先不用]
      客户: 先不用
      客服: 好的，有需要随时找我。
      `,
    ));

  it('says nothing about a time that nobody knows, and thanks end the talk', () =>
    talk(
      { customer: 'lost-card' },
      `${REGISTERED}${WAITING}
      客户: 到底还要多久
      客服: 具体什么时候有结果，我这里没有准确的时间，…
      客服: 有新消息我会在这里告诉您。
      客户: 谢谢
      客服: 好的。想查进度，随时发案件号 JB…给我。
      `,
    ));

  it('withdraws only after a confirmation', () =>
    talk(
      { customer: 'lost-card' },
      `${REGISTERED}${WAITING}
      客户: 撤回这次申请
      客服: 撤回以后，案件 JB…就不再审核了，以后要办得重新申请。您确定撤回吗？ [确定撤回] [不撤回]
      客户: 不撤回
      客服: 好的，没有撤回，案件 JB…照常进行。
      ${WAITING}
      客户: 我想撤回
      客服: 撤回以后，案件 JB…
      客户: 确定撤回
      客服: 好的，案件 JB…已经撤回，不再审核。…
      `,
    ));

  it('correction: a case decided while its question was open is told anew, not withdrawn', () =>
    talk(
      { customer: 'lost-card' },
      `${REGISTERED}${WAITING}
      客户: 撤回这次申请
      客服: 撤回以后，…您确定撤回吗？ [确定撤回] [不撤回]
      【驳回】
      客服: 很抱歉，您的卡片状态处理（案件号 JB…）没有通过。…
      客户: 确定撤回
      客服: 案件 JB…的状态刚刚变了，没有撤回。我再给您看一下。
      客服: 很抱歉，您的卡片状态处理（案件号 JB…）没有通过。没过的原因没有写给我，…
      客服: 要我帮您转人工客服吗？ [转人工客服] [知道了]
      `,
    ));

  it('cancel: the case itself stays as it is', () =>
    talk(
      { customer: 'lost-card' },
      `${REGISTERED}${WAITING}
      客户: 撤回这次申请
      客服: 撤回以后，…
      客户: 先不用了
      客服: 好的，没有撤回，案件 JB…照常进行。
      `,
    ));

  it('digression and return: the confirmation is asked again', () =>
    talk(
      { customer: 'lost-card' },
      `${REGISTERED}${WAITING}
      客户: 撤回这次申请
      客服: 撤回以后，…
      客户: 会影响征信吗
      客服: 单是解绑这个动作，…
      客服: 我们接着说刚才的：审核进度。
      客服: 撤回以后，案件 JB…
      `,
    ));

  it('bad input: an unknown number and a forgotten one', () =>
    talk(
      {},
      `
      客户: JB20261123000001 什么进度
      客服: 按这个号没有查到您的案件。…后面 14 位数字。… [查解绑失败的原因] [转人工客服]
      客户: 我忘了号码
      客服: 这里面我没看到案件号。…
      客户: JB20261101000009
      客服: 按这个号没有查到您的案件。…
      客户: 转人工客服
      客服: (handoff.initiate)
      客服: 好的，帮您转人工客服…
      客服: (handoff.queue)
      `,
    ));

  it('no case: where the number stands, and the diagnosis instead', () =>
    talk(
      {},
      `
      客户: 昨天聊到一半手机没电了 我那个审核怎么样了
      客服: 我这里没查到您交过的申请。…它是 JB 开头的一串数字，… [查解绑失败的原因] [转人工客服]
      客户: 1
      客服: 我还不知道您是哪个账户，…
      客服: 先凭现象来判断。…
      `,
    ));

  it('asks for a human while waiting', () =>
    talk(
      { customer: 'lost-card' },
      `${REGISTERED}${WAITING}
      客户: 转人工客服
      客服: (handoff.initiate)
      客服: 好的，帮您转人工客服…
      客服: (handoff.queue)
      `,
    ));

  it('platform down: cases are ours, so their state is told all the same', () =>
    talk(
      { customer: 'platform-down' },
      `
      客户: 卡过期了
      客服: 卡过期了，…
      客服: 另外提醒一句：…
      客服: 要我现在登记给人工处理吗？…
      客户: 现在登记
      客服: 平台的系统这会儿没有回应，…
      客服: 要登记哪张卡？…
      客户: 记不清尾号了
      客服: 已经提交，案件号 JB…
      客户: 审核到哪了
      客服: 您的卡片状态处理（案件号 JB…），今天 10:00 提交的，现在排队等审核。
      客服: 审核通常要 1 到 3 个工作日，从提交那天算起。
      客服: 有新消息我会在这里告诉您。
      `,
    ));

  it('approved, and the platform has not lifted the lock yet: its report can be waited for', () =>
    talk(
      { customer: 'risk-lock', at: '2026-11-30T10:00:00+08:00' },
      `
      ${SUBMITTED.replaceAll('20261123', '20261130')}
      【平台中断】
      【审核通过】
      客服: 您的风控解锁审核（案件号 JB2026…）通过了，…
      【平台恢复】
      客户: 查审核进度
      客服: 您的风控解锁审核（案件号 JB2026…）通过了，…
      客服: 要我带您一步一步来吗？…
      客户: 知道了
      客服: 要我留意吗？平台一通知锁定解除，我就在这个对话里告诉您。 [提醒我] [不用提醒]
      客户: 提醒我
      客服: 记下了：…
      【平台通知 lock-released】
      客服: 您让我提醒的：平台通知，锁定解除了。…
      `,
    ));
});
