import { expect } from 'chai';
import { sharedDesk, talk } from '../support/transcript.ts';

const FIRST_AID =
  '客服: 先止损，解绑的事放一放：⏎⏎1. 打银行卡背面的客服电话，冻结或挂失⏎2. 拨 110 报警，也可以打 96110⏎3. …别删⏎⏎说能帮您追款退款的陌生人，都别信。';
const FROZEN_YET =
  '客服: 银行那边冻结了吗？经过也可以直接发给我，我登记给人工客服。 [冻结了] [电话打不通] [还没打]';
const ASK_STORY =
  '客服: 什么时候、怎么回事、大概少了多少，用一两句话告诉我，我留给客服。不用写卡号和证件号。 [不转了]';
const TO_PERSON = `客服: (handoff.initiate)
  客服: 好的，帮您转人工客服，要说的是：先止损的事。⏎⏎您排在第一位。…
  客服: (handoff.queue)`;
const EVIDENCE = '客服: 冻结了就好，最要紧的一步您做了。接着三件事：…“我的 → 账户安全”…';

describe('fraud', () => {
  it('happy path: stops any flow; bank, police, evidence, person, each in its turn', () =>
    talk(
      { customer: 'happy' },
      `
      客户: 怎么解绑
      客服: 动手之前，先看三样：…
      客户: 我把六位码念给他了 现在卡里在一笔笔扣
      ${FIRST_AID}
      ${FROZEN_YET}
      客户: 我先干哪个
      客服: 先打银行，把卡冻结，这个最要紧；打不通就先拨 110。
      ${FROZEN_YET}
      客户: 冻结了 然后呢
      ${EVIDENCE}
      ${TO_PERSON}
      客户: 昨晚有个假客服让我念验证码,转走了五千
      客服: 这句给您留着，…
      `,
    ));

  it('what happened is told once: it is registered as it is and not asked for again', async () => {
    await talk(
      { customer: 'happy' },
      `
      客户: 我被骗了，钱被刷走了
      ${FIRST_AID}
      ${FROZEN_YET}
      客户: 骗子冒充你们客服让我共享屏幕,转走了五千
      ${TO_PERSON}
      `,
    );
    const { desk } = await sharedDesk();
    const [first] = await desk.queue();
    expect(first).to.deep.include({
      reason: 'fraud_report',
      topic: 'fraud',
      priority: 0,
      group: 'fraud',
      words: '我被骗了，钱被刷走了\n骗子冒充你们客服让我共享屏幕,转走了五千',
    });
  });

  it('fraud words stop also where they could be an answer in passing', () =>
    talk(
      {},
      `
      客户: 解绑和删除有啥区别
      客服: 有两个按钮容易弄混：…
      客服: 您还想知道哪一样？…
      客户: 我被骗了，钱唰的一下就扣走了
      ${FIRST_AID}
      ${FROZEN_YET}
      `,
    ));

  it('who is still on the line hangs up first', () =>
    talk(
      {},
      `
      客户: 对面还没挂 一直催我再转一笔 我已经转了两万了
      客服: 先把电话挂断，屏幕共享关掉，别再转钱，也别再报验证码。这一步最要紧。
      ${FIRST_AID}
      ${FROZEN_YET}
      `,
    ));

  it('questions in between are answered in one line, unbinding waits, no money is promised', () =>
    talk(
      { customer: 'happy' },
      `
      客户: 我的卡被盗刷了
      ${FIRST_AID}
      ${FROZEN_YET}
      客户: 能不能现在帮我解绑
      客服: 这会儿先不解绑，冻结更快。…
      ${FROZEN_YET}
      客户: 钱还能追回来吗
      客服: 能追回多少，要看银行和警方怎么认定，我不敢随口说。…
      ${FROZEN_YET}
      客户: 怎么冻结啊 卡不在手上
      客服: 电话看银行卡背面；卡不在手边，就到银行官方 App 或官网里查，…
      ${FROZEN_YET}
      客户: 冻好了
      ${EVIDENCE}
      ${TO_PERSON}
      `,
    ));

  it('the bank cannot be reached: the police meanwhile; nobody is sent there twice', () =>
    talk(
      { customer: 'happy' },
      `
      客户: 卡里的钱正在一笔一笔往外走
      ${FIRST_AID}
      ${FROZEN_YET}
      客户: 还没打
      客服: 那先打给银行，说一句“卡被盗刷，要冻结”就行。…
      ${FROZEN_YET}
      客户: 一直占线
      客服: 打不通就先拨 110。…
      ${TO_PERSON}
      `,
    ));

  it('correction: it was nothing, and nobody is alarmed', () =>
    talk(
      { customer: 'happy' },
      `
      客户: 我的卡被盗刷了
      ${FIRST_AID}
      ${FROZEN_YET}
      客户: 虚惊一场 是我老婆刷的
      客服: 没事就好。以后再看到不认识的扣款，随时来找我。
      `,
    ));

  it('cancel: nothing is registered, the bank is not forgotten', () =>
    talk(
      { customer: 'happy' },
      `
      客户: 我的卡被盗刷了
      ${FIRST_AID}
      ${FROZEN_YET}
      客户: 不用了
      客服: 好的。卡还没冻结的话，请先去办，这个别拖。…
      `,
    ));

  it('digression: nothing leads away before the bank, the same question comes again', () =>
    talk(
      { customer: 'happy' },
      `
      客户: 我的卡被盗刷了
      ${FIRST_AID}
      ${FROZEN_YET}
      客户: 解绑行吗
      客服: 这会儿先不解绑，冻结更快。…
      ${FROZEN_YET}
      `,
    ));

  it('bad input is not scolded', () =>
    talk(
      {},
      `
      客户: 我的卡被盗刷了
      ${FIRST_AID}
      ${FROZEN_YET}
      客户: 啊啊
      客服: 我没看明白，没关系。
      ${FROZEN_YET}
      `,
    ));

  it('asks for a human: at once; at night the bank and the police need not wait for us', () =>
    talk(
      { customer: 'happy', at: '2026-11-22T01:00:00+08:00' },
      `
      客户: 我的卡被盗刷了
      ${FIRST_AID}
      ${FROZEN_YET}
      客户: 我要人工
      客服: 冻结和报警不用等我们上班，现在就能办。
      客服: 现在没有人工客服在线，下次上班是明天 09:00。…
      ${ASK_STORY}
      客户: 我先干哪个
      客服: 先打银行，把卡冻结，这个最要紧；打不通就先拨 110。
      ${ASK_STORY}
      客户: 凌晨三笔消费不是我刷的
      客服: 留言记下了。…
      客服: 等的时候，您也可以接着问我。
      `,
    ));

  it('platform down: first aid needs no platform', () =>
    talk(
      { customer: 'happy' },
      `
      【平台中断】
      客户: 收到绑卡成功短信 可我根本没绑 谁绑的
      ${FIRST_AID}
      ${FROZEN_YET}
      客户: 冻结了
      ${EVIDENCE}
      ${TO_PERSON}
      【平台恢复】
      `,
    ));

  it('found on the way: first aid is not repeated to who tells what was seen', () =>
    talk(
      { customer: 'lost-card' },
      `
      客户: 卡在银行冻结了
      客服: 再看一眼这张卡的账单：…
      客户: 有不认识的扣款
      ${FIRST_AID}
      ${FROZEN_YET}
      客户: 我的卡被盗刷了 凌晨三点连着扣了六笔 不是我刷的
      ${TO_PERSON}
      `,
    ));
});
