import { talk } from '../support/transcript.ts';

const PAGE =
  '客服: 请打开官方 App，点 我的 → 账户安全 → 银行卡管理，看一眼这张卡。现在是什么样？ [写着已解绑，或没有了] [处理中] [还在，没变化] [看不出来]';
const SUBMITTED =
  '客服: 平台显示：中信银行尾号4936的解绑申请是今天 06:00 提交的，还在处理，…没收到不等于没成。';
const REVOCABLE = '客服: 平台写的是明天 06:00 之前可以撤回。不想解了，跟我说“撤回解绑”。';
const OVERDUE =
  '客服: 页面上写的时间已经过了、还没变的，我可以帮您转人工看。您想怎么办？ [我再等等] [我想撤回] [转人工客服]';
const LATER = '客服: 好的。想再看的时候，跟我说“解绑办到哪了”。';
const TO_PERSON = `客服: (handoff.initiate)
  客服: 好的，帮您转人工客服…
  客服: (handoff.queue)`;

describe('progress', () => {
  it('happy path: the platform knows the request, the list decides', () =>
    talk(
      { customer: 'cooling-off' },
      `
      客户: 我提交的解绑到哪步了
      ${SUBMITTED}
      ${REVOCABLE}
      ${OVERDUE}
      客户: 我再等等
      客服: 要我留意吗？平台一通知解绑完成，我就在这个对话里告诉您。 [提醒我] [不用提醒]
      客户: 提醒我
      客服: 记下了：平台一通知解绑完成，…
      【平台通知 unbound】
      客服: 您让我提醒的（中信银行尾号4936）：平台通知，您的卡解绑完成了。…
      `,
    ));

  it('what is done is compared with the list, then what comes after', () =>
    talk(
      { customer: 'charged-after-unbind' },
      `
      客户: 尾号0058那张到底算解掉了没有
      客服: 平台显示：浦发银行尾号0058…已经解绑。请再看一眼银行卡列表，… [是这样] [列表里还在]
      客户: 没有了
      客服: 列表里是这样，就算办成了。…
      客服: 解绑之后，看三处、防一样：…
      `,
    ));

  it('a list that says otherwise than the platform is a matter for a person', () =>
    talk(
      { customer: 'charged-after-unbind' },
      `
      客户: 我提交的解绑到哪步了
      客服: 平台显示：浦发银行尾号0058…
      客户: 列表里还在
      ${TO_PERSON}
      `,
    ));

  it('who has handed in nothing is not told a state', () =>
    talk(
      { customer: 'happy' },
      `
      客户: 我提交的解绑到哪步了
      客服: 我在平台上没查到您提交过解绑申请。我们看一眼列表，以那里为准。
      ${PAGE}
      客户: 还在 没变
      客服: 列表里没变，可能没交上去，…要我帮您查原因吗？ [帮我查原因] [转人工客服] [先不用]
      客户: 好
      客服: 是哪张卡解绑不了？…
      `,
    ));

  it('a message that did not come does not mean that it failed', () =>
    talk(
      {},
      `
      客户: 没收到成功短信 是不是没解掉
      客服: 以银行卡列表的状态为准。短信可能晚到，没收到不等于没解掉。
      ${PAGE}
      客户: 列表里没了
      客服: 列表里是这样，就算办成了。…
      客服: 解绑之后，看三处、防一样：…
      `,
    ));

  it('how long it takes is not guessed', () =>
    talk(
      {},
      `
      客户: 提交完了要等几个工作日
      客服: 要多久，各个平台不一样，以您页面上写的时间为准，我不跟您瞎估。
      ${PAGE}
      客户: 处理中
      客服: 写着处理中，就是还在办，不用再点，也不用再交。… [我再等等] [我想撤回] [转人工客服]
      客户: 时间早就过了
      ${TO_PERSON}
      `,
    ));

  it('correction: not done after all, and whoever cannot tell gets a person', () =>
    talk(
      {},
      `
      客户: 解绑进度在哪查
      ${PAGE}
      客户: 处理中
      客服: 写着处理中，…
      客户: 我不想解了 想撤回
      客服: 先看一眼申请页面，…
      客户: 看不出来
      客服: 看不出来就先别点别的。… [转人工客服] [先不用]
      客户: 好
      ${TO_PERSON}
      `,
    ));

  it('digression and return', () =>
    talk(
      {},
      `
      客户: 解绑进度在哪查
      ${PAGE}
      客户: 会影响征信吗
      客服: 单是解绑这个动作，…
      客服: 我们接着说刚才的：解绑什么时候能办好。
      ${PAGE}
      `,
    ));

  it('bad input is asked again in other words; cancel stops', () =>
    talk(
      {},
      `
      客户: 解绑进度在哪查
      ${PAGE}
      客户: 呃呃
      客服: 我没看明白。银行卡列表里，这张卡现在是哪一种？…
      客户: 算了
      客服: 好的，已经停下。…
      `,
    ));

  it('asks for a human', () =>
    talk(
      { customer: 'cooling-off' },
      `
      客户: 我提交的解绑到哪步了
      ${SUBMITTED}
      ${REVOCABLE}
      ${OVERDUE}
      客户: 转人工
      ${TO_PERSON}
      `,
    ));

  it('unplanned: at midnight, worried, and the app was closed', () =>
    talk(
      {},
      `
      客户: 急死了 我关了app它后台还会继续解吗
      客服: 知道您急，我挑要紧的说。
      客服: 申请交上去之后，是平台那边在办，关了 App 一般不影响。
      ${PAGE}
      客户: 列表里灰掉了
      客服: 写着处理中，就是还在办，…
      客户: 知道了
      ${LATER}
      `,
    ));

  it('unplanned: one of the two cards, and then the other wish', () =>
    talk(
      { customer: 'cooling-off' },
      `
      客户: 两张卡同时申请的 一张好了另一张还在处理
      ${SUBMITTED}
      ${REVOCABLE}
      ${OVERDUE}
      客户: 我想撤回
      客服: 平台显示：中信银行尾号4936的解绑申请是今天 06:00 提交的，还在处理。
      客服: 平台写的是明天 06:00 之前可以撤回。请到提交申请的那一页，…
      `,
    ));

  it('platform down: no state is made up, the list is looked at', () =>
    talk(
      { customer: 'platform-down' },
      `
      客户: 我提交的解绑到哪步了
      客服: 平台的系统这会儿没有回应，…
      ${PAGE}
      `,
    ));
});
