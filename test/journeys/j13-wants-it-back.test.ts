import { comesBackAndStops, journey } from '../support/never.ts';

const NEVER = {
  'makes up a time in which it can be taken back': /24 ?(?:个)?小时|一天之?内(?:都)?(?:能|可以)/u,
  'plays it down': /解了也没(?:关系|事)/u,
  'takes undoing for binding anew': /(?:需要|得|要)(?:您)?重新绑(?:一次|一遍|卡)/u,
  'says that the card works again': /(?:已经|现在)(?:就)?(?:能|可以)(?:正常)?(?:用|付款)了/u,
};

const COOLING = { customer: 'cooling-off' };
const WRONG = '客户: 刚提交 解错卡了 能撤吗';
const ENTRY =
  '客服: 平台写的是明天 06:00 之前可以撤回。请到提交申请的那一页，找撤回的入口，点一次就好。我没法替您点。⏎⏎撤好了吗？ [已经撤了] [没看到入口] [先不撤了]';
const TAKEN =
  '客服: 好的。撤回之后，原来的授权接着有效，不用重新绑卡。付款前看一眼银行卡列表，状态变回来了再用。';

describe('J13 反悔 / 冷静期', () => {
  it('signed in: what the platform says, where the entry is, and how the card is afterwards', () =>
    journey(
      COOLING,
      `
      ${WRONG}
      客服: 平台显示：中信银行尾号4936的解绑申请是今天 06:00 提交的，还在处理。
      ${ENTRY}
      客户: 五分钟前 写着处理中
      客服: 写着处理中，就是还没办完。
      ${ENTRY}
      客户: 撤了 那张卡还能用吗
      ${TAKEN}
      `,
      NEVER,
    ));

  it('anonymous: the page decides', () =>
    journey(
      {},
      `
      ${WRONG}
      客服: 先看一眼申请页面，或者银行卡列表：这张卡现在写的是什么？ [处理中] [已解绑，或没有了] [看不出来]
      客户: 五分钟前 写着处理中
      客服: 写着处理中，就去申请那一页找找撤回的入口，有就点一次。能不能撤、撤到几点，以页面显示的为准。…
      客户: 撤了 那张卡还能用吗
      ${TAKEN}
      `,
      NEVER,
    ));

  it('no entry on the page: a person at once', () =>
    journey(
      COOLING,
      `
      ${WRONG}
      客服: …
      ${ENTRY}
      客户: 五分钟前 写着处理中
      客服: 写着处理中，就是还没办完。
      ${ENTRY}
      客户: 没看到入口啊
      客服: 没有入口，这事得快一点，我直接帮您转人工看还拦不拦得住。
      客服: (handoff.initiate)
      客服: 好的，帮您转人工客服…
      客服: (handoff.queue)
      客户: 刚提交的解绑解错卡了 想拦下来
      客服: 这句给您留着，…
      `,
      NEVER,
    ));

  comesBackAndStops(COOLING, WRONG);
});
