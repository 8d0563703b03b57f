import { expect } from 'chai';
import type { Decision, Entities, Intent, SensitiveKind } from '../../../src/domain/intent.ts';
import { measureEntities, measureSensitive } from '../../../src/understanding/evaluation/entity-measures.ts';
import {
  confusions,
  type Judged,
  measure,
  perSuite,
} from '../../../src/understanding/evaluation/measures.ts';

function judged(
  meant: Intent,
  taken: Intent,
  decision: Decision,
  more: {
    confidence?: number;
    others?: Intent[];
    suite?: string;
    entities?: [wanted: Entities, found: Entities];
    sensitive?: [wanted: SensitiveKind[], found: SensitiveKind[]];
  } = {},
): Judged {
  const { confidence = 0.9, others = [], suite, entities, sensitive } = more;
  return {
    labelled: {
      text: '',
      intent: meant,
      ...(suite && { suite }),
      ...(entities && { entities: entities[0] }),
      ...(sensitive && { sensitive: sensitive[0] }),
    },
    understanding: {
      text: '',
      folded: '',
      intent: taken,
      confidence,
      decision,
      ranking: [taken, ...others].map((intent) => ({ intent, confidence })),
      entities: entities?.[1] ?? {},
      sensitive: sensitive?.[1] ?? [],
    },
  };
}

describe('measures of understanding', () => {
  const SOME = [
    judged('greet', 'greet', 'accept', { confidence: 1, suite: 'typo' }),
    judged('greet', 'thanks', 'ask', { confidence: 0.5, others: ['greet'], suite: 'typo' }),
    judged('fraud_report', 'fraud_report', 'accept', { confidence: 1 }),
    judged('out_of_scope', 'greet', 'accept', { confidence: 1 }),
    judged('out_of_scope', 'out_of_scope', 'reject', { confidence: 0.5 }),
  ];

  it('count what is right, offered and acted on', () => {
    const figures = measure(SOME);
    expect(figures.accuracy).to.equal(0.6);
    expect(figures.top3).to.equal(0.8);
    expect(figures.acceptedPrecision).to.be.closeTo(2 / 3, 1e-9);
    expect(figures.zones).to.deep.equal({ accept: 0.6, ask: 0.2, reject: 0.2 });
    expect(figures.askedHit).to.equal(1);
    expect(figures.fraudRecall).to.equal(1);
    expect(figures.outOfScope).to.include({ precision: 1, recall: 0.5 });
    expect(figures.outOfScopeAccepted).to.equal(0.5);
  });

  it('average F1 over the intents that are meant', () => {
    expect(measure(SOME).macroF1).to.be.closeTo((0.5 + 1 + 2 / 3) / 3, 1e-9);
  });

  it('set confidence against being right', () => {
    // At 1: three, two of them right. At .5: two, one of them right.
    expect(measure(SOME).calibrationError).to.be.closeTo(1 / 5, 1e-9);
  });

  it('have nothing to say of what does not occur', () => {
    const figures = measure([judged('greet', 'greet', 'reject')]);
    expect([figures.acceptedPrecision, figures.outOfScope, figures.fraudRecall]).to.deep.equal([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('name what is confused and how each suite does', () => {
    expect(confusions(SOME)).to.deep.equal([
      { meant: 'greet', taken: 'thanks', count: 1 },
      { meant: 'out_of_scope', taken: 'greet', count: 1 },
    ]);
    expect(perSuite(SOME)).to.deep.equal([{ suite: 'typo', count: 2, accuracy: 0.5 }]);
  });

  it('count a wrong entity as missed and invented, and skip texts without notes', () => {
    const figures = measureEntities([
      judged('greet', 'greet', 'accept', { entities: [{ cardLast4: '7788' }, { cardLast4: '7788' }] }),
      judged('greet', 'greet', 'accept', {
        entities: [{ bank: '招商银行' }, { bank: '中国银行', amount: 2 }],
      }),
      judged('greet', 'greet', 'accept'),
    ]);
    expect(figures?.all).to.include({ wanted: 2, recall: 0.5 });
    expect(figures?.all.precision).to.be.closeTo(1 / 3, 1e-9);
    expect(measureEntities([judged('greet', 'greet', 'accept')])).to.equal(undefined);
  });

  it('count sensitive kinds that were missed and false alarms', () => {
    const figures = measureSensitive([
      judged('greet', 'greet', 'accept', { sensitive: [['pan', 'phone'], ['pan']] }),
      judged('greet', 'greet', 'accept', { sensitive: [[], ['cvv']] }),
    ]);
    expect(figures).to.deep.equal({ recall: 0.5, wanted: 2, falseAlarms: 1 });
  });
});
