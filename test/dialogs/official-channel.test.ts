import { talk } from '../support/transcript.ts';

const LINK = '客服: 先别点那个链接，也别在里面填。…自己打开已经装好的官方 App，…没有，就当它是假的。…';
const CONTACT = '客服: 先挂掉，别回拨，也别加对方。…96110 问。';
const GIVEN =
  '客服: 那您有没有点进去、填过什么，或者把验证码告诉对方？ [没有，什么都没给] [点开了，没填] [填了，或告诉对方了] [钱已经少了]';
const CHECKED = '客服: 这样核实清楚了吗？ [清楚了] [有人联系了我] [转人工客服]';
const PRAISE = '客服: 没点、没给就对了，您很警觉。再做三件小事：…有没有不认识的绑卡和授权';
const TO_PERSON = `客服: (handoff.initiate)
  客服: 好的，帮您转人工客服…
  客服: (handoff.queue)`;

describe('official-channel', () => {
  it('happy path: the link is not opened, the talk is taken apart, nothing given is praised', () =>
    talk(
      {},
      `
      客户: 收到短信 点链接解绑 km-jinfu-unbind.com 是你们吗
      ${LINK}
      ${GIVEN}
      客户: 他还打电话说不解会影响征信
      客服: 解不解绑，由您自己定。…多半是骗子。…96110…
      ${GIVEN}
      客户: 我还没点
      ${PRAISE}
      `,
    ));

  it('who has given something away gets first aid', () =>
    talk(
      { customer: 'happy' },
      `
      客户: 收到短信让我点链接解绑 是你们发的不
      ${LINK}
      ${GIVEN}
      客户: 填了，或告诉对方了
      客服: 先止损，解绑的事放一放：…
      客服: 银行那边冻结了吗？…
      `,
    ));

  it('correction: opened, but nothing filled in', () =>
    talk(
      {},
      `
      客户: 这个二维码扫进去是你们的解绑页面吗
      ${LINK}
      ${GIVEN}
      客户: 点开了，没填
      客服: 没填就好，先把页面关掉，…“我的 → 账户安全”…
      `,
    ));

  it('a caller is hung up on and asked about in the app; his talk is named', () =>
    talk(
      {},
      `
      客户: 他说不解绑会影响征信 让我开屏幕共享 我没开
      ${CONTACT}
      客服: 解不解绑，由您自己定。…
      ${GIVEN}
      客户: 他知道我名字和后四位
      客服: 报得出您的名字、尾号，或者有工号、证件，都不算证明，…
      ${GIVEN}
      客户: 没有
      ${PRAISE}
      `,
    ));

  it('no number is named; the app and the page typed by oneself are the place', () =>
    talk(
      {},
      `
      客户: 客服电话多少 怕打到假的
      客服: 号码我不在这里报：…什么数字开头都说明不了真假。…
      ${CHECKED}
      客户: 清楚了
      客服: 好的。以后有人拿解绑找您，先自己打开官方 App 核实，再说别的。
      `,
    ));

  it('the entry is where the operator says; the licence is for the central bank to show', () =>
    talk(
      {},
      `
      客户: 官网是哪个 怕进到钓鱼网站
      客服: 解绑只在官方 App 或官网登录后办，一般在：我的 → 账户安全 → 银行卡管理，以页面为准。…
      ${CHECKED}
      客户: 支付牌照有没有 在哪查
      客服: 这个不能只听我们自己说。…
      ${CHECKED}
      `,
    ));

  it('what is to be checked is asked when the words do not show it', () =>
    talk(
      {},
      `
      客户: 真的假的
      客服: 想核实哪一样？先别点、别回拨，我告诉您怎么查。 [短信、链接、二维码] [有人打电话、加我] [客服电话是哪个] [官网、App 是哪个]
      客户: 2
      ${CONTACT}
      ${GIVEN}
      `,
    ));

  it('cancel', () =>
    talk(
      {},
      `
      客户: 收到短信让我点链接解绑 是你们发的不
      ${LINK}
      ${GIVEN}
      客户: 算了不问了
      客服: 好的，已经停下。…
      `,
    ));

  it('digression and return', () =>
    talk(
      {},
      `
      客户: 收到短信让我点链接解绑 是你们发的不
      ${LINK}
      ${GIVEN}
      客户: 解绑和删除有什么区别
      客服: 有两个按钮容易弄混：…
      客服: 您还想知道哪一样？…
      客户: 没有了
      客服: 好的。要解绑的时候跟我说“怎么解绑”，…
      客服: 我们接着说刚才的：核实真假。
      ${GIVEN}
      `,
    ));

  it('bad input is not scolded; a link is not wanted here', () =>
    talk(
      {},
      `
      客户: 收到短信让我点链接解绑 是你们发的不
      ${LINK}
      ${GIVEN}
      客户: 呃呃
      客服: 不着急。点开过、填过，或者告诉过对方什么吗？没有的话，回“没有”就行。…
      客户: 我发给你看看
      客服: 不用发给我，我不会打开，…
      ${GIVEN}
      `,
    ));

  it('asks for a human', () =>
    talk(
      {},
      `
      客户: 客服电话多少 怕打到假的
      客服: 号码我不在这里报：…
      ${CHECKED}
      客户: 转人工
      ${TO_PERSON}
      `,
    ));

  it('platform down: nothing here needs it', () =>
    talk(
      { customer: 'happy' },
      `
      【平台中断】
      客户: 客服电话多少 怕打到假的
      客服: 号码我不在这里报：…
      ${CHECKED}
      【平台恢复】
      `,
    ));
});
