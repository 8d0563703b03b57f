import { expect } from 'chai';
import { crossValidate, type Figures, figuresOf } from '../../src/understanding/evaluation.ts';
import { loadPhrases } from '../../src/understanding/phrases.ts';

describe('understanding of phrases it was not trained on', function () {
  this.timeout(180_000);
  let figures: Figures;

  before(() => {
    figures = figuresOf(crossValidate(loadPhrases()));
  });

  // The phrases were written to differ from each other, so each fold is harder than everyday talk.
  it('is right at least 81 times of 100', () => {
    expect(figures.accuracy).to.be.at.least(0.81);
  });

  it('is right at least 97 times of 100 where it acts', () => {
    expect(figures.acceptedPrecision).to.be.at.least(0.97);
    expect(figures.zones.accept).to.be.at.least(0.5);
  });

  it('offers what was meant nearly always when it asks', () => {
    expect(figures.askedHit).to.be.at.least(0.85);
  });

  it('seldom acts on what is out of scope', () => {
    expect(figures.outOfScopeAccepted).to.be.at.most(0.04);
  });

  it("is better than natural's Bayes classifier alone", () => {
    expect(figures.accuracy).to.be.above(figures.bayesAccuracy + 0.05);
  });
});
