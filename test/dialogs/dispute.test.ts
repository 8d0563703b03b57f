import { expect } from 'chai';
import { sharedDesk, talk } from '../support/transcript.ts';

const CHARGED = { customer: 'charged-after-unbind' };
const SORRY = '客服: 解绑了还扣钱，换谁都着急。我们先把这一笔对清楚。';
const WHEN =
  '客服: 看账单或扣款短信上的“交易时间”，不是入账时间。这笔是解绑之前的，还是之后的？ [解绑之前的] [解绑之后的] [看不出来]';
const REASONS = '客服: 除了晚入账，常见的还有两种：…“我的 → 支付设置”…这不怪您，…';
const FACTS = '客服: 照着扣款短信，告诉我这笔的时间、金额和商户名就行，不要发整个卡号。 [说不清]';
const OFFER = '客服: 我来登记，请人工核对。…查起来更快。 [上传凭证再登记] [不传，直接登记] [先不登记]';
const BANK_WAY = '客服: 银行那边可以同时办，不用等我们：打卡背面的客服电话，…结果由银行按规则定。…';
const NEXT = '客服: 还有哪一样要看？ [关自动扣款] [钱能要回来吗] [转人工客服] [没有了]';
const TO_PERSON = `客服: (handoff.initiate)
  客服: 好的，帮您转人工客服…
  客服: (handoff.queue)`;
const BEGUN = `
  客户: 卡上周就解了 今天又扣29.9 你们抢钱啊
  ${SORRY}
  客服: 平台显示：浦发银行尾号0058，11月16日 10:00 已经解绑。
  客服: 不过还有没结束的自动扣款：视频会员连续包月。解绑停不掉它，可能就是它在扣。
  ${WHEN}`;
const TOLD = `${BEGUN}
  客户: 解绑之后的
  ${REASONS}
  ${FACTS}
  客户: 今天早上 29.9 商户写的卡盟金服
  ${OFFER}`;

