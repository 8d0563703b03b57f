import { TEST_SETTINGS } from '../support/desk.ts';
import { talk } from '../support/transcript.ts';

const HAPPY = { customer: 'happy' };
const SUNDAY_NIGHT = { customer: 'happy', at: '2026-11-22T01:00:00+08:00' };

const REGISTERED = `
  客户: 转人工
  客服: 好的，帮您转人工。现在是服务时间，我先替您登记。
  客服: 想让客服帮您解决什么？用一两句话说就行，不用写卡号和证件号。 [不转了]
  客户: 页面一直转圈，解绑点不动
  客服: 登记好了，编号 JB20261123…
  客服: (handoff.queue)
  客服: 等的时候，您也可以接着问我。`;

describe('handoff', () => {
  it('happy path: in open hours the request is registered with its place in the queue', () =>
    talk(HAPPY, REGISTERED));

  it('at night it says when people are there and takes a message', () =>
    talk(
      SUNDAY_NIGHT,
      `
      客户: 凌晨一点了 我要真人
      客服: 现在没有人工客服在线，下次上班是明天 09:00。您可以先留言，客服上班后会看。
      客服: 想让客服帮您解决什么？…
      客户: 卡解不了
      客服: 留言记下了，编号 JB20261122…。客服上班后会处理，有消息我在这里告诉您。
      客服: 等的时候，您也可以接着问我。
      客户: 我要真人
      客服: 现在还没有客服在线。您的留言在，编号 JB…… [没有要补充的] [取消这次登记]
      客户: 尾号1234那张
      客服: 好的，加进去了。
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
    const { openingHours } = TEST_SETTINGS;
    const usual = { periods: openingHours.periods, holidays: openingHours.holidays };
    const halves = [
      { from: '09:00', to: '12:00' },
      { from: '13:30', to: '18:00' },
    ];

    before(() => {
      openingHours.periods = { 1: halves, 2: halves };
      openingHours.holidays = ['2026-11-24'];
    });
    after(() => {
      Object.assign(openingHours, usual);
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

  it('a second request while waiting adds to the first', () =>
    talk(
      HAPPY,
      `${REGISTERED}
      客户: 转人工
      客服: 您已经登记过了，编号 JB…要补充的话直接告诉我，我加进去。 [没有要补充的] [取消这次登记]
      客户: 我还想问分期
      客服: 好的，加进去了。
      客户: 转人工
      客服: 您已经登记过了，…
      客户: 没有要补充的
      客服: 好的，登记还在。客服会处理，有消息我在这里告诉您。
      `,
    ));

  it('cancel: whoever waits can leave the queue, and may come again', () =>
    talk(
      HAPPY,
      `${REGISTERED}
      客户: 转人工
      客服: 您已经登记过了，…
      客户: 不等了
      客服: 好的，编号 JB…取消了，不用等了。…
      客户: 转人工
      客服: 好的，帮您转人工。…
      客服: 想让客服帮您解决什么？…
      `,
    ));

  it('correction: no message but a change of mind registers nothing', () =>
    talk(
      {},
      `
      客户: 转人工
      客服: 好的，帮您转人工。…
      客服: 想让客服帮您解决什么？…
      客户: 不用了
      客服: 好的，那就不转了。您接着问我就行。
      客户: 查审核进度
      客服: 我这里没查到您交过的申请。…
      `,
    ));

  it('goes back to the question that was open', () =>
    talk(
      HAPPY,
      `
      客户: 解绑一直失败
      客服: 是哪张卡解绑不了？…
      客户: 我要人工
      客服: 好的，帮您转人工。…
      客服: 想让客服帮您解决什么？…
      客户: 我不会操作
      客服: 登记好了，编号 JB…
      客服: (handoff.queue)
      客服: 等的时候，您也可以接着问我。
      客服: 我们接着说刚才的：查解绑失败的原因。
      客服: 是哪张卡解绑不了？…
      客户: 建行
      客服: 我查了中国建设银行尾号5678：…
      客服: 平台上没查到这张卡有自动扣款，…
      `,
    ));

  it('bad input: whatever is said is the message; a card number in it is masked and warned about', () =>
    talk(
      HAPPY,
      `
      客户: 转人工
      客服: 好的，帮您转人工。…
      客服: 想让客服帮您解决什么？…
      客户: 我卡号6222020012345678900解不了
      客服: 先提醒您：…
      客服: 登记好了，编号 JB…
      客服: (handoff.queue)
      客服: 等的时候，您也可以接着问我。
      `,
    ));

  it('platform down: people can be reached all the same', () =>
    talk(HAPPY, `【平台中断】\n${REGISTERED}\n【平台恢复】`));
});
