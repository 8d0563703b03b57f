import { expect } from 'chai';
import { INTENTS, type Intent, type Understand } from '../../src/domain/intent.ts';
import { loadUnderstanding, MODEL_FILE } from '../../src/understanding/index.ts';
import { NaturalBayesClassifier, trainBayes } from '../../src/understanding/natural-bayes.ts';
import { loadPhrases } from '../../src/understanding/phrases.ts';
import { toExamples } from '../../src/understanding/train.ts';
import { createUnderstand } from '../../src/understanding/understand.ts';

describe('understanding', function () {
  this.timeout(120_000);
  let understand: Understand;

  before(() => {
    understand = loadUnderstanding({ modelFile: MODEL_FILE }).understand;
  });

  describe('an utterance', () => {
    const CLEAR: [text: string, intent: Intent][] = [
      ['怎么解绑信用卡', 'unbind_how'],
      ['提示账户存在风险解绑不了', 'fail_risk'],
      ['收不到验证码', 'fail_verification'],
      ['我的卡被盗刷了', 'fraud_report'],
      ['我的卡被盗刷了,给我转人工,我要投诉', 'fraud_report'],
      ['转人工', 'human_agent'],
      ['轉人工', 'human_agent'],
      ['取消', 'cancel'],
      ['先别解', 'cancel'],
      ['我不是要解绑', 'cancel'],
      ['重新开始', 'restart'],
      ['你好', 'greet'],
      ['我要投诉', 'complaint'],
    ];
    for (const [text, intent] of CLEAR) {
      it(`${text} is accepted as ${intent}`, () => {
        const { intent: understood, decision } = understand(text);
        expect({ understood, decision }).to.deep.equal({ understood: intent, decision: 'accept' });
      });
    }

    it('is judged by what is wanted, not by what is set aside', () => {
      expect(understand('我不是要绑卡是要解绑').intent).to.equal('unbind_how');
    });

    for (const [text, intent] of [
      ['解绑了会不会被盗刷', 'fraud_report'],
      ['不要转人工', 'human_agent'],
    ] as const) {
      it(`${text} is at most asked about as ${intent}`, () => {
        const { intent: understood, decision } = understand(text);
        expect(understood === intent && decision === 'accept').to.equal(false);
      });
    }

    it('of five hundred same letters names nothing', () => {
      expect(understand('x'.repeat(500)).entities).to.deep.equal({});
    });

    it('about other things is not taken for a wish of ours', () => {
      for (const text of [
        '今天天气怎么样',
        '帮我写首诗',
        '股票怎么开户',
        '红烧肉怎么做',
        'SELECT * FROM users',
      ]) {
        const { intent, decision } = understand(text);
        expect(decision === 'accept' && intent !== 'out_of_scope', text).to.equal(false);
      }
    });

    for (const text of ['', ' ', '\t', '🙂🙂🙂', '???', '。', '\u0000', '\ud800', '\u200b']) {
      it(`without a word (${JSON.stringify(text)}) is rejected`, () => {
        const { intent, decision } = understand(text);
        expect({ intent, decision }).to.deep.equal({ intent: 'out_of_scope', decision: 'reject' });
      });
    }

    it('always has three ranked intents, the first being the intent', () => {
      for (const text of [
        '',
        '啊',
        '怎么解绑',
        'x'.repeat(100_000),
        '解绑'.repeat(100_000),
        '🙂'.repeat(300),
      ]) {
        const { ranking, intent, confidence } = understand(text);
        expect(ranking).to.have.length(3);
        expect(ranking[0]).to.deep.equal({ intent, confidence });
        for (const ranked of ranking) expect(INTENTS).to.include(ranked.intent);
        expect(ranking.reduce((sum, r) => sum + r.confidence, 0)).to.be.within(0, 1.0002);
      }
    });

    it('shows no sensitive data in its text or entities', () => {
      const understood = understand('卡号6222021234567894 手机13800138000 验证码是482913');
      expect(JSON.stringify(understood)).not.to.match(/6222|1380013|482913/);
      expect(understood.sensitive).to.deep.equal(['pan', 'smsCode', 'phone']);
      expect(understood.entities).to.deep.equal({ cardLast4: '7894', phoneMasked: '138****8000' });
    });
  });

  it("works on natural's Bayes classifier alone", () => {
    const first = new NaturalBayesClassifier(trainBayes(toExamples(loadPhrases()), INTENTS));
    const alone = createUnderstand({ kind: 'bayes', first });
    expect(alone('收不到验证码').intent).to.equal('fail_verification');
    expect(alone('收不到验证码'.repeat(80)).ranking[0]?.confidence).to.be.within(0, 1);
  });
});
