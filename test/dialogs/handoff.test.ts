import { TEST_HOURS } from '../support/desk.ts';
import { talk } from '../support/transcript.ts';

const HAPPY = { customer: 'happy' };
const SUNDAY_NIGHT = { customer: 'happy', at: '2026-11-22T01:00:00+08:00' };

const QUEUED = `
  客户: 转人工
  客服: (handoff.initiate)
  客服: 好的，帮您转人工客服了。⏎⏎您排在第一位。 [取消排队] [继续自助] [留言]
  客服: (handoff.queue)`;
const ACCEPTED = `
  【客服接入】
  客服: (handoff.status)
  客服: 客服 工号 A12 为您服务。
  客服: 防骗提醒：客服不会问您要密码、验证码、安全码，也不会让您转账。有人要，就是骗子。`;
const RATING = `客服: 这次人工服务，您满意吗？ [很不满意] [不满意] [一般] [满意] [非常满意] [不评价]`;

describe('handoff', () => {
  it('happy path: queue, what is written meanwhile is kept, a person, the summary, the rating', () =>
    talk(
      HAPPY,
      `${QUEUED}
      客户: 页面一直转圈，解绑点不动
      客服: 这句给您留着，客服接进来就能看到。…
      客户: 已经三天了
      客户: 排到第几了
      客服: 还在给您排队。⏎⏎您排在第一位。 [取消排队] [继续自助] [留言]
      客服: (handoff.queue)
      ${ACCEPTED}
      客户: 你好，我的卡解不了
      客户: 解绑一直失败
      【客服回复 您好，我看一下】
      【客服结束 已帮您登记，请留意短信。】
      客服: (handoff.status)
      客服: 客服结束了这次服务，给您留了几句：⏎⏎已帮您登记，请留意短信。⏎⏎还有没解决的，…
      ${RATING}
      客户: 5
      客服: 谢谢您告诉我们，记下了。
      客户: 解绑一直失败
      客服: 是哪张卡解绑不了？…
      `,
    ));

  it('a photo in the queue is told to have arrived, once; with a person it is not talked into', () =>
    talk(
      HAPPY,
      `${QUEUED}
      【发文件 转账截图.jpg】
      客服: 收到了，给您加密存好，客服接进来就能看到。
      【发文件 第二张.jpg】
      客户: 两张都是转账截图
      客服: 这句给您留着，客服接进来就能看到。…
      ${ACCEPTED}
      【发文件 第三张.jpg】
      客户: 看到了吗
      `,
    ));

  it('in the middle of the risk lock: the person returns the chat, and the dialog is where it stopped', () =>
    talk(
      { customer: 'risk-lock' },
      `
      客户: 弹窗说账户存在风险,解绑用不了 我点了十几次了!!
      客服: 先请您停一下：…
      客服: 平台觉得账户有风险时，会先把解绑锁住，…
      客服: 要现在申请人工审核吗？…
      客户: 现在申请
      客服: 这次为什么想解绑？…
      客户: 转人工
      客服: (handoff.initiate)
      客服: 好的，帮您转人工客服，要说的是：解除风控锁定。⏎⏎您排在第一位。…
      客服: (handoff.queue)
      ${ACCEPTED}
      客户: 要交哪些材料
      【客服回复 身份证正反面】
      【客服交回】
      客服: (handoff.status)
      客服: 客服那边说完了，我接着帮您。
      客服: 我们接着说刚才的：解除风控锁定。
      客服: 这次为什么想解绑？…
      客户: 2
      客服: 好的。接下来要 3 张照片，…
      客服: …
      客服: 您同意吗？…
      `,
    ));

  it('cancel: whoever leaves the queue is back at the open question, and may come again', () =>
    talk(
      HAPPY,
      `
      客户: 解绑一直失败
      客服: 是哪张卡解绑不了？…
      客户: 我要人工
      客服: (handoff.initiate)
      客服: 好的，帮您转人工客服，要说的是：查解绑失败的原因。⏎⏎您排在第一位。…
      客服: (handoff.queue)
      客户: 算了不等了
      客服: (handoff.status)
      客服: 好的，不排了。需要人工的时候，再跟我说。
      客服: 我们接着说刚才的：查解绑失败的原因。
      客服: 是哪张卡解绑不了？…
      客户: 建行
      客服: 我查了中国建设银行尾号5678：…
      客服: 平台上没查到这张卡有自动扣款，…
      `,
    ));

  it('goes on alone with what can be asked, where nothing was open', () =>
    talk(
      HAPPY,
      `${QUEUED}
      客户: 继续自助
      客服: (handoff.status)
      客服: 好的，不排了，我陪您接着弄。 [解绑一直失败] [怎么安全解绑] [查审核进度]
      ${QUEUED}
      `,
    ));

  it('leaves a message from the queue, which can be added to and taken back', () =>
    talk(
      HAPPY,
      `${QUEUED}
      客户: 留言
      客服: (handoff.status)
      客服: 好的，改成留言了，不用一直等。客服看到后会在这里回复您。
      客服: 想对客服说什么，写在这里就行，不用写卡号和证件号。 [没有要补充的] [取消留言]
      客户: 建行那张卡解不了，钱都还清了
      客服: 好的，加进去了。
      客户: 解绑一直失败
      客服: 是哪张卡解绑不了？…
      【客服接入】
      客服: (handoff.status)
      客服: 客服 工号 A12 来回复您的留言了。
      客服: 防骗提醒：…
      【客服交回】
      客服: (handoff.status)
      客服: 客服那边说完了，我接着帮您。
      客服: 我们接着说刚才的：查解绑失败的原因。
      客服: 是哪张卡解绑不了？…
      `,
    ));

  it('says sorry after three minutes, offers a message after ten, and goes on waiting on a word', () =>
    talk(
      HAPPY,
      `${QUEUED}
      【等了 4 分钟】
      客服: 让您久等了，抱歉。位置还给您留着，… [继续等] [留言] [取消排队]
      客户: 继续等
      客服: 好的，接着排。⏎⏎您排在第一位。…
      客服: (handoff.queue)
      【等了 7 分钟】
      客服: 让您等了这么久，很抱歉。要不要改成留言？… [留言] [继续等] [取消排队]
      `,
    ));

  it('with nobody online it says so at once', () =>
    talk(
      HAPPY,
      `
      【客服都走了】
      客户: 转人工
      客服: (handoff.initiate)
      客服: 好的，帮您转人工客服了。⏎⏎您排在第一位。⏎这会儿客服都不在线，要等多久我说不准。…
      客服: (handoff.queue)
      `,
    ));

  it('a person who is gone leaves the customer at the head of the queue, who is told', () =>
    talk(
      HAPPY,
      `${QUEUED}
      ${ACCEPTED}
      【客服掉线】
      客服: 抱歉，刚才那位客服接不上了。我把您排到了最前面，前面说的都还在。⏎⏎您排在第一位。⏎这会儿客服都不在线，…
      客服: (handoff.queue)
      `,
    ));

  it('a transfer to another group tells so, and the place is kept', () =>
    talk(
      HAPPY,
      `${QUEUED}
      ${ACCEPTED}
      【转到专席 complaint】
      客服: 正在帮您转给负责这件事的客服，前面说的都还在，不用从头排。⏎⏎您排在第一位。…
      客服: (handoff.queue)
      客户: 你好
      客服: 这句给您留着，客服接进来就能看到。…
      【客服接入】
      客服: (handoff.status)
      客服: 客服 工号 A12 接着为您服务，前面说的都能看到。
      客服: 防骗提醒：…
      `,
    ));

  it('nobody is said to be gone where nobody was: from one queue to another', () =>
    talk(
      HAPPY,
      `${QUEUED}
      【改派到 complaint】
      客服: 正在帮您转给负责这件事的客服，前面说的都还在，不用从头排。⏎⏎您排在第一位。…
      客服: (handoff.queue)
      `,
    ));

  describe('the rating', () => {
    const ENDED = `${QUEUED}
      ${ACCEPTED}
      【客服结束】
      客服: (handoff.status)
      客服: 客服结束了这次服务。还有没解决的，再说“转人工”，我会先找刚才那位客服。
      ${RATING}`;

    it('asks why when it was not good', () =>
      talk(
        HAPPY,
        `${ENDED}
        客户: 不满意
        客服: 没让您满意，很抱歉。主要是因为什么？ [等太久] [问题没解决] [没讲明白] [态度不好] [不评价]
        客户: 等太久
        客服: 谢谢您告诉我们，记下了。
        `,
      ));

    it('can be skipped', () => talk(HAPPY, `${ENDED}\n客户: 不评价\n客服: 好的，不评也没关系。…`));

    it('gives way to whatever the customer wants next', () =>
      talk(HAPPY, `${ENDED}\n客户: 解绑一直失败\n客服: 是哪张卡解绑不了？…`));

    it('comes before the topic that was open goes on', () =>
      talk(
        HAPPY,
        `
        客户: 解绑一直失败
        客服: 是哪张卡解绑不了？…
        ${QUEUED.replace('客服了。', '客服，要说的是：查解绑失败的原因。')}
        ${ACCEPTED}
        【客服结束】
        客服: (handoff.status)
        客服: 客服结束了这次服务。…
        ${RATING}
        客户: 非常满意
        客服: 谢谢您告诉我们，记下了。
        客服: 我们接着说刚才的：查解绑失败的原因。
        客服: 是哪张卡解绑不了？…
        `,
      ));
  });

  it('at night it says when people are there and takes a message', () =>
    talk(
      SUNDAY_NIGHT,
      `
      客户: 凌晨一点了 我要真人
      客服: 现在没有人工客服在线，下次上班是明天 09:00。您可以先留言，客服上班后会看。
      客服: 想让客服帮您解决什么？用一两句话说就行，不用写卡号和证件号。 [不转了]
      客户: 卡解不了
      客服: 留言记下了。客服上班后会看，在这里回复您。
      客服: 等的时候，您也可以接着问我。
      客户: 我要真人
      客服: 您的留言还在，… [没有要补充的] [取消留言]
      客户: 尾号1234那张
      客服: 好的，加进去了。
      客户: 我要真人
      客服: 您的留言还在，…
      客户: 取消留言
      客服: 好的，留言取消了。…
      `,
    ));

  it('on Friday evening the next hours are on Monday', () =>
    talk(
      { customer: 'happy', at: '2026-11-27T18:30:00+08:00' },
      `
      客户: 人工
      客服: 现在没有人工客服在线，下次上班是11月30日 09:00。…
      客服: 想让客服帮您解决什么？…
      `,
    ));

  describe('with a lunch break and a holiday', () => {
    const usual = { periods: TEST_HOURS.periods, holidays: TEST_HOURS.holidays };
    const halves = [
      { from: '09:00', to: '12:00' },
      { from: '13:30', to: '18:00' },
    ];

    before(() => {
      TEST_HOURS.periods = { 1: halves, 2: halves };
      TEST_HOURS.holidays = ['2026-11-24'];
    });
    after(() => {
      Object.assign(TEST_HOURS, usual);
    });

    it('at lunch people are back in the afternoon', () =>
      talk(
        { customer: 'happy', at: '2026-11-23T12:10:00+08:00' },
        `
        客户: 转人工
        客服: 现在没有人工客服在线，下次上班是今天 13:30。…
        客服: 想让客服帮您解决什么？…
        `,
      ));

    it('on a holiday the next working day is named', () =>
      talk(
        { customer: 'happy', at: '2026-11-24T10:00:00+08:00' },
        `
        客户: 转人工
        客服: 现在没有人工客服在线，下次上班是11月30日 09:00。…
        客服: 想让客服帮您解决什么？…
        `,
      ));
  });

  it('correction: no message but a change of mind registers nothing', () =>
    talk(
      SUNDAY_NIGHT,
      `
      客户: 转人工
      客服: 现在没有人工客服在线，…
      客服: 想让客服帮您解决什么？…
      客户: 不用了
      客服: 好的，那就不转了。您接着问我就行。
      `,
    ));

  it('bad input: a card number in the queue is masked and warned about', () =>
    talk(
      HAPPY,
      `${QUEUED}
      客户: 我卡号6222020012345678900解不了
      客服: 先提醒您：…
      客服: 这句给您留着，…
      `,
    ));

  it('understands the queue in traditional characters and in English', async () => {
    await talk(
      { ...HAPPY, locale: 'zh-TW' },
      `
      客户: 我要真人客服
      客服: (handoff.initiate)
      客服: 好的，幫您轉真人客服了。⏎⏎您排在第一位。…
      客服: (handoff.queue)
      客户: 取消排隊
      客服: (handoff.status)
      客服: 好的，不排了。…
      `,
    );
    await talk(
      { ...HAPPY, locale: 'en' },
      `
      客户: I want to speak with an agent
      客服: (handoff.initiate)
      客服: OK, I'm passing you to a person.⏎⏎You're first in line.…
      客服: (handoff.queue)
      客户: how long do I have to wait
      客服: You're still in line.…
      客服: (handoff.queue)
      客户: Leave a message
      客服: (handoff.status)
      客服: OK, it's a message now, …
      客服: What would you like to tell them?…
      `,
    );
  });

  it('platform down: people can be reached all the same', () =>
    talk(HAPPY, `【平台中断】\n${QUEUED}\n【平台恢复】`));
});
