import { talk } from '../support/transcript.ts';

const MENU = '[解绑一直失败] [怎么安全解绑] [查审核进度]';

describe('small-talk', () => {
  it('happy path: short answers that lead back to what can be done', () =>
    talk(
      {},
      `
      客户: 你好
      客服: 您好，我在。信用卡解绑碰到什么问题了？ ${MENU}
      客户: 你能干什么
      客服: 我能帮您做这些：…我不能代办。 ${MENU}
      客户: 今天天气怎么样
      客服: 这个我帮不上，我只管信用卡解绑的事。… ${MENU}
      客户: 谢谢
      客服: 不客气。…
      客户: 再见
      客服: 好的，再见。…
      `,
    ));

  it('a bare yes, number or 知道了 with nothing open needs no clarifying', () =>
    talk(
      {},
      `
      客户: 好
      客服: 好的，我在。要办什么，随时跟我说。 ${MENU}
      客户: 1
      客服: 好的，我在。…
      客户: 知道了
      客服: 好的，我在。…
      `,
    ));

  it('cancel with nothing open says so and names the way to withdraw', () =>
    talk(
      {},
      '客户: 算了\n客服: 现在没有进行中的事，您放心。要撤回已经提交的审核申请，说“查审核进度”，我带您办。',
    ));

  it('correction: from the beginning ends the flow that was open', () =>
    talk(
      { customer: 'happy' },
      `
      客户: 解绑一直失败
      客服: 是哪张卡解绑不了？…
      客户: 重新开始
      客服: 好的，我们从头来。您想先做哪一件？ ${MENU}
      `,
    ));

  it('digression: thanks keep the question, a greeting asks it again', () =>
    talk(
      { customer: 'happy' },
      `
      客户: 解绑一直失败
      客服: 是哪张卡解绑不了？…
      客户: 谢谢
      客服: 不客气。…
      客户: 你好
      客服: 您好，我在。…
      客服: 我们接着说刚才的：查解绑失败的原因。
      客服: 是哪张卡解绑不了？…
      客户: 2
      客服: 我查了中国建设银行尾号5678：…
      客服: 平台上没查到…
      `,
    ));

  it('bad input: other words first, then a person; what is understood afterwards replaces the offer', () =>
    talk(
      {},
      `
      客户: ？
      客服: 不好意思，我没听明白。您换个说法再讲一次，…
      客户: 🐟
      客服: 我还是没弄懂您的意思，怕耽误您。要帮您转给人工客服吗？ [转人工客服] [先不用]
      客户: 在吗
      客服: 您好，我在。… ${MENU}
      `,
    ));

  it('asks for a human after not being understood', () =>
    talk(
      {},
      `
      客户: ？
      客服: 不好意思，…
      客户: ？
      客服: 我还是没弄懂您的意思，…
      客户: 好
      客服: (handoff.initiate)
      客服: 好的，帮您转人工客服…
      客服: (handoff.queue)
      `,
    ));

  it('platform down: courtesy needs no platform', () =>
    talk({ customer: 'happy' }, '【平台中断】\n客户: 你好\n客服: 您好，我在。…\n【平台恢复】'));

  it('what can be done names every kind of help, and where it ends', () =>
    talk(
      {},
      `
      客户: 你能干什么
      客服: 我能帮您做这些：…查原因，…交审核材料…关自动扣款…撤回…真假客服、盗刷…征信…投诉、转人工客服…我不能代办。 ${MENU}
      `,
    ));

  it('neighbouring matters are met kindly, told where they are done, and led back', () =>
    talk(
      {},
      `
      客户: 帮我提额
      客服: 办卡、额度、积分、还款这些，归发卡银行管，…解绑上的事，尽管问我。 ${MENU}
      客户: 怎么绑新卡
      客服: 绑新卡要您自己来：在官方 App 点 我的 → 账户安全 → 银行卡管理，…我陪您一步步走。 ${MENU}
      客户: 转账限额多少
      客服: 这个要在官方 App 里办，…信用卡解绑的事，尽管问我。 ${MENU}
      `,
    ));
});
