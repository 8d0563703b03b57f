import { journey, listsOver } from '../support/never.ts';

const NEVER = {
  'begins with how to unbind': /(?:选|点).{0,6}解绑|银行卡管理/u,
  'asks how satisfied one is': /满意|评价|打分/u,
  'wants the code again': /(?:再|重新)(?:发|报|念).{0,4}(?:一次|一遍|验证码)/u,
  'promises the money back': /(?:能|会|可以)(?:全部|全额)?(?:追回|退回|赔)(?:来)?(?:的|全部|全额)/u,
  'says more than three things to do at once': listsOver(3),
};

const FIRST_AID =
  '客服: 先止损，解绑的事放一放：⏎⏎1. 打银行卡背面的客服电话，冻结或挂失⏎2. 拨 110 报警，也可以打 96110⏎3. 短信、来电、扣款记录都留着，别删⏎⏎说能帮您追款退款的陌生人，都别信。';
const FROZEN_YET = '客服: 银行那边冻结了吗？… [冻结了] [电话打不通] [还没打]';
const STORY = '客服: 什么时候、怎么回事、大概少了多少，用一两句话告诉我，我留给客服。… [不转了]';
const UNBIND_LATER = '客服: 这会儿先不解绑，冻结更快。等卡和账户安全了，再由人工客服陪您处理解绑。';

const PERSON = `客服: (handoff.initiate)
  客服: 好的，帮您转人工客服，要说的是：先止损的事。⏎⏎您排在第一位。…
  客服: (handoff.queue)`;

const SCRIPT = `
  客户: 我把六位码念给他了 现在卡里在一笔笔扣
  ${FIRST_AID}
  ${FROZEN_YET}
  客户: 我先干哪个
  客服: 先打银行，把卡冻结，这个最要紧；打不通就先拨 110。
  ${FROZEN_YET}
  客户: 冻结了 然后呢
  客服: 冻结了就好，最要紧的一步您做了。接着三件事：…都别删，截图存好…退出其他设备，改登录和支付密码…
  ${PERSON}
  客户: 上午十点 说是你们客服 念了验证码就开始扣 三千多
  客服: 这句给您留着，客服接进来就能看到。…
  客户: 钱能追回来吗
  【客服接入】
  客服: (handoff.status)
  客服: 客服 工号 A12 为您服务。
  客服: 防骗提醒：…`;

describe('J11 已经把验证码给了骗子', () => {
  it('in the middle of unbinding: everything stops, the bank comes first, then a person', () =>
    journey(
      { customer: 'happy' },
      `
      客户: 招行那张怎么解绑
      客服: …
      客服: …
      ${SCRIPT}`,
      NEVER,
    ));

  it('anonymous: the same', () => journey({}, SCRIPT, NEVER));

  it('the bank does not answer: the police meanwhile, and nobody is sent in a circle', () =>
    journey(
      {},
      `
      客户: 我把六位码念给他了 现在卡里在一笔笔扣
      ${FIRST_AID}
      ${FROZEN_YET}
      客户: 打不通
      客服: 打不通就先拨 110。银行的官方 App 里一般也能自己挂失或冻结，去里面找一下。
      ${FROZEN_YET}
      客户: 还是打不通
      客服: 打不通就先拨 110。…
      ${PERSON}
      `,
      NEVER,
    ));

  it('at night: nobody waits for us with freezing and the police', () =>
    journey(
      { at: '2026-11-22T01:00:00+08:00' },
      `
      客户: 我把六位码念给他了 现在卡里在一笔笔扣
      ${FIRST_AID}
      ${FROZEN_YET}
      客户: 冻结了
      客服: 冻结了就好，…
      客服: 冻结和报警不用等我们上班，现在就能办。
      客服: 现在没有人工客服在线，下次上班是明天 09:00。…
      ${STORY}
      客户: 能不能现在帮我解绑
      ${UNBIND_LATER}
      ${STORY}
      客户: 钱能追回来吗
      客服: 能追回多少，要看银行和警方怎么认定，我不敢随口说。…
      ${STORY}
      客户: 上午十点 说是你们客服 念了验证码就开始扣 三千多
      客服: 留言记下了。…
      客服: 等的时候，您也可以接着问我。
      `,
      NEVER,
    ));
});
