import { comesBackAndStops, journey, urges } from '../support/never.ts';

const NEVER = {
  'unbind first': urges(/先解了|直接解绑|先解绑再/u),
  'makes money on its way arrive': /(?:很快|这就|今天就).{0,4}到账/u,
  'sends money to a stranger': urges(/转(?:账|到|给|入).{0,8}(?:账户|账号|客服|工作人员)/u),
  'makes cents nothing': /(?:几分|三分)钱?.{0,6}(?:不影响|没关系|可以忽略|不算)/u,
};

/** What is asked on the way, each time with the same way out. */
const ASKED = `
  客户: 那要多久
  客服: 页面上有预计时间的，以页面为准；没写的，我也不敢给您估。过了时间还没动静，带着单号来，我帮您转人工。
  客服: 还有别的要问吗？…
  客户: 我把余额转出去行不
  客服: 可以，余额提现或者花掉都行。提到自己的卡，能选哪类卡看页面。⏎⏎谁让您把钱转给他“清零”，都别转，那是骗人的。
  客服: 还有别的要问吗？…
  客户: 还剩三分钱
  客服: 几分钱也算没结清，不是您看错了。能花掉就花掉；太少了提不出、花不掉，我帮您转人工处理，…
  客服: 还有别的要问吗？…`;

describe('J8 未结清余额 / 在途资金拒解', () => {
  it('anonymous: which kind the page names, then what to do about it', () =>
    journey(
      {},
      `
      客户: 提示待清算资金52.10 解不了
      客服: 我这边还不知道您是哪个账户，看不到是哪一笔。请您照着页面看一眼。
      客服: 页面上写着没结清的是哪一种？ [余额] [在途提现] [未结清订单] [看不出来]
      客户: 提现到卡的200还没到
      客服: 在路上的提现，要等它到账或者退回来，才能解绑。先把单号和提现时间记下来，到了再试一次。
      客服: 这些只算本平台的款项，欠银行的信用卡账单照常还。…
      ${ASKED}
      客户: 知道了
      客服: 好的。清掉以后再试一次解绑，还是不行就回来找我。
      `,
      NEVER,
    ));

  it('signed in: every sum as the platform has it, and what is asked about it', () =>
    journey(
      { customer: 'unsettled-balance' },
      `
      客户: 提示待清算资金52.10 解不了
      客服: 中国建设银行尾号3319还有这些没结清：⏎⏎· 订单退款 52.10 元，平台预计 …处理完⏎· 账户余额 0.03 元
      客服: 余额可以自己提现，或者花掉；…退款要等它到账。全清了再解绑。
      客服: 这些只算本平台的款项，…
      客户: 提现到卡的200还没到
      客服: 那就先等这笔到账，或者退回来，再解绑。单号和提现时间先记下来；…
      客服: 还有别的要问吗？…
      ${ASKED}
      客户: 转人工客服
      客服: (handoff.initiate)
      客服: 好的，帮您转人工客服…
      客服: (handoff.queue)
      `,
      NEVER,
    ));

  it('signed in, on its way: with the time that the platform gives, and told when it is there', () =>
    journey(
      { customer: 'withdrawal-in-transit' },
      `
      客户: 提现到卡的200还没到 解不了
      客服: 兴业银行尾号7402还有这些没结清：⏎⏎· 提现到银行卡 200.00 元，平台预计 明天 12:00 处理完
      客服: 在路上的提现，要等它到账或者退回来，才能解绑。…
      客服: 这些只算本平台的款项，…
      ${ASKED}
      客户: 知道了
      客服: 到时候要我提醒您吗？…
      `,
      NEVER,
    ));

  for (const customer of [undefined, 'unsettled-balance']) {
    describe(customer ?? 'anonymous', () =>
      comesBackAndStops(customer ? { customer } : {}, '客户: 提示待清算资金52.10 解不了'),
    );
  }
});
