import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { FACTS } from '../../../dialogs/index.ts';
import { LOCALES, text } from '../../../locales/index.ts';
import type { Intent } from '../../../src/domain/intent.ts';
import { fromRoot } from '../../../src/root.ts';
import { createFindFact, loadUnderstanding, MODEL_FILE } from '../../../src/understanding/index.ts';
import { talk } from '../../support/transcript.ts';

/** A question a line: `key|question`, or `-|question` where no text answers it. */
const QUESTIONS = readFileSync(fromRoot('test', 'dialogs', 'asked', 'questions.txt'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => {
    const [key = '', question = ''] = line.split('|');
    return { key, question };
  });

describe('questions that the texts answer', function () {
  this.timeout(60_000);
  const find = createFindFact(FACTS);
  const { understand } = loadUnderstanding({ modelFile: MODEL_FILE });
  const likelyFor = (question: string): Intent[] => understand(question).ranking.map(({ intent }) => intent);

  it('has a text of its own for each fact, in every language: no slots, no question', () => {
    for (const { key } of FACTS) {
      for (const locale of LOCALES) expect(text(locale, key), `${key} ${locale}`).to.not.match(/\{\{|[?？]$/);
    }
    expect(new Set(FACTS.map(({ key }) => key)).size).to.equal(FACTS.length);
  });

  it('finds each fact by the wordings it is asked for with', () => {
    const lost = FACTS.flatMap(({ key, intent, asked }) =>
      asked.filter((question) => find(question, [intent])?.key !== key),
    );
    expect(lost).to.deep.equal([]);
  });

  it('says nothing wrong, and something to two of five that are asked in other words', () => {
    const told = QUESTIONS.flatMap(({ key, question }) => {
      const fact = find(question, likelyFor(question));
      const { decision, intent } = understand(question);
      const surelyNotOurs = decision === 'accept' && intent === 'out_of_scope';
      return fact && !surelyNotOurs ? [{ question, key, told: fact.key }] : [];
    });
    const right = told.filter(({ key, told: said }) => key === said);
    expect(told.filter((it) => !right.includes(it))).to.deep.equal([]);
    const answerable = QUESTIONS.filter(({ key }) => key !== '-');
    expect(answerable.length).to.be.at.least(60);
    expect(right.length / answerable.length).to.be.at.least(0.4);
  });

  it('offers topics by labels that open them', () => {
    for (const intent of new Set(FACTS.map((fact) => fact.intent))) {
      const { intent: understood, decision } = understand(text('zh-CN', `intents.${intent}`));
      expect([understood, decision], intent).to.deep.equal([intent, 'accept']);
    }
  });
});

describe('a question in a conversation', () => {
  it('is answered from the texts instead of asking back, with the topic offered', () =>
    talk(
      {},
      `
      客户: 解绑这事银行会不会知道
      客服: 银行那边通不通知，各家不一样，我说不准。 [解绑申请到哪一步了]
      客户: 他说要先交一笔保证金才能解绑
      客服: 先挂掉，别回拨，也别加对方。…
      客服: 解绑没有“内部通道”，要先交钱、先转账的，都是骗人的，…
      客服: 那您有没有点进去、填过什么，或者把验证码告诉对方？…
      `,
    ));

  it('is answered in the middle of a topic, which then goes on with its question', () =>
    talk(
      {},
      `
      客户: 怎么解绑
      客服: …要解绑的是哪张信用卡？…
      客户: 先看步骤
      客服: 动手之前，先看三样：…这三样都没问题吗？ [都没问题] [有一样不确定]
      客户: 你们公司有牌照没有啊
      客服: 这个不能只听我们自己说。…
      客服: 动手之前，先看三样：…这三样都没问题吗？ [都没问题] [有一样不确定]
      `,
    ));

  it('takes the place of the list of what may have been meant', () =>
    talk(
      {},
      `
      客户: 我上周五交的 今天几号了 该好了吧
      客服: 您是想问：…
      客户: 解绑这事银行会不会知道
      客服: 银行那边通不通知，…
      `,
    ));

  it('is answered in the language of the turn', () =>
    talk(
      { locale: 'en' },
      `
      客户: would it affect my credit if I unbind
      客服: …credit…
      `,
    ));

  it('a correction of the answer is an answer, and one that says no more is asked again', () =>
    talk(
      {},
      `
      客户: 怎么解绑
      客服: …要解绑的是哪张信用卡？…
      客户: 先看步骤
      客服: 动手之前，先看三样：…这三样都没问题吗？ [都没问题] [有一样不确定]…
      客户: 不是,我是说之前那张
      客服: 那三样里，是都没问题，还是有一样拿不准？ [都没问题] [有一样不确定]…
      客户: 不对,我是说都没问题
      客服: …会员续费…
      `,
    ));
});
