import { expect } from 'chai';
import { dayNamed } from '../../../dialogs/dispute/day.ts';
import { sharedDesk, talk } from '../../support/transcript.ts';

const CHARGED = { customer: 'charged-after-unbind' };
const AGAIN = '客服: 那这笔是解绑之前的，还是之后的？看不出来也没关系。 [解绑之前的] [解绑之后的] [看不出来]';
const BEGUN = `
  客户: 解绑了还扣我钱
  客服: …
  客服: 平台显示：浦发银行尾号0058，11月16日 10:00 已经解绑。
  客服: …
  客服: 看账单或扣款短信上的“交易时间”，…`;
const AFTER = '客服: 除了晚入账，常见的还有两种：…\n客服: 照着扣款短信，…';

describe('dates', () => {
  it('31 February and a day to come are no days of a charge; the day of unbinding does not decide', () =>
    talk(
      CHARGED,
      `${BEGUN}
      客户: 2月31日扣的
      客服: 2月31日这一天没有，麻烦再看一眼短信上的日期。
      ${AGAIN}
      客户: 明天
      客服: 明天还没到，麻烦再看一眼短信上的日期。
      ${AGAIN}
      客户: 11月16日
      ${AGAIN}
      客户: 11月20号
      ${AFTER}
      `,
    ));

  it('a day before the unbinding is late posting', () =>
    talk(CHARGED, `${BEGUN}\n客户: 去年1月1日\n客服: 那多半是晚入账：…这笔消费您认得吗？…`));

  it('without an account a fresh day is after it, an older one tells nothing', () =>
    talk(
      {},
      `
      客户: 解绑了还扣我钱
      客服: …
      客服: 看账单或扣款短信上的“交易时间”，…
      客户: 3月1日
      ${AGAIN}
      客户: 昨天
      客服: 除了晚入账，…
      客服: …
      客服: …
      `,
    ));

  it('no reminder is made for a day that nobody can wait for', () =>
    talk(
      { customer: 'maintenance' },
      `
      客户: 2月31日提醒我
      客服: 您现在没有等着的提醒。
      客服: 我不能随便定闹钟。…
      客户: 昨天提醒我
      客服: 您现在没有等着的提醒。
      客服: 我不能随便定闹钟。…
      `,
    ));

  const now = new Date('2027-01-05T01:00:00+08:00');
  const READ: [string, unknown][] = [
    ['12月30日', { kind: 'day', day: '2026-12-30' }],
    ['1月4号', { kind: 'day', day: '2027-01-04' }],
    ['今天', { kind: 'day', day: '2027-01-05' }],
    ['昨晚', { kind: 'day', day: '2027-01-04' }],
    ['去年2月29日', { kind: 'impossible' }],
    ['2024年2月29日', { kind: 'day', day: '2024-02-29' }],
    ['今年3月1日', { kind: 'to-come' }],
    ['2027-02-01', { kind: 'to-come' }],
    ['上个月', undefined],
  ];
  for (const [said, day] of READ) {
    it(`「${said}」 on 5 January 2027`, () => expect(dayNamed(said, now)).to.deep.equal(day));
  }
});

describe('sums', () => {
  it('as a charge: a bare -5 is asked again, and what was said is written down as it was said', async () => {
    await talk(
      CHARGED,
      `${BEGUN}
      客户: 解绑之后的
      ${AFTER}
      客户: -5
      客服: 照着扣款短信，…
      客户: 一百万零五毛
      客服: 我来登记，请人工核对。…
      客户: 不传，直接登记
      客服: 已经提交，案件号 JB…
      客服: …
      客服: …
      `,
    );
    const { cases } = await sharedDesk();
    const all = await cases.list({ conversationId: 'none', customerId: CHARGED.customer });
    const made = all.filter(({ state }) => state === 'submitted');
    expect(made.map(({ note }) => note)).to.deep.equal(['解绑了还扣我钱\n一百万零五毛']);
  });

  for (const sum of ['-5', '一百万零五毛']) {
    it(`${sum} to a question that asks for no sum is no answer and no dead end`, () =>
      talk(
        { customer: 'unsettled-balance' },
        `
        客户: 提示待清算资金 解不了
        客服: …
        客服: …
        客服: …
        客户: ${sum}
        客服: 不好意思，我没看明白。您从下面选一个，或者说说是哪笔钱、卡在哪里。…
        客户: ${sum}
        客服: 不好意思，我没看明白。… [转人工客服]
        `,
      ));
  }
});
