import { talk } from '../support/transcript.ts';

const STATE = '客服: 平台显示：中信银行尾号4936的解绑申请是今天 06:00 提交的，还在处理。';
const ENTRY = '[已经撤了] [没看到入口] [先不撤了]';
const REVOCABLE = `客服: 平台写的是明天 06:00 之前可以撤回。请到提交申请的那一页，找撤回的入口，点一次就好。我没法替您点。…撤好了吗？ ${ENTRY}`;
const PAGE =
  '客服: 先看一眼申请页面，或者银行卡列表：这张卡现在写的是什么？ [处理中] [已解绑，或没有了] [看不出来]';
const PENDING = `客服: 写着处理中，就去申请那一页找找撤回的入口，…以页面显示的为准。… ${ENTRY}`;
const TAKEN = '客服: 好的。撤回之后，原来的授权接着有效，不用重新绑卡。…';
const TO_PERSON = `客服: (handoff.initiate)
  客服: 好的，帮您转人工客服…
  客服: (handoff.queue)`;

describe('cooling-off', () => {
  it('happy path: the platform says until when, the customer does it, the list decides', () =>
    talk(
      { customer: 'cooling-off' },
      `
      客户: 刚提交 解错卡了 能撤吗
      ${STATE}
      ${REVOCABLE}
      客户: 撤了
      ${TAKEN}
      `,
    ));

  it('who leaves it is reminded before the platform says it ends, when people are awake', () =>
    talk(
      { customer: 'cooling-off' },
      `
      客户: 刚提交 解错卡了 能撤吗
      ${STATE}
      ${REVOCABLE}
      客户: 先不撤了
      客服: 好的，那先这样。…
      客服: 到时候要我提醒您吗？今天 20:45 以后，我在这个对话里跟您说一声：冷静期快结束。 [提醒我] [不用提醒]
      客户: 提醒我
      客服: 记下了：今天 20:45 以后，…
      【过了 10 小时】
      【过了 0.8 小时】
      客服: 您让我提醒的（中信银行尾号4936）：冷静期快结束了。…
      `,
    ));

  it('no way back on the page: a person at once', () =>
    talk(
      { customer: 'cooling-off' },
      `
      客户: 刚提交 解错卡了 能撤吗
      ${STATE}
      ${REVOCABLE}
      客户: 没看到入口
      客服: 没有入口，这事得快一点，…
      ${TO_PERSON}
      `,
    ));

  it('what is done is not called revocable', () =>
    talk(
      { customer: 'charged-after-unbind' },
      `
      客户: 解错卡了 想撤销刚才那个申请
      客服: 平台显示：浦发银行尾号0058…已经解绑。
      客服: 已经办完的，一般撤不回来，… [转人工客服] [先不用]
      客户: 先不用
      客服: 好的，那先这样。…
      `,
    ));

  it('without an account the page decides; how long is never said by us', () =>
    talk(
      {},
      `
      客户: 冷静期是多久
      客服: 有没有冷却期、能撤多久，各个平台不一样，以您页面上写的为准。
      ${PAGE}
      客户: 五分钟前 写着处理中
      ${PENDING}
      客户: 撤好了
      ${TAKEN}
      `,
    ));

  it('a page that offers no way back is not searched again', () =>
    talk(
      {},
      `
      客户: 明明还没过一天 撤销按钮怎么是灰的
      客服: 页面上撤不了的，只有人工能看还拦不拦得住，结果我不敢说。… [转人工客服] [先不用]
      客户: 好
      ${TO_PERSON}
      `,
    ));

  it('whether the card works afterwards is answered, and taking back is not binding anew', () =>
    talk(
      {},
      `
      客户: 撤销之后那张卡还能照常用吗
      客服: 撤回之后，原来的授权接着有效。…多久变回来我说不准。
      客服: 要撤的话，跟我说“撤回解绑”，我带您看。
      客户: 我撤销了解绑 需要重新绑一遍吗
      客服: 撤回是把申请收回来，不是重新绑卡。…
      客服: 要撤的话，…
      `,
    ));

  it('correction: done already, not under way', () =>
    talk(
      {},
      `
      客户: 撤回解绑
      ${PAGE}
      客户: 处理中
      ${PENDING}
      客户: 等下 看错了 它已经显示失败撤不了
      客服: 没有入口，…
      ${TO_PERSON}
      `,
    ));

  it('digression and return', () =>
    talk(
      { customer: 'cooling-off' },
      `
      客户: 刚提交 解错卡了 能撤吗
      ${STATE}
      ${REVOCABLE}
      客户: 会影响征信吗
      客服: 单是解绑这个动作，…
      客服: 我们接着说刚才的：撤回解绑。
      ${REVOCABLE}
      `,
    ));

  it('bad input is asked again in other words; who gives up leaves it', () =>
    talk(
      {},
      `
      客户: 撤回解绑
      ${PAGE}
      客户: 呃呃
      客服: 我没看明白。页面上写的是处理中，还是已解绑？…
      客户: 算了
      客服: 好的，已经停下。…
      `,
    ));

  it('asks for a human', () =>
    talk(
      {},
      `
      客户: 撤回解绑
      ${PAGE}
      客户: 转人工
      ${TO_PERSON}
      `,
    ));

  it('unplanned: a child pressed it, in a hurry, and money is asked for', () =>
    talk(
      {},
      `
      客户: 孩子拿我手机乱点 把解绑给提交了 赶紧怎么撤回来
      客服: 知道您急，我挑要紧的说。
      ${PAGE}
      客户: 还写着处理中呢
      ${PENDING}
      客户: 没有这个按钮
      客服: 没有入口，这事得快一点，…
      ${TO_PERSON}
      `,
    ));

  it('unplanned: nobody asked to take back a wish that was never handed in', () =>
    talk(
      { customer: 'happy' },
      `
      客户: 解错卡了 想撤销刚才那个申请
      客服: 我在平台上没查到您提交过解绑申请。我们看一眼页面，以那里为准。
      ${PAGE}
      客户: 谢谢
      客服: 不客气。…
      客户: 看不出来
      客服: 看不出来就先别点别的。…
      `,
    ));

  it('platform down: no state is made up, the page is looked at', () =>
    talk(
      { customer: 'platform-down' },
      `
      客户: 刚提交 解错卡了 能撤吗
      客服: 平台的系统这会儿没有回应，…
      ${PAGE}
      `,
    ));
});
