import { talk } from '../support/transcript.ts';

const CHECKS = '[账单怎么看] [账户怎么查] [征信要不要查] [怎么防再被绑] [没有了]';
const LIST = `客服: 解绑之后，看三处、防一样：…办过分期或贷款的才用查，过 3 个月…想细看哪一样？ ${CHECKS}`;
const END = `客服: 好的。截图和短信先别删。哪天账单上又看到平台的扣款，…
  客服: 到时候要我提醒您吗？… [提醒我] [不用提醒]`;
const ELSE = '客服: 征信上还想知道哪一样？ [怎么查] [要不要钱] [自己查有影响吗] [没有了]';
const TO_PERSON = `客服: (handoff.initiate)
  客服: 好的，帮您转人工客服…
  客服: (handoff.queue)`;

describe('aftercare', () => {
  it('happy path: the short list, then one check at a time; what was told is not offered again', () =>
    talk(
      {},
      `
      客户: 解完了还要干嘛
      ${LIST}
      客户: 账单怎么看
      客服: 后面一两期信用卡账单，…也许是解绑前的消费晚入账。…提出拒付，结果由银行定。
      客服: 别的还要看吗？ [看到有扣款] [账户怎么查] [征信要不要查] [怎么防再被绑] [没有了]
      客户: 账户怎么查
      客服: 在官方 App 点 我的 → 支付设置，看这张卡是不是已经移除。以列表里的状态为准，短信没来不等于没解掉。…快捷支付先看清…
      客服: 别的还要看吗？ [带我去设置] [征信要不要查] [怎么防再被绑] [没有了]
      客户: 征信要不要查
      客服: 这张卡以前办过分期或贷款吗？ [办过] [没办过]
      客户: 没有
      客服: 那征信不用专门查。…
      客服: 别的还要看吗？ [怎么防再被绑] [没有了]
      客户: 怎么防再被绑
      客服: 换一个登录密码，打开登录提醒。别在公共电脑、公共网络上登录，…
      客服: 别的还要看吗？ [带我去设置] [没有了]
      客户: 没有了
      ${END}
      `,
    ));

  it('instalments that the customer speaks of make the credit report one of the checks', () =>
    talk(
      {},
      `
      客户: 曾经办过分期 现在卡解了 后面要查啥
      客服: 解绑之后，看三处、防一样：…有过分期或贷款，3 个月后查一次… ${CHECKS}
      客户: 征信
      客服: 解绑后过 3 个月，查一次人民银行的征信报告，…以征信中心公布的为准。
      客服: 别的还要看吗？ [账单怎么看] [账户怎么查] [怎么防再被绑] [没有了]
      客户: 不用了
      客服: 好的。截图和短信先别删。…
      客服: 到时候要我提醒您吗？12月23日 10:00 以后，我在这个对话里跟您说一声：解绑后第一期账单。 [提醒我] [不用提醒]
      客户: 提醒我
      客服: 记下了：12月23日 10:00 以后，…
      客服: 解绑后第二期账单，也要我提醒吗？我会在2027年1月23日 10:00 以后，… [提醒我] [不用提醒]
      客户: 提醒我
      客服: 记下了：2027年1月23日 10:00 以后，…
      客服: 查一次信用报告，也要我提醒吗？我会在2027年2月23日 10:00 以后，… [提醒我] [不用提醒]
      客户: 不用提醒
      客服: 好的，就记前面的。
      客户: 我有哪些提醒
      客服: 您有这些提醒：⏎⏎· 解绑后第一期账单：12月23日 10:00 以后⏎· 解绑后第二期账单：2027年1月23日 10:00 以后
      客服: 要取消哪一条吗？…
      `,
    ));

  it('who does not remember instalments looks, and is not asked again', () =>
    talk(
      {},
      `
      客户: 解完了还要干嘛
      ${LIST}
      客户: 征信
      客服: 这张卡以前办过分期或贷款吗？ [办过] [没办过]
      客户: 不记得了
      客服: 解绑后过 3 个月，查一次人民银行的征信报告，…
      客服: 别的还要看吗？…
      `,
    ));

  it('a question about one thing is answered at once, not with the list', () =>
    talk(
      {},
      `
      客户: 成功短信要保存多久
      客服: 列表里“已解绑”的截图，还有成功的短信，都留着，…短信没来也不要紧，以列表为准。…
      客服: 别的还要看吗？ ${CHECKS}
      客户: 知道了
      ${END}
      `,
    ));

  it('a charge on the statement goes to who deals with charges', () =>
    talk(
      {},
      `
      客户: 解完了还要干嘛
      ${LIST}
      客户: 账单怎么看
      客服: 后面一两期信用卡账单，…
      客服: 别的还要看吗？…
      客户: 看到有扣款
      客服: 解绑了还扣钱，换谁都着急。…
      客服: …
      `,
    ));

  it('the settings are one tap away, and a card to be cut is still owed for', () =>
    talk(
      {},
      `
      客户: 解绑成功以后信用卡能剪了吗
      客服: 解绑只是平台不能再用这张卡付款，卡在银行那边还有效。…欠的账单照常还。
      ${LIST}
      客户: 怎么防再被绑
      客服: 换一个登录密码，…
      客服: 别的还要看吗？ [带我去设置] …
      客户: 带我去设置
      客服: 您想看哪一样？ [关小额免密] …
      `,
    ));

  it('credit reports: one question at a time, nothing promised, a person for a record that looks wrong', () =>
    talk(
      {},
      `
      客户: 我明年要买房 解个卡不会留污点吧
      客服: 单是解绑这个动作，一般不会写进征信；有欠款逾期才会。…
      ${ELSE}
      客户: 要不要钱
      客服: 每年一般有免费的次数，…以征信中心公布的为准。
      ${ELSE}
      客户: 报告里有一笔未结清
      客服: 报告上的记录，由报送的机构更新，什么时候更新我说不准。…
      客服: 要我帮您转人工客服，核对和平台有关的那一笔吗？ [转人工客服] [先不用]
      客户: 好
      ${TO_PERSON}
      `,
    ));

  it('digression: a credit report in the middle of the steps is one answer, and straight back', () =>
    talk(
      {},
      `
      客户: 解绑前要注意什么
      客服: 动手之前，先看三样：…
      客户: 都没问题
      客服: 再看一样：…
      客户: 会影响征信吗
      客服: 单是解绑这个动作，…
      客服: 我们接着说刚才的：安全解绑的步骤。
      客服: 再看一样：…
      `,
    ));

  it('digression and return: fees of the report while a check is open', () =>
    talk(
      {},
      `
      客户: 解完了还要干嘛
      ${LIST}
      客户: 小额免密怎么关
      客服: 关小额免密：…
      客服: 弄好了吗？…
      客户: 先不弄
      客服: 好的，不急。…
      客服: 我们接着说刚才的：解绑之后看什么。
      ${LIST}
      `,
    ));

  it('correction: not the report, the whole list', () =>
    talk(
      {},
      `
      客户: 征信怎么查 要钱吗
      客服: 到人民银行征信中心官网查，…每年一般有免费的次数，…
      ${ELSE}
      客户: 不是 我是问解完还要做什么
      ${LIST}
      客户: 没有了
      ${END}
      `,
    ));

  it('cancel ends it, and a bad answer is asked again in other words', () =>
    talk(
      {},
      `
      客户: 解完了还要干嘛
      ${LIST}
      客户: 呃呃
      客服: 我没看明白。要看哪一样，从下面选就行；不看了，选“没有了”。 ${CHECKS}
      客户: 算了
      ${END}
      `,
    ));

  it('asks for a human', () =>
    talk(
      {},
      `
      客户: 解完了还要干嘛
      ${LIST}
      客户: 转人工
      ${TO_PERSON}
      `,
    ));

  it('platform down: the checks need no platform', () =>
    talk(
      { customer: 'platform-down' },
      `
      客户: 解完了还要干嘛
      ${LIST}
      `,
    ));

  it('unplanned: afraid at night, and a relative who should be reminded', () =>
    talk(
      {},
      `
      客户: 卡刚解掉 可我心里没底睡不着 还要做什么
      客服: 先别慌，我陪您一步一步看。
      ${LIST}
      客户: 我妈那张怎么不让人再绑上
      客服: 换一个登录密码，…
      客服: 别的还要看吗？…
      客户: 谢谢
      客服: 不客气。…
      客户: 够了
      ${END}
      `,
    ));

  it('unplanned: who asks for a reminder is offered one once the checks are told', () =>
    talk(
      {},
      `
      客户: 解好了 帮我设个下个账单日的提醒
      客服: 提醒可以的。…
      ${LIST}
      客户: 没有了
      ${END}
      客户: 提醒我
      客服: 记下了：12月23日 10:00 以后，我在这里提醒您（解绑后第一期账单）。…
      客服: 解绑后第二期账单，也要我提醒吗？…
      客户: 不要
      客服: 好的，就记前面的。
      `,
    ));

  it('asked about in between: what it leads on to is talked about before the first matter', () =>
    talk(
      { customer: 'risk-lock' },
      `
      客户: 提示账户存在风险
      客服: 先请您停一下：…
      客服: 平台觉得账户有风险时，…
      客服: 要现在申请人工审核吗？…
      客户: 解绑完了还要做什么
      ${LIST}
      客户: 账单怎么看
      客服: …
      客服: 别的还要看吗？…
      客户: 看到有扣款
      客服: 解绑了还扣钱，换谁都着急。…
      客服: …
      客服: 看账单或扣款短信上的“交易时间”，…
      `,
    ));
});
