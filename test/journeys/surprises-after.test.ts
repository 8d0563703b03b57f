import { expect } from 'chai';
import { journey } from '../support/never.ts';
import { sharedDesk } from '../support/transcript.ts';

const CHARGED = { customer: 'charged-after-unbind' };
const HAPPY = { customer: 'happy' };
const FIRST_AID = '客服: 先止损，解绑的事放一放：…\n客服: 银行那边冻结了吗？…';

async function notesOf(customerId: string, kind: string): Promise<(string | undefined)[]> {
  const { cases } = await sharedDesk();
  const all = await cases.list({ conversationId: 'none', customerId });
  return all.filter((one) => one.kind === kind && one.state === 'submitted').map(({ note }) => note);
}

describe('what nobody planned for: charges, safety and people', () => {
  it('dispute: two charges, one of them known, told by its day', async () => {
    await journey(
      CHARGED,
      `
      客户: 解绑后扣了两笔 一笔我认一笔不认
      客服: …
      客服: …
      客服: …
      客服: 看账单或扣款短信上的“交易时间”，…
      客户: 11月20号
      客服: 除了晚入账，…
      客服: 照着扣款短信，…
      客户: 一笔19.9 一笔29.9 都是视频会员
      客服: 我来登记，请人工核对。…
      客户: 不传 直接登记
      客服: 已经提交，案件号 JB…
      客服: …
      客服: …
      `,
    );
    expect(await notesOf('charged-after-unbind', 'dispute')).to.deep.equal([
      '解绑后扣了两笔 一笔我认一笔不认\n一笔19.9 一笔29.9 都是视频会员',
    ]);
  });

  it('dispute: the child’s games, bought before: paid, without blame, and a look at the next bills', () =>
    journey(
      CHARGED,
      `
      客户: 这29.9是我儿子买皮肤的 我不知道他还在扣
      客服: …
      客服: …
      客服: …
      客服: …
      客户: 之前的
      客服: 那多半是晚入账：…
      客户: 认得
      客服: 那这笔照常还就好，别因为它逾期。…
      客服: 到时候要我提醒您吗？…
      `,
      { 'blames somebody': /(?:怪|是)(?:您|他|孩子)(?:自己|没)/u },
    ));

  it('security: the old phone is sold and still signed in', () =>
    journey(
      {},
      `
      客户: 旧手机卖了 忘记退出登录了
      客服: 看登录过的设备：…不用的、不认识的都移除；…
      客服: 弄好了吗？ [弄好了] [找不到] [先不弄]
      客户: 移除了
      客服: 好。别的还要看吗？…
      客户: 没有了
      客服: 好的。平时别在公共电脑、公共网络上登录，…
      `,
    ));

  it('security: an ID number was put before everybody', () =>
    journey(
      {},
      `
      客户: 不小心把卡号晒到朋友圈了 没被扣钱
      客服: 先把那条撤回或删掉。…
      客服: 弄好了吗？…
      客户: 撤回了
      客服: 好。别的还要看吗？…
      `,
    ));

  it('fraud: whoever has it offers to pay back against a fee: not another cent', () =>
    journey(
      HAPPY,
      `
      客户: 我刚把钱转给骗子 他现在又说可以退给我
      ${FIRST_AID}
      客户: 他让我再交500手续费
      客服: 先把电话挂断，…别再转钱，…
      客服: 银行那边冻结了吗？…
      客户: 银行打了 冻好了
      客服: 冻结了就好，…
      客服: (handoff.initiate)
      客服: 好的，帮您转人工客服，要说的是：…
      客服: (handoff.queue)
      `,
    ));

  it('fraud: it is somebody else’s card', () =>
    journey(
      {},
      `
      客户: 不是我被骗 是我同事 他把验证码给别人了
      ${FIRST_AID}
      客户: 怎么冻结 卡不在他手上
      客服: 电话看银行卡背面；卡不在手边，…
      客服: 银行那边冻结了吗？…
      客户: 他冻结了
      客服: 冻结了就好，…
      客服: (handoff.initiate)
      客服: …
      客服: (handoff.queue)
      `,
    ));

  it('complaint: a question is no complaint, and nothing is registered by it', async () => {
    await journey(
      HAPPY,
      `
      客户: 我要投诉 但是我怕你们报复
      客服: 给您添堵了，…
      客服: 就按您刚才说的登记吗？… [就这样登记] [先不登记]
      客户: 匿名行不行
      客服: 这句我当作问题，没有写进投诉。…
      客服: 就按您刚才说的登记吗？…
      客户: 算了 不投诉了
      客服: 好的，没有登记。…
      `,
    );
    expect(await notesOf('happy', 'complaint')).to.deep.equal([]);
  });

  it('complaint: it was to be praise', () =>
    journey(
      HAPPY,
      `
      客户: 我要投诉上次那个客服 她其实挺好的 我是想表扬
      客服: …
      客服: 就按您刚才说的登记吗？…
      客户: 先不登记
      客服: 好的，没有登记。…
      `,
    ));

  it('case status: no number at hand, how long it takes, and still a way on', () =>
    journey(
      {},
      `
      客户: 查审核进度
      客服: 我这里没查到您交过的申请。…
      客户: 案件号我拍在照片里了
      客服: 这里面我没看到案件号。…
      客户: 要等几天
      客服: 具体什么时候有结果，我这里没有准确的时间，…
      客服: 这里面我没看到案件号。… [查解绑失败的原因] [转人工客服]
      客户: 转人工客服
      客服: (handoff.initiate)
      客服: …
      客服: (handoff.queue)
      `,
    ));

  it('case status: the card is found again, and the review is not wanted any more', () =>
    journey(
      { customer: 'lost-card' },
      `
      客户: 卡丢了 已经挂失了
      客服: …
      客服: …
      客户: 没有
      客服: …
      客服: …
      客服: …
      客户: 现在登记
      客服: …
      客服: 已经提交，案件号 JB…
      客户: 查审核进度
      客服: …
      客服: …
      客服: 有新消息我会在这里告诉您。…
      客户: 我卡找到了 不用审了
      客服: 撤回以后，案件 JB…您确定撤回吗？ [确定撤回] [不撤回]
      客户: 确定撤回
      客服: 好的，案件 JB… 已经撤回，不再审核。…
      `,
    ));

  it('hand-off: what is written while waiting is kept for the person, and where the place is, is told', () =>
    journey(
      HAPPY,
      `
      客户: 转人工
      客服: (handoff.initiate)
      客服: 好的，帮您转人工客服了。…您排在第一位。…
      客服: (handoff.queue)
      客户: 我听不见 只能打字 别打电话给我
      客服: 这句给您留着，客服接进来就能看到。…
      客户: 人呢
      客服: …您排在第一位。…
      客服: (handoff.queue)
      `,
    ));

  it('hand-off: in a meeting at night, and gone before anybody came', () =>
    journey(
      { customer: 'happy', at: '2026-11-22T23:30:00+08:00' },
      `
      客户: 转人工 但是我现在不能接电话
      客服: 现在没有人工客服在线，下次上班是明天 09:00。…
      客服: 想让客服帮您解决什么？…
      客户: 明天四点以后找我
      客服: 留言记下了。客服上班后会看，在这里回复您。
      客服: 等的时候，您也可以接着问我。
      客户: 谢谢你 再见
      客服: 好的，再见。…
      `,
    ));

  it('reminders: not at night, and not at an hour of one’s own', () =>
    journey(
      { customer: 'maintenance' },
      `
      客户: 点解绑没反应
      客服: …
      客服: …
      客服: …
      客服: 到时候要我提醒您吗？…
      客户: 提醒我 但别半夜
      客服: 几点几分我定不了：…太早太晚不打扰您，等到第二天早上。
      客服: 到时候要我提醒您吗？…
      客户: 好吧 提醒我
      客服: 记下了：…
      `,
    ));

  it('small talk: is it a machine, and does it lie', () =>
    journey(
      {},
      `
      客户: 你是不是AI 你会不会骗我
      客服: 您不用信我说的，看您是从哪里进来的：…我是机器人，…
      客服: 这样核实清楚了吗？…
      客户: 清楚了
      客服: 好的。…
      `,
    ));

  it('small talk: love, laughter, and back to what can be done', () =>
    journey(
      {},
      `
      客户: 我爱你
      客服: 这个我帮不上，…
      客户: 早上好呀小助手
      客服: 您好，我在。…
      客户: 谢谢你 再见
      客服: 好的，再见。…
      `,
    ));
});
