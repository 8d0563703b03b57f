import { expect } from 'chai';
import { compare } from '../../../src/understanding/evaluation/contenders/compare.ts';
import { naturalDefault, naturalWords } from '../../../src/understanding/evaluation/contenders/natural.ts';
import { nlpjs } from '../../../src/understanding/evaluation/contenders/nlpjs.ts';
import { crossValidate, foldsOf } from '../../../src/understanding/evaluation/cross-validation.ts';
import { type Measures, measure } from '../../../src/understanding/evaluation/measures.ts';
import { loadPhrases } from '../../../src/understanding/phrases.ts';

describe('understanding of phrases it was not trained on', function () {
  this.timeout(300_000);
  let figures: Measures;

  before(() => {
    figures = measure(crossValidate(loadPhrases()));
  });

  // The phrases were written to differ from each other, so each fold is harder than everyday talk.
  it('is right at least 83 times of 100', () => {
    expect(figures.accuracy).to.be.at.least(0.83);
    expect(figures.top3).to.be.at.least(0.94);
  });

  it('is right at least 97 times of 100 where it acts', () => {
    expect(figures.acceptedPrecision).to.be.at.least(0.97);
    expect(figures.zones.accept).to.be.at.least(0.6);
  });

  it('offers what was meant nearly always when it asks', () => {
    expect(figures.askedHit).to.be.at.least(0.85);
  });

  it('seldom acts on what is out of scope', () => {
    expect(figures.outOfScopeAccepted).to.be.at.most(0.04);
  });

  it('says how sure it may be', () => {
    expect(figures.calibrationError).to.be.at.most(0.05);
  });

  for (const contender of [naturalDefault, naturalWords, nlpjs]) {
    it(`is at least 10 points better than ${contender.name}`, async () => {
      const [fold] = foldsOf(loadPhrases());
      const other = await compare(contender, fold?.train ?? [], fold?.test ?? []);
      expect(figures.accuracy).to.be.above((other?.accuracy ?? 1) + 0.1);
    });
  }
});
