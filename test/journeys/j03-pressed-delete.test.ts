import { comesBackAndStops, journey } from '../support/never.ts';

const OPENING = `
  客户: 我在“我的银行卡”里点了删除 一直让我做高级验证 不给过
  客服: 别着急，先停在这一步，不要继续往下验证。
  客服: 有两个按钮容易弄混：“解绑”是停掉这张卡的支付授权，记录还在；“删除”是清除绑卡数据，验证更严。…
  客服: 您还想知道哪一样？…
  客户: 我就是不想让它扣钱 记录我报销要用
  客服: 只是不想再扣款、记录还要用，就点“解绑”。删除的页面直接退出来，不用提交。
  客服: 还想知道哪一样？…
  客户: 那刚才那个删除交了没有
  客服: 删除有没有交上去，我这边看不到。请您看一眼银行卡列表：那张卡旁边有没有写“待验证”或“已提交”？ [有写] [没写] [看不到]`;

const NEVER = {
  'makes the two one': /(?:解绑和删除|删除和解绑|两个).{0,6}(?:一样|一回事)/u,
  'advises to delete': /(?:建议|可以|请|就)点?“?删除”?(?:更|最)?(?:干净|彻底)/u,
  'promises that nothing is kept': /(?:全部|彻底|完全)(?:抹掉|删除|清除|清空)|(?<!不能跟您说)一点都?不留/u,
  'knows what it cannot see': /(?:查到|看到)(?:您的)?删除/u,
};

describe('J3 误点“删除”', () => {
  it('anonymous: what is asked in between is answered, and who cannot look is helped', () =>
    journey(
      {},
      `${OPENING}
      客户: 删除是不是一点记录都没有了
      客服: 绑卡数据会按平台的规则清掉。交易记录和身份资料，依法要保存一段时间，所以不能跟您说一点不留。
      客服: 看银行卡列表里那张卡：… [有写] [没写] [看不到]
      客户: 不知道在哪看
      客服: 看不到也不要紧：删除的页面先退出来，别再提交。要我帮您转人工看一下吗？ [转人工客服] [先不用]
      客户: 不用
      客服: 还想知道哪一样？…
      `,
      NEVER,
    ));

  it('signed in: a deletion that was handed in goes to a person', () =>
    journey(
      { customer: 'happy' },
      `${OPENING}
      客户: 写着已提交
      客服: (handoff.initiate)
      客服: 好的，帮您转人工客服…
      客服: (handoff.queue)
      `,
      NEVER,
    ));

  comesBackAndStops(
    {},
    '客户: 我在“我的银行卡”里点了删除 一直让我做高级验证 不给过\n客户: 那刚才那个删除交了没有',
  );
});
