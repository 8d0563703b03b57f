import { comesBackAndStops, journey } from '../support/never.ts';

const NEVER = {
  "shows a way through with somebody else's ID":
    /(?:用|拿|借)(?:她|他|家人|妈妈|您妈).{0,6}(?:身份证|证件|脸|手机).{0,6}(?:验证|核验|刷脸|登录)/u,
  'takes documents in the chat': /(?:照片|身份证|证明)(?:直接)?(?:发给我|发过来|发到聊天)/u,
  'promises that the review passes': /(?:审核|材料).{0,6}(?:都会|包|准)(?:过|通过)/u,
  'sends for an old card': /借(?:一?张)?(?:旧)?卡/u,
};

const HOLDER = `
  客户: 当时用我妈的身份证注册的 现在我自己实名了 我妈那张卡解不掉
  客服: 平台要求卡和账户是同一个人，…在 App 的“个人中心”更新成您本人的新卡，再交新卡照片和您本人的身份证；审核通过后，再解旧卡。
  客服: 家人的卡和证件，要家人自己愿意、自己来核验。谁也不能替别人通过核验，这也是在保护家人。`;

const CLOSED = `
  客户: 那张卡去年就销户了
  客服: 卡在银行已经注销的话，平台要看银行开的“账户注销证明”，…电子版能不能用，由审核人员来看。`;

const ALTERNATIVES = `
  客户: 银行说两年前销的打不出来
  客服: 时间久了开不出来，也可以问银行要别的材料：⏎⏎1. 银行柜台写的书面说明⏎2. 当时的销户回单⏎3. 银行客服的书面答复⏎⏎能不能认，由审核人员判断，我不能替他们答应。`;

const FOR_HER = `
  客户: 那我妈不识字 我替她弄行吗
  客服: 替家人办不行：要本人愿意、本人来核验。您可以陪着，由家人自己操作；…`;

describe('J6 身份信息不一致 + 旧卡已注销', () => {
  it('anonymous: both conditions are told apart, and a person is within reach at each', () =>
    journey(
      {},
      `${HOLDER}
      客服: 交材料前要先确认您的账户。… [转人工客服] [先不用] [不是这种情况]
      ${CLOSED}
      客服: 交材料前要先确认您的账户。… [转人工客服] [先不用] [不是这种情况]
      ${ALTERNATIVES}
      客服: 方便登录的话，…要我帮您转人工客服吗？ [转人工客服] [先不用] [不是这种情况]
      ${FOR_HER}
      客服: 方便登录的话，…要我帮您转人工客服吗？ [转人工客服] [先不用] [不是这种情况]
      客户: 转人工客服
      客服: (handoff.initiate)
      客服: 好的，帮您转人工客服…
      客服: (handoff.queue)
      `,
      NEVER,
    ));

  it('signed in: without a certificate a person decides on what there is', () =>
    journey(
      { customer: 'identity-mismatch' },
      `${HOLDER}
      客服: 您这边怎么办方便？ [有本人的卡，交材料] [家人自己办不了] [先不用] [不是这种情况]
      ${CLOSED}
      客服: 这份证明，您现在是哪种情况？ [有证明，现在交] [银行开不出来] [我先去银行问问] [不是这种情况]
      ${ALTERNATIVES}
      客服: 您现在是哪种情况？ [有其中一样，现在交] [我先去银行问问] [一样都没有]
      ${FOR_HER}
      客服: 您现在是哪种情况？ [有其中一样，现在交] [我先去银行问问] [一样都没有]
      客户: 一样都没有
      客服: (handoff.initiate)
      客服: 好的，帮您转人工客服…
      客服: (handoff.queue)
      `,
      NEVER,
    ));

  for (const customer of [undefined, 'closed-card']) {
    describe(customer ?? 'anonymous', () =>
      comesBackAndStops(
        customer ? { customer } : {},
        '客户: 那张卡去年就销户了\n客户: 银行说两年前销的打不出来',
      ),
    );
  }
});
