import { expect } from 'chai';
import { journey } from '../support/never.ts';
import { sharedDesk } from '../support/transcript.ts';

const NEVER = {
  'asks why': /为什么(?:不|要)|什么原因不/u,
  'goes on pushing': /(?:再|最后)(?:一步|坚持)|就差(?:一步|最后)|真的不(?:解|办)/u,
  'lets it look half done': /已经(?:解|办)了?一半|解绑了一部分/u,
};

const STOPPED =
  '客服: 好的，已经停下。没有提交任何申请，您的卡还是原来的状态。想接着办，随时回来，从头走几步就好。';
const SAFE = `
  客户: 那我的卡安全吗
  客服: 先看这几样：⏎⏎· 小额免密：不用就关⏎· 登录提醒：打开⏎…想弄哪一样？ [关小额免密] …
  客户: 开登录提醒
  客服: 开登录提醒：在官方 App 点 我的 → 账户安全，找登录提醒打开。…
  客服: 弄好了吗？ [弄好了] [找不到] [先不弄]`;

describe('J14 中途改主意不办了', () => {
  it('at the verification: stops at once, tells that nothing was handed in, and what keeps the card safe', () =>
    journey(
      { customer: 'verification-locked' },
      `
      客户: 卡在人脸验证 过不去
      客服: …
      客服: …
      客服: …
      客服: 好的，那就等能办的时候再试，…
      客服: 到时候要我提醒您吗？…
      客户: 算了 不弄了
      ${STOPPED}
      ${SAFE}
      `,
      NEVER,
    ));

  it('between two uploads: what was sent is dropped, and no case is left half made', async () => {
    await journey(
      { customer: 'risk-lock' },
      `
      客户: 解绑提示账户有风险
      客服: 先请您停一下：…
      客服: …
      客服: 要现在申请人工审核吗？…
      客户: 现在申请
      客服: 这次为什么想解绑？…
      客户: 换了新卡
      客服: 好的。接下来要 3 张照片，…
      客服: 上传前请先看一下：…
      客服: 您同意吗？…
      客户: 同意
      客服: 请上传：身份证人像面。 [上传卡片]
      【上传】
      客服: 身份证人像面收到了，还差 2 张。
      客服: 请上传：身份证国徽面。 [上传卡片]
      客户: 算了 不弄了
      ${STOPPED}
      ${SAFE}
      客户: 先不弄
      客服: 好的，不急。…
      `,
      NEVER,
    );
    const { cases } = await sharedDesk();
    const all = await cases.list({ conversationId: 'none', customerId: 'risk-lock' });
    const open = all.filter(({ state }) => ['draft', 'submitted', 'in-review', 'needs-more'].includes(state));
    expect(open).to.deep.equal([]);
  });
});
