import { expect } from 'chai';
import { comesBackAndStops, journey } from '../support/never.ts';
import { sharedDesk } from '../support/transcript.ts';

const NEVER = {
  'denies it': /不(?:是|可能是)我们(?:扣|的事)|与(?:我们|平台)无关|跟我们没关系/u,
  'sends the customer to the bank and ends': /(?:请|只能|您)(?:自己|自行)(?:去)?(?:找|联系)银行/u,
  'blames the customer': /(?:是|怪)您(?:自己)?(?:没|忘)|您(?:应该|本该)/u,
  'promises a refund': /(?:会|能|给|帮)(?:您)?(?:全额)?退(?:款|还)(?:给您|的)|(?:可以|能)退给您/u,
};

const CHARGED = { customer: 'charged-after-unbind' };

const WHEN = '客服: 看账单或扣款短信上的“交易时间”，… [解绑之前的] [解绑之后的] [看不出来]';
const REFUND =
  '客服: 能不能要回来，由发卡银行按规则定，我不能替它答应。能做的是两边一起：向银行提出拒付，我们这边登记核对。';
const WE_CHECK = '客服: 不会让您一个人跑。我可以登记成案件，由人工核对解绑时间和扣款记录，有案件号可查。';
const BANK_WAY = '客服: 银行那边可以同时办，不用等我们：…申请拒付或争议处理。⏎⏎结果由银行按规则定。…';

const ANGRY = `
  客户: 卡上周就解了 今天又扣29.9 你们抢钱啊
  客服: 解绑了还扣钱，换谁都着急。我们先把这一笔对清楚。`;
const KNOWN = `
  客服: 平台显示：浦发银行尾号0058，11月16日 10:00 已经解绑。
  客服: 不过还有没结束的自动扣款：视频会员连续包月。解绑停不掉它，可能就是它在扣。`;
const THROWN_IN = `
  ${WHEN}
  客户: 就你们名字
  客服: 写着平台的名字，也有两种可能：解绑前的消费晚入账，或者有代扣协议还在走平台扣。…
  ${WHEN}
  客户: 怎么要回来
  ${REFUND}
  ${WHEN}
  客户: 你们不管?
  ${WE_CHECK}
  ${WHEN}
  客户: 解绑之后的
  客服: 除了晚入账，常见的还有两种：…这不怪您，…`;

describe('J12 解绑后仍被扣款', () => {
  it('signed in: both ways are explained, the bank and a case side by side, no money promised', async () => {
    await journey(
      CHARGED,
      `${ANGRY}${KNOWN}${THROWN_IN}
      客服: 照着扣款短信，告诉我这笔的时间、金额和商户名就行，不要发整个卡号。 [说不清]
      客户: 怎么要回来
      ${REFUND}
      客服: 照着扣款短信，…
      客户: 11月23日早上8点 29.9 写的就是你们平台的名字
      客服: 我来登记，请人工核对。… [上传凭证再登记] [不传，直接登记] [先不登记]
      客户: 你们不管?
      ${WE_CHECK}
      客服: 我来登记，请人工核对。…
      客户: 上传凭证再登记
      客服: 上传前请先看一下：…
      客服: 您同意吗？…
      客户: 同意
      客服: 请上传：相关凭证。 [上传卡片]
      【上传】
      客服: 相关凭证收到了。
      客服: 凭证收到了。现在登记这笔扣款，提交核对吗？…
      客户: 提交审核
      客服: 已经提交，案件号 JB…
      ${BANK_WAY}
      客服: 还有哪一样要看？…
      客户: 没有了
      客服: 好的。扣款短信、截图都留着别删，…
      客服: 到时候要我提醒您吗？…
      `,
      NEVER,
    );
    const { cases } = await sharedDesk();
    const all = await cases.list({ conversationId: 'none', customerId: CHARGED.customer });
    const made = all.filter(({ state }) => state === 'submitted');
    expect(made.map(({ note }) => note)).to.deep.equal([
      '卡上周就解了 今天又扣29.9 你们抢钱啊\n11月23日早上8点 29.9 写的就是你们平台的名字',
    ]);
  });

  it('anonymous: nothing is claimed about the account; the bank, and a person', () =>
    journey(
      {},
      `${ANGRY}${THROWN_IN}
      ${BANK_WAY}
      客服: 登记要先确认您的账户：… [转人工客服] [先不用]
      `,
      NEVER,
    ));

  comesBackAndStops(CHARGED, '客户: 卡上周就解了 今天又扣29.9 你们抢钱啊');
});
