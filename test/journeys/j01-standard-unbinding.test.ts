import { comesBackAndStops, journey, listsOver, urges } from '../support/never.ts';

const PRECHECKS = '客服: 动手之前，先看三样：…欠银行的账单照常还，不用为了解绑先还清。这三样都没问题吗？';
const AGREEMENTS = '客服: 再看一样：这张卡上有没有会员续费、分期或者别的代扣？…可能会逾期。 [有] [没有了]';

/** From the agreements to the list that is looked after. */
const THE_STEPS = `
  客户: 没有了 都关了
  客服: 有两个按钮容易弄混：“解绑”是停掉这张卡的支付授权，…“删除”…
  客服: 第 1 步，共 4 步：打开官方 App，…我的 → 账户安全 → 银行卡管理。 [下一步] [卡住了]
  客户: 我到这一步了
  客服: 第 2 步：在列表里选尾号1234的卡，点“解绑”，不是“删除”。… [下一步] [上一步] [卡住了]
  客户: 下一步
  客服: 第 3 步：页面会列出绑定时间、最近交易和待结清金额。… [下一步] [上一步] [卡住了]
  客户: 好了
  客服: 第 4 步：核对好是尾号1234的卡，点一次提交，… [已经提交了] [上一步] [卡住了]
  客户: 弄好了 收到短信了
  客服: 办没办成，看银行卡列表：这张卡写着“已解绑”，或者已经不在里面，才算数。…列表里现在是这样吗？ [是这样] [还没变]
  客户: 是这样
  客服: 那就对上了。给列表截张图，和短信一起留着，…
  客服: 解绑之后，看三处、防一样：…`;

const NEVER = {
  'announces success by itself': /(?:已经|成功)解绑(?:了|成功)|解绑成功/u,
  'asks for the whole card number': urges(/(?:完整|整张|全部).{0,3}卡号|卡号.{0,4}(?:发|告诉)/u),
  'a step as a wall of lines': listsOver(4),
};

describe('J1 一次就成的标准解绑', () => {
  it('anonymous: the last four are read back, prechecks, agreements, four steps, proof', () =>
    journey(
      {},
      `
      客户: 在吗 我要把招行那张卡从你们这撤掉
      客服: 好的，要解绑的是哪张信用卡？说尾号四位就行，别发完整卡号。 [先看步骤]
      客户: 尾号一二三四
      客服: 好，尾号1234这张，记下了。
      ${PRECHECKS} [都没问题] [有一样不确定]
      客户: 都没问题
      ${AGREEMENTS}
      ${THE_STEPS}
      `,
      NEVER,
    ));

  it('signed in: the card of the bank is known, and looked up where the customer wants it', () =>
    journey(
      { customer: 'happy' },
      `
      客户: 在吗 我要把招行那张卡从你们这撤掉
      客服: 好，招商银行尾号1234这张，记下了。
      ${PRECHECKS} [都没问题] [有一样不确定] [帮我查一下]
      客户: 你帮我查一下呗
      客服: 我查了招商银行尾号1234：账户、信息和款项都没有拦着解绑的问题。
      客服: 平台上没查到这张卡有自动扣款，不过商户或银行那边开的我看不到。…
      ${THE_STEPS}
      `,
      NEVER,
    ));

  it('signed in: what is said ahead is not asked again, and another card takes the place of the first', () =>
    journey(
      { customer: 'happy' },
      `
      客户: 在吗 我要把招行那张卡从你们这撤掉
      客服: 好，招商银行尾号1234这张，记下了。
      ${PRECHECKS} [都没问题] [有一样不确定] [帮我查一下]
      客户: 不对 是尾号5678那张
      客服: 好，中国建设银行尾号5678这张，记下了。
      客服: 那三样里，是都没问题，还是有一样拿不准？…
      客户: 没有了 都关了
      客服: 自动扣款都关了，记下了。
      客服: 那三样里，是都没问题，还是有一样拿不准？…
      客户: 没问题
      客服: 有两个按钮容易弄混：…
      客服: 第 1 步，共 4 步：…
      客户: 下一步
      客服: 第 2 步：在列表里选尾号5678的卡，…
      `,
      NEVER,
    ));

  for (const customer of [undefined, 'happy']) {
    describe(customer ?? 'anonymous', () =>
      comesBackAndStops(
        customer ? { customer } : {},
        `客户: 在吗 我要把招行那张卡从你们这撤掉
         客户: 尾号一二三四
         客户: 都没问题
         客户: 没有了 都关了
         客户: 下一步`,
      ),
    );
  }
});
