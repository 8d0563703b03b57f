import { talk } from '../support/transcript.ts';

const OFFER = '客服: 更细的情况要人工客服才看得到。要我帮您转过去吗？ [转人工客服] [先不用]';
const TO_PERSON = `客服: 好的，帮您转人工。…
  客服: 想让客服帮您解决什么？…`;

describe('referral', () => {
  it('an official entry is checked without opening the link, and not having given anything is praised', () =>
    talk(
      {},
      `
      客户: 收到短信 点链接解绑 km-jinfu-unbind.com 是你们吗
      客服: 先别点那个链接，也别回拨。…96110 咨询。
      ${OFFER}
      客户: 我还没点
      客服: 没点、没给就对了。把那条短信删掉，别回拨。…
      `,
    ));

  it('a request that was handed in is told from the platform, with the time it can be revoked until', () =>
    talk(
      { customer: 'cooling-off' },
      `
      客户: 刚提交 解错卡了 能撤吗
      客服: 平台显示：您的解绑申请是今天 06:00 提交的，还在处理，不用再点。
      客服: 平台写的是明天 06:00 之前可以撤回。…
      ${OFFER}
      客户: 知道了
      客服: 好的，那先这样。…
      `,
    ));

  it('platform down: no state is made up', () =>
    talk(
      { customer: 'cooling-off' },
      `
      【平台中断】
      客户: 刚提交 解错卡了 能撤吗
      客服: 能不能撤回，要看申请页面：…您的申请状态，我这会儿看不到。
      ${OFFER}
      【平台恢复】
      `,
    ));
});