describe('dispute', () => {
  it('happy path: a new charge, what proves it by the safe way, a case, the bank, the agreement that goes on', async () => {
    await talk(
      CHARGED,
      `${TOLD}
      客户: 上传凭证再登记
      客服: 上传前请先看一下：…我们收集相关凭证，只用来人工核对这笔扣款。…
      客服: 您同意吗？ [同意] [不同意]
      客户: 同意
      客服: 请上传：相关凭证。 [上传卡片]
      【上传】
      客服: 相关凭证收到了。
      客服: 凭证收到了。现在登记这笔扣款，提交核对吗？ [提交审核] [先不提交]
      客户: 提交审核
      客服: 已经提交，案件号 JB20261123…
      ${BANK_WAY}
      ${NEXT}
      客户: 钱能要回来吗
      客服: 能不能要回来，由发卡银行按规则定，我不能替它答应。…
      ${NEXT}
      客户: 关自动扣款
      客服: 浦发银行尾号0058已经解绑了，可平台上还有 1 项自动扣款没结束。…
      客服: 这张卡上有自动续费：视频会员连续包月。…
      【审核通过】
      客服: 您的解绑后扣款核对（案件号 JB20261123…）核对完了，…以银行的答复为准。 [转人工客服]
      `,
    );
    const { cases } = await sharedDesk();
    const all = await cases.list({ conversationId: 'none', customerId: 'charged-after-unbind' });
    const [made] = all.filter(({ state }) => state === 'approved');
    expect(made).to.include({ kind: 'dispute', cardLast4: '0058' });
    expect(made?.note).to.include('29.9 商户写的卡盟金服');
  });

  it('late posting: what was bought before is paid, nothing is registered', () =>
    talk(
      CHARGED,
      `${BEGUN}
      客户: 解绑之前的
      客服: 那多半是晚入账：…这笔消费您认得吗？ [认得，是我的消费] [不认得]
      客户: 认得，是我的消费
      客服: 那这笔照常还就好，别因为它逾期。…
      客服: 到时候要我提醒您吗？12月16日 10:00 以后，我在这个对话里跟您说一声：解绑后第一期账单。 [提醒我] [不用提醒]
      客户: 提醒我
      客服: 记下了：12月16日 10:00 以后，我在这里提醒您（解绑后第一期账单）。…
      客服: 解绑后第二期账单，也要我提醒吗？我会在2027年1月16日 10:00 以后，…
      客户: 提醒我
      客服: 记下了：2027年1月16日 10:00 以后，…
      【过了 552 小时】
      客服: 您让我提醒的：该看解绑后的第一期账单了。…
      【过了 744 小时】
      客服: 您让我提醒的：该看解绑后的第二期账单了。…
      `,
    ));

  it('before the unbinding, but nobody bought it: checked like a new charge', () =>
    talk(
      CHARGED,
      `${BEGUN}
      客户: 是解绑前的
      客服: 那多半是晚入账：…
      客户: 不认得
      ${REASONS}
      ${FACTS}
      `,
    ));

  it('what people throw in is answered, and the same question comes again', () =>
    talk(
      CHARGED,
      `${BEGUN}
      客户: 就你们名字
      客服: 写着平台的名字，也有两种可能：…
      ${WHEN}
      客户: 你们不管?
      客服: 不会让您一个人跑。…
      ${WHEN}
      客户: 在哪看啊
      客服: 在银行 App 里点开这一笔，…
      ${WHEN}
      客户: 看不出来
      ${REASONS}
      ${FACTS}
      `,
    ));

  it('without pictures it is registered all the same; a second question finds the same case', () =>
    talk(
      CHARGED,
      `${TOLD}
      客户: 不传，直接登记
      客服: 已经提交，案件号 JB20261123…
      ${BANK_WAY}
      ${NEXT}
      客户: 没有了
      客服: 好的。扣款短信、截图都留着别删，…
      客服: 到时候要我提醒您吗？12月16日 10:00 以后，…
      客户: 不用
      客服: 好的，不提醒。…
      客户: 解绑了还扣我钱
      客服: 您的解绑后扣款核对（案件号 JB20261123…），今天 10:00 提交的，现在排队等审核。
      客服: 审核通常要 1 到 3 个工作日，…
      客服: 有新消息我会在这里告诉您。…
      `,
    ));

  it('a card that is still bound was not unbound: the cause is looked for instead', () =>
    talk(
      CHARGED,
      `
      客户: 尾号5193的卡解绑了还扣我钱
      ${SORRY}
      客服: 平台上广发银行尾号5193还绑着，…
      客户: 查原因
      客服: 我查了广发银行尾号5193：账户、信息和款项都没有拦着解绑的问题。
      客服: 平台上没查到这张卡有自动扣款，…
      `,
    ));

  it('correction: it is another card, said by its last four digits', () =>
    talk(
      CHARGED,
      `
      客户: 尾号5193的卡解绑了还扣我钱
      ${SORRY}
      客服: 平台上广发银行尾号5193还绑着，没有解成。要我查一下没解成的原因吗？ [查原因] [不是这张卡]
      客户: 不是这张卡
      ${WHEN}
      客户: 之后的
      ${REASONS}
      客服: 照着扣款短信，告诉我这笔的时间、金额、商户名，还有卡的尾号后四位，不要发整个卡号。 [说不清]
      `,
    ));

  it('cancel: nothing is registered, the bank is not forgotten', () =>
    talk(
      CHARGED,
      `${TOLD}
      客户: 先不登记
      ${BANK_WAY}
      客服: 好的，没有登记。短信和截图先留着，想登记随时找我。
      `,
    ));

  it('digression and return', () =>
    talk(
      CHARGED,
      `${BEGUN}
      客户: 解绑和删除有什么区别
      客服: 有两个按钮容易弄混：…
      客服: 您还想知道哪一样？…
      客户: 没有了
      客服: 好的。要解绑的时候跟我说“怎么解绑”，…
      客服: 我们接着说刚才的：解绑后的扣款。
      ${WHEN}
      `,
    ));

  it('bad input: asked again in other words; a card number is masked', () =>
    talk(
      CHARGED,
      `${BEGUN}
      客户: 呃呃
      客服: 我没看明白。这笔的交易时间在解绑之前，还是之后？…
      客户: 之后的
      ${REASONS}
      ${FACTS}
      客户: ？
      ${FACTS}
      客户: 卡号6222021234567890128 扣了29.9
      客服: 先提醒您：…
      ${OFFER}
      `,
    ));

  it('asks for a human instead of the details', () =>
    talk(
      CHARGED,
      `${BEGUN}
      客户: 解绑之后的
      ${REASONS}
      ${FACTS}
      客户: 转人工
      ${TO_PERSON}
      `,
    ));

  it('no consent, no picture: a person is offered', () =>
    talk(
      CHARGED,
      `${TOLD}
      客户: 上传凭证再登记
      客服: 上传前请先看一下：…
      客服: 您同意吗？…
      客户: 不同意
      客服: 好的，不传也没关系，刚才的内容不会提交。…
      客户: 转人工客服
      ${TO_PERSON}
      `,
    ));

  it('an anonymous visitor hears the bank way and gets a person', () =>
    talk(
      {},
      `
      客户: 解绑都一个月了 账单上又冒出你们
      ${SORRY}
      ${WHEN}
      客户: 解绑之后的
      ${REASONS}
      ${BANK_WAY}
      客服: 登记要先确认您的账户：…要我帮您转人工客服吗？ [转人工客服] [先不用]
      客户: 先不用
      客服: 好的，没有登记。…
      `,
    ));

  it('platform down: said plainly, and registered as told', () =>
    talk(
      CHARGED,
      `
      【平台中断】
      客户: 解绑了还扣我钱
      ${SORRY}
      客服: 平台的系统这会儿没有回应，…
      ${WHEN}
      客户: 之后的
      ${REASONS}
      客服: 照着扣款短信，…还有卡的尾号后四位，… [说不清]
      客户: 尾号0058 昨天扣了29.9
      ${OFFER}
      客户: 直接登记
      客服: 已经提交，案件号 JB…
      ${BANK_WAY}
      客服: 还有哪一样要看？ [钱能要回来吗] [转人工客服] [没有了]
      【平台恢复】
      `,
    ));
});
