import { talk } from '../support/transcript.ts';

const LOCKED = { customer: 'risk-lock' };

describe('risk-lock', () => {
  it('happy path: from the failure to the case number and the good news', () =>
    talk(
      LOCKED,
      `
      客户: 弹窗说账户存在风险,解绑用不了
      客服: 先请您停一下：别再点解绑，也别换手机或网络再试。…
      客服: 平台觉得账户有风险时，会先把解绑锁住，…
      客服: 要现在申请人工审核吗？准备好身份证，几分钟就能填完。 [现在申请] [先不用]
      客户: 现在申请
      客服: 这次为什么想解绑？一句话就行，也可以点下面的。 [这张卡不用了] [换了新卡] [担心账户安全]
      客户: 1
      客服: 好的。接下来要 3 张照片，…
      客服: …
      客服: 您同意吗？ [同意] [不同意]
      客户: 同意
      客服: 请上传：身份证人像面。 [上传卡片]
      `,
    ));
});
