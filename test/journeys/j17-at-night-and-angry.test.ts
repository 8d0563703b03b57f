import { expect } from 'chai';
import { comesBackAndStops, journey } from '../support/never.ts';
import { sharedDesk } from '../support/transcript.ts';

const NEVER = {
  'tells to calm down': /冷静|别(?:生气|激动)|消消气/u,
  'hides behind the system': /系统规定|公司规定|规定如此|没办法的事/u,
  'calls complaining useless': /投诉(?:也)?(?:没用|没有用|不管用)/u,
  'promises a result or money': /(?:会|给您)(?:赔|补偿)|(?:会|一定)(?:给您)?(?:解决|满意)/u,
  'names hours that nobody has set': /24 ?小时(?:在线|服务)/u,
};

const NIGHT = { customer: 'happy', at: '2026-11-22T01:00:00+08:00' };
const ANGRY = '客户: 凌晨一点了 我要真人 你们这是霸王条款 我要投诉';
const MET =
  '客服: 折腾到现在，换谁都火大，很抱歉。人工客服现在不在线，明天 09:00 上班；投诉不用等，我来登记，不用交材料，有编号可查。';
const OUTSIDE =
  '客服: 也可以向外面反映，一般要先向我们投诉过，登记的编号就是凭据：⏎⏎· 12363：人民银行，…⏎· 12378：金融监管总局，…以他们的答复为准。';
const REGISTER = '客服: 就按您刚才说的登记吗？… [就这样登记] [先不登记]';
const PERSON = '客服: 要不要再请人工客服直接跟您说？ [转人工客服] [先不用]';

describe('J17 夜里要人工 / 愤怒投诉', () => {
  it('met first, the hours at once, whose business it is, what is wanted in writing, a number', async () => {
    await journey(
      NIGHT,
      `
      ${ANGRY}
      ${MET}
      ${REGISTER}
      客户: 别跟我扯 你就说归谁管
      ${OUTSIDE}
      ${REGISTER}
      客户: 我要书面答复
      客服: 登记好了，投诉编号 JB20261122…。…
      ${PERSON}
      客户: 还有 上次那个客服挂我电话
      客服: 加进去了，还是原来的编号 JB20261122…。
      ${PERSON}
      客户: 先不用
      客服: 好的，编号 JB20261122… 您留着。对答复不满意，随时回来找我。
      客户: 那解绑一直失败 你先帮我看看
      客服: 是哪张卡解绑不了？…
      `,
      NEVER,
    );
    const { cases } = await sharedDesk();
    const all = await cases.list({ conversationId: 'none', customerId: NIGHT.customer });
    const made = all.filter(({ kind, state }) => kind === 'complaint' && state === 'submitted');
    expect(made.map(({ note }) => note)).to.deep.equal([
      `${ANGRY.slice('客户: '.length)}\n我要书面答复\n还有 上次那个客服挂我电话`,
    ]);
  });

  it('whoever wants a person leaves a message, and is told when it is read', () =>
    journey(
      NIGHT,
      `
      ${ANGRY}
      ${MET}
      ${REGISTER}
      客户: 就这样登记
      客服: 登记好了，投诉编号 JB…
      ${OUTSIDE}
      ${PERSON}
      客户: 转人工客服
      客服: 现在没有人工客服在线，下次上班是明天 09:00。您可以先留言，…
      客服: 想让客服帮您解决什么？…
      `,
      NEVER,
    ));

  it('by day it is not said that nobody is there', () =>
    journey(
      {},
      `
      客户: 我要真人 你们这是霸王条款 我要投诉
      客服: 给您添堵了，很抱歉。…
      ${REGISTER}
      `,
      NEVER,
    ));

  comesBackAndStops(NIGHT, ANGRY);
});
