import { expect } from 'chai';
import { sharedDesk, talk } from '../support/transcript.ts';

const SORRY = '客服: 给您添堵了，很抱歉。您的投诉我来登记，不用交材料，有编号可查。';
const ASK_WHAT = '客服: 是什么事、希望怎么处理？用一两句话说就行，不用写卡号和证件号。 [先不登记]';
const OUTSIDE =
  '客服: 也可以向外面反映，一般要先向我们投诉过，登记的编号就是凭据：⏎⏎· 12363：…⏎· 12378：…以他们的答复为准。';
const ASK_PERSON = '客服: 要不要再请人工客服直接跟您说？ [转人工客服] [先不用]';
const REGISTERED = `客服: 登记好了，投诉编号 JB20261123…。有消息我在这里告诉您；想查进度，发编号给我就行。`;
const TO_PERSON = `客服: (handoff.initiate)
  客服: 好的，帮您转人工客服…
  客服: (handoff.queue)`;
const BEGUN = `
  客户: 我要投诉你们
  ${SORRY}
  ${ASK_WHAT}`;

async function notesOf(customerId: string): Promise<(string | undefined)[]> {
  const { cases } = await sharedDesk();
  const all = await cases.list({ conversationId: 'none', customerId });
  return all
    .filter(({ kind, state }) => kind === 'complaint' && state === 'submitted')
    .map(({ note }) => note);
}

describe('complaint', () => {
  it('happy path: a number after one answer, where else to go, no person who is not wanted', async () => {
    await talk(
      { customer: 'happy' },
      `${BEGUN}
      客户: 解绑拖了三天没人管,要书面答复
      ${REGISTERED}
      ${OUTSIDE}
      ${ASK_PERSON}
      客户: 先不用
      客服: 好的，编号 JB20261123… 您留着。对答复不满意，随时回来找我。
      【审核通过】
      客服: 您的投诉（编号 JB20261123…），客服已经处理过了。还有没解决的，接着跟我说。
      `,
    );
  });

  it('what was told in the first words is not asked again, but nothing is made without a yes', async () => {
    await talk(
      { customer: 'happy' },
      `
      客户: 踢皮球踢了五天 银行推你们 你们推银行 我要投诉
      ${SORRY}
      客服: 就按您刚才说的登记吗？还有要补充的，直接发给我，我一起写进去。 [就这样登记] [先不登记]
      客户: 就这样登记
      ${REGISTERED}
      ${OUTSIDE}
      ${ASK_PERSON}
      客户: 好
      ${TO_PERSON}
      `,
    );
    expect(await notesOf('happy')).to.deep.equal(['踢皮球踢了五天 银行推你们 你们推银行 我要投诉']);
  });

  it('who asks where to complain is told first; the ways are not said twice', () =>
    talk(
      {},
      `
      客户: 投诉电话多少
      ${OUTSIDE}
      ${ASK_WHAT}
      客户: 页面不让我解绑,客服也不理
      ${REGISTERED}
      ${ASK_PERSON}
      客户: 不用了 谢谢
      客服: 好的，编号 JB20261123… 您留着。…
      `,
    ));

  it('correction: what is added later goes into the same complaint', async () => {
    await talk(
      { customer: 'happy' },
      `${BEGUN}
      客户: 解绑拖了三天没人管
      ${REGISTERED}
      ${OUTSIDE}
      ${ASK_PERSON}
      客户: 先不用
      客服: 好的，编号 JB…
      客户: 我要投诉
      ${SORRY}
      客服: 您有一份投诉在处理，编号 JB20261123…。要补充的话直接告诉我，我加进去。 [没有要补充的] [撤回投诉]
      客户: 说错了 是五天不是三天
      客服: 加进去了，还是原来的编号 JB20261123…。
      ${ASK_PERSON}
      客户: 不用
      客服: 好的，编号 JB…
      `,
    );
    expect(await notesOf('happy')).to.deep.equal(['解绑拖了三天没人管\n说错了 是五天不是三天']);
  });

  it('cancel: nothing is registered', async () => {
    await talk(
      { customer: 'happy' },
      `${BEGUN}
      客户: 算了不投诉了
      客服: 好的，没有登记。什么时候想说，跟我说“投诉”就行。
      `,
    );
    expect(await notesOf('happy')).to.deep.equal([]);
  });

  it('comes at any step of another topic, and leads back to it', () =>
    talk(
      { customer: 'happy' },
      `
      客户: 卡过期了
      客服: 卡过期了，…
      客服: 另外提醒一句：…
      客服: 要我现在登记给人工处理吗？…
      客户: 你们这是霸王条款 我要投诉
      ${SORRY}
      客服: 就按您刚才说的登记吗？…
      客户: 先不登记
      客服: 好的，没有登记。…
      客服: 我们接着说刚才的：卡片状态异常。
      客服: 要我现在登记给人工处理吗？…
      `,
    ));

  it('digression and return: the number stays, the question comes again', () =>
    talk(
      { customer: 'happy' },
      `${BEGUN}
      客户: 解绑一直提示风险,找客服也没用
      ${REGISTERED}
      ${OUTSIDE}
      ${ASK_PERSON}
      客户: 解绑和删除有什么区别
      客服: 有两个按钮容易弄混：…
      客服: 您还想知道哪一样？…
      客户: 没有了
      客服: 好的。要解绑的时候跟我说“怎么解绑”，…
      客服: 我们接着说刚才的：您的投诉。
      ${ASK_PERSON}
      `,
    ));

  it('bad input: an empty answer is asked again, a card number is masked', () =>
    talk(
      { customer: 'happy' },
      `${BEGUN}
      客户: ？？
      客服: 您把事情跟我说一两句，我就登记；有时间、有经过更好查。 [先不登记]
      客户: 我卡号6222021234567890128被你们锁了不给解
      客服: 先提醒您：…
      ${REGISTERED}
      ${OUTSIDE}
      ${ASK_PERSON}
      `,
    ));

  it('asks for a human instead of telling it here', () =>
    talk(
      { customer: 'happy' },
      `${BEGUN}
      客户: 转人工
      ${TO_PERSON}
      `,
    ));

  it('whether it can be taken back is answered, and it can', () =>
    talk(
      { customer: 'happy' },
      `
      客户: 投诉能撤销不 要是你们给我解决的话
      客服: 能撤。登记以后把编号发给我，就可以撤回。
      ${ASK_WHAT}
      客户: 人脸过不去,试了十次,没人管
      ${REGISTERED}
      ${OUTSIDE}
      ${ASK_PERSON}
      客户: 先不用
      客服: 好的，编号 JB…
      客户: 撤回我的投诉
      客服: 您的投诉（编号 JB…），今天 10:00 登记的，客服还没有处理完。
      客服: 撤回以后，案件 JB… 就不再审核了，…您确定撤回吗？ [确定撤回] [不撤回]
      客户: 确定撤回
      客服: 好的，案件 JB… 已经撤回，…
      `,
    ));

  it('a fraud goes before it', () =>
    talk(
      {},
      `${BEGUN}
      客户: 我的卡被盗刷了 钱正在被刷走
      客服: 先止损，解绑的事放一放：…
      客服: 银行那边冻结了吗？…
      `,
    ));

  it('platform down: a complaint is taken all the same', () =>
    talk(
      { customer: 'platform-down' },
      `${BEGUN}
      客户: 系统三天两头出问题还不通知
      ${REGISTERED}
      ${OUTSIDE}
      ${ASK_PERSON}
      `,
    ));
});
