import { talk } from '../support/transcript.ts';

const LOST = { customer: 'lost-card' };

describe('card-status', () => {
  it('happy path: from the diagnosis of a lost card to the case number', () =>
    talk(
      LOST,
      `
      客户: 解绑一直失败
      客服: 我查了中信银行尾号7753，平台返回的原因是：这张卡已挂失。
      客服: 先确认一下安全。这张卡是您自己向银行挂失的吗？ [是我挂失的] [不是我，我不清楚]
      客户: 是我挂失的
      客服: 再看一眼这张卡的账单：有没有您不认识的扣款？ [有不认识的扣款] [没有]
      客户: 没有
      客服: 挂失之后，这张卡一般就不能再支付了。…不要为了解绑去解挂，…
      客服: 另外提醒一句：会员、分期、代扣这些协议，卡停了也可能还在。…
      客服: 要我现在登记给人工处理吗？先不用交材料，需要的话会再找您。 [现在登记] [晚点再登记] [不是这种情况]
      客户: 好的
      客服: 已经提交，案件号 JB20261123…
      【审核通过】
      客服: 您的卡片状态处理（案件号 JB20261123…）通过了，我们会把结果告诉平台。…这张卡解没解，请看 App 的银行卡列表，以那里显示的为准。 [接着办] [转人工客服]
      `,
    ));

  it('stops the loss first: not reported yet means the bank before anything else', () =>
    talk(
      LOST,
      `
      客户: 卡丢了怎么解绑
      客服: 卡挂失之后，平台就不让解绑了。不过先顾安全：您向银行挂失了吗？ [已经挂失了] [还没有]
      客户: 还没
      客服: 那先挂失，解绑放一放。…别用陌生人给的号码。… [办好了] [稍后再办]
      客户: 稍后再办
      客服: 好的，您先忙银行那边，这个最要紧。…
      `,
    ));

  it('does not ask for what the customer has just said, and finds the card by itself', () =>
    talk(
      LOST,
      `
      客户: 卡在地铁丢了 挂失了 现在解不掉 状态不对
      客服: 卡丢了确实让人着急。已经挂失就好，最要紧的一步您做了。
      客服: 再看一眼这张卡的账单：…
      客户: 没有
      客服: 挂失之后，…
      客服: 另外提醒一句：…
      客服: 要我现在登记给人工处理吗？…
      客户: 1
      客服: 好的，我按中信银行尾号7753登记。
      客服: 已经提交，案件号 JB…
      客户: 卡挂失了
      客服: 您的卡片状态处理（案件号 JB…），今天 10:00 提交的，现在排队等审核。
      客服: 审核通常要 1 到 3 个工作日，从提交那天算起。
      客服: 有新消息我会在这里告诉您。
      `,
    ));

  it('unknown charges are a fraud: first aid', () =>
    talk(
      LOST,
      `
      客户: 卡在银行冻结了
      客服: 再看一眼这张卡的账单：…
      客户: 有不认识的扣款
      客服: 先止损，解绑的事放一放：…
      客服: 银行那边冻结了吗？…
      `,
    ));

  it('somebody else reported the card: the bank has to be asked before going on', () =>
    talk(
      LOST,
      `
      客户: 解绑一直失败
      客服: 我查了中信银行尾号7753，…
      客服: 先确认一下安全。…
      客户: 不是
      客服: 那先问清楚，解绑放一放。… [办好了] [稍后再办]
      客户: 办好了
      客服: 再看一眼这张卡的账单：…
      `,
    ));

  it('correction: 「不是冻结,是挂失了」 changes the status, a closed card goes to its own way', () =>
    talk(
      { customer: 'happy' },
      `
      客户: 卡在银行冻结了
      客服: 再看一眼这张卡的账单：…
      客户: 没有
      客服: 平台要求解绑时卡不能是冻结状态，…
      客服: 另外提醒一句：…
      客服: 要我现在登记给人工处理吗？…
      客户: 不是冻结,是挂失了
      客服: 卡丢了确实让人着急。…
      客服: 再看一眼这张卡的账单：…
      客户: 没有
      客服: 挂失之后，…
      客服: 另外提醒一句：…
      客服: 要我现在登记给人工处理吗？…
      客户: 不是这种情况
      客服: 这张卡现在在银行那边是什么情况？ [卡丢了或挂失] [被冻结、停用] [卡过期了] [已经注销、销户] [以上都不是]
      客户: 4
      客服: 卡在银行已经注销的话，平台要看银行开的“账户注销证明”，…
      客服: 这份证明，您现在是哪种情况？…
      `,
    ));

  it('which card: several are offered, and not remembering is an answer', () =>
    talk(
      { customer: 'happy' },
      `
      客户: 卡过期了
      客服: 卡过期了，绑定关系不会自己消失，…
      客服: 另外提醒一句：…
      客服: 要我现在登记给人工处理吗？…
      客户: 现在登记
      客服: 要登记哪张卡？说尾号后四位就行，不要发整个卡号。 [招商银行 尾号1234] [中国建设银行 尾号5678] [记不清尾号了]
      客户: 记不清尾号了
      客服: 已经提交，案件号 JB…
      `,
    ));

  it('cancel: nothing is registered', () =>
    talk(
      { customer: 'happy' },
      `
      客户: 卡过期了
      客服: 卡过期了，…
      客服: 另外提醒一句：…
      客服: 要我现在登记给人工处理吗？…
      客户: 晚点再登记
      客服: 好的，没有登记，也没有提交任何申请。…
      `,
    ));

  it('digression and return: the offer is made again', () =>
    talk(
      { customer: 'happy' },
      `
      客户: 卡过期了
      客服: 卡过期了，…
      客服: 另外提醒一句：…
      客服: 要我现在登记给人工处理吗？…
      客户: 会影响征信吗
      客服: 单是解绑这个动作，…
      客服: 我们接着说刚才的：卡片状态异常。
      客服: 要我现在登记给人工处理吗？…
      `,
    ));

  it('bad input: the question comes again, a card number is not repeated', () =>
    talk(
      { customer: 'happy' },
      `
      客户: 卡过期了
      客服: 卡过期了，…
      客服: 另外提醒一句：…
      客服: 要我现在登记给人工处理吗？…
      客户: 6222021234567890128
      客服: 先提醒您：…我用不到；…没有保存，…
      客服: 不好意思，我没看明白。…
      客服: 要我现在登记给人工处理吗？…
      `,
    ));

  it('asks for a human at any step', () =>
    talk(
      LOST,
      `
      客户: 卡丢了怎么解绑
      客服: 卡挂失之后，平台就不让解绑了。…
      客户: 我要找人工
      客服: (handoff.initiate)
      客服: 好的，帮您转人工客服…
      客服: (handoff.queue)
      客户: 不转了
      客服: (handoff.status)
      客服: 好的，不排了。…
      客服: 我们接着说刚才的：卡片状态异常。
      客服: 卡挂失之后，平台就不让解绑了。…
      `,
    ));

  it('an anonymous visitor gets the safe steps and a person, not a case', () =>
    talk(
      {},
      `
      客户: 卡过期了
      客服: 卡过期了，…
      客服: 另外提醒一句：…
      客服: 登记前要先确认您的账户。…要我帮您转人工客服吗？ [转人工客服] [晚点再登记] [不是这种情况]
      客户: 好的
      客服: (handoff.initiate)
      客服: 好的，帮您转人工客服…
      客服: (handoff.queue)
      `,
    ));

  it("platform down: said plainly, and the card is registered in the customer's words", () =>
    talk(
      { customer: 'platform-down' },
      `
      客户: 卡过期了
      客服: 卡过期了，…
      客服: 另外提醒一句：…
      客服: 要我现在登记给人工处理吗？…
      客户: 现在登记
      客服: 平台的系统这会儿没有回应，…
      客服: 要登记哪张卡？说尾号后四位就行，不要发整个卡号。 [记不清尾号了]
      客户: 尾号6048
      客服: 已经提交，案件号 JB…
      `,
    ));
});
