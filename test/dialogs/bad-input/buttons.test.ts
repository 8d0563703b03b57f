import { expect } from 'chai';
import { sharedDesk, talk } from '../../support/transcript.ts';

const WHICH = '客服: 是哪张卡解绑不了？ [招商银行 尾号1234] [中国建设银行 尾号5678]';
const OLD = '客服: 这个按钮是前面那一步的，现在用不上了。';
const MENU = '[解绑一直失败] [怎么安全解绑] [查审核进度]';
const VERIFY = '客服: 办没办成，看银行卡列表：…列表里现在是这样吗？ [是这样] [还没变]';

const ten = (line: string) => Array.from({ length: 10 }, () => line).join('\n');

async function casesOf(customerId: string, kind: string) {
  const { cases } = await sharedDesk();
  const all = await cases.list({ conversationId: 'none', customerId });
  return all.filter((one) => one.kind === kind && one.state === 'submitted');
}

const AT_NIGHT = { customer: 'happy', at: '2026-11-22T01:00:00+08:00' };

describe('buttons', () => {
  it('the one that has opened a talk, ten times: the same question, and nobody is called stupid', () =>
    talk({ customer: 'happy' }, `【连点 10 解绑一直失败】\n${ten(WHICH)}`));

  it('the same one sent again ten times under one key is one message', () =>
    talk({ customer: 'happy' }, `【重发 10 解绑一直失败】\n${WHICH}`));

  it('「下一步」 ten times ends at the question that decides, and goes no further by itself', () =>
    talk(
      { customer: 'happy' },
      `
      客户: 怎么安全解绑
      客服: …
      客户: 都没问题
      客服: …
      客户: 没有了
      客服: …
      客服: 第 1 步，共 4 步：…
      【连点 6 下一步】
      客服: 第 2 步：…
      客服: 第 3 步：…
      客服: 第 4 步：…
      ${VERIFY}
      ${OLD}
      ${VERIFY}
      ${OLD}
      ${VERIFY}
      `,
    ));

  it('「提交审核」 ten times makes one case', async () => {
    await talk(
      { customer: 'charged-after-unbind' },
      `
      客户: 解绑了还扣我钱
      客服: …
      客服: …
      客服: …
      客服: …
      客户: 解绑之后的
      客服: …
      客服: …
      客户: 11月20日 29.9 视频会员
      客服: 我来登记，请人工核对。…
      【连点 3 不传，直接登记】
      客服: 已经提交，案件号 JB…
      客服: 银行那边可以同时办，…
      客服: 还有哪一样要看？…
      ${OLD}
      客服: 还有哪一样要看？…
      ${OLD}
      客服: 还有哪一样要看？…
      `,
    );
    expect(await casesOf('charged-after-unbind', 'dispute')).to.have.length(1);
  });

  it('「转人工客服」 ten times is one place in the queue, and no word of the customer’s', async () => {
    await talk(
      { customer: 'happy' },
      `
      客户: 转人工客服
      客服: (handoff.initiate)
      客服: 好的，帮您转人工客服了。…
      客服: (handoff.queue)
      客户: 页面一直转圈
      客服: 这句给您留着，…
      【连点 2 转人工客服】
      客服: 还在给您排队。…
      客服: (handoff.queue)
      客服: 还在给您排队。…
      客服: (handoff.queue)
      `,
    );
    const { desk } = await sharedDesk();
    expect((await desk.queue()).map(({ words }) => words)).to.deep.equal(['转人工客服']);
  });

  it('of an old message: told so, and what is asked now is asked again', () =>
    talk(
      { customer: 'happy' },
      `
      客户: 解绑一直失败
      ${WHICH}
      客户: 现在登记
      ${OLD}
      ${WHICH}
      `,
    ));

  it('of an old message, where nothing is open: told so, with what can be done', () =>
    talk(
      {},
      `
      客户: 没有要补充的
      ${OLD} ${MENU}
      客户: 转人工客服
      客服: (handoff.initiate)
      客服: …
      客服: (handoff.queue)
      `,
    ));

  it('of an old message, where a person waits for own words: a no is a no', () =>
    talk(
      AT_NIGHT,
      `
      客户: 转人工
      客服: 现在没有人工客服在线，…
      客服: 想让客服帮您解决什么？…
      客户: 先不提交
      客服: 好的，那就不转了。…
      `,
    ));

  it('「取消留言」 of an old message still finds the message', () =>
    talk(
      AT_NIGHT,
      `
      客户: 转人工
      客服: …
      客服: …
      客户: 页面一直转圈
      客服: 留言记下了。…
      客服: …
      客户: 取消留言
      客服: 想对客服说什么，… [没有要补充的] [取消留言]
      客户: 取消留言
      客服: 好的，留言取消了。…
      `,
    ));
});
