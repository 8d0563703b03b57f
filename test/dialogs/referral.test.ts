import { talk } from '../support/transcript.ts';

const OFFER = '客服: 更细的情况要人工客服才看得到。要我帮您转过去吗？ [转人工客服] [先不用]';

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
});
