import { talk } from '../../support/transcript.ts';

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

/** One document comes back as blurred and is sent again. */
const AGAIN = `
  客服: 您的风控解锁审核（案件号 JB20261123…）有 1 份材料要补一下：…身份证国徽面：照片有点糊。…只补这些，别的不用重传，案件号也不变。 [审核退回了，去补件] [转人工客服]
  客户: 审核退回了，去补件
  客服: 您的风控解锁审核（案件号 JB20261123…）还差 1 份材料：…身份证国徽面：照片有点糊。…
  客服: 只补上面说的，别的不用重传，案件号也不变。现在补吗？…
  客户: 好
  客服: 上传前请先看一下：…我们收集身份证国徽面，只用来…
  客服: 您同意吗？
  客户: 同意
  客服: 请上传：身份证国徽面。 [上传卡片]
  【上传】
  客服: 身份证国徽面收到了。
  客服: 补好了，还是原来的案件号 JB20261123…，现在重新等审核。…
`;

describe('case-status and the review desk', () => {
  it('one of three photos comes back alone, in the same case; a second person releases the lock, then the customer is told', () =>
    talk(
      { customer: 'risk-lock' },
      `${SUBMITTED}
      【审核台 R01 id-back=BLURRY】
      ${AGAIN}
      【审核台 R01】
      客户: 审核到哪了
      客服: 您的风控解锁审核（案件号 JB20261123…），今天 10:00 提交的，审核人员正在看。
      客服: 有新消息我会在这里告诉您。…
      【审核台 R02 复核】
      客服: 您的风控解锁审核（案件号 JB20261123…）通过了，我们会把结果告诉平台。…
      `,
    ));

  it('a photo that was not usable three times is asked for no more: a person takes over', () =>
    talk(
      { customer: 'risk-lock' },
      `${SUBMITTED}
      【审核台 R01 id-back=BLURRY】
      ${AGAIN}
      【审核台 R01 id-back=BLURRY】
      ${AGAIN}
      【审核台 R02 id-back=BLURRY】
      客服: 您的风控解锁审核（案件号 JB20261123…），有材料补了几次还是没能用上：…身份证国徽面：照片有点糊。…先不用再传了，可以请人工客服帮您看看怎么办。案件还给您留着。 [转人工客服]
      客户: 查审核进度
      客服: 您的风控解锁审核（案件号 JB20261123…），有材料补了几次还是没能用上：…
      客服: 要我帮您转人工客服吗？ [转人工客服] [知道了] [撤回这次申请]
      客户: 知道了
      客服: 好的，有需要随时找我。
      `,
    ));
});
