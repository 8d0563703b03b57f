import { expect } from 'chai';
import { readConfig } from '../src/config.ts';
import { retentionDays } from '../src/domain/retention.ts';
import { refusal } from './support/refusal.ts';

describe('settings of the review desk', () => {
  it('have a default each', () => {
    const { review, documentRetention } = readConfig({ DOCUMENT_RETENTION_DAYS: '40' });
    expect(review).to.include({ sampleShare: 0.05, maxTries: 3, leaseMs: 15 * 60_000 });
    expect(review.targetMinutes['risk-lock']).to.equal(9 * 60);
    expect(documentRetention).to.deep.equal({ defaultDays: 40, rules: [] });
  });

  it('are read as what they are', () => {
    const { review, documentRetention } = readConfig({
      REVIEW_TARGET_HOURS: 'risk-lock=4, complaint=0.5',
      REVIEW_SAMPLE_PERCENT: '12.5',
      DOCUMENT_RETENTION: 'rejected=180,id-in-hand/approved=7',
    });
    expect(review.targetMinutes).to.include({ 'risk-lock': 240, complaint: 30, dispute: 9 * 60 });
    expect(review.sampleShare).to.equal(0.125);
    expect(retentionDays(documentRetention, 'id-in-hand', 'approved')).to.equal(7);
    expect(retentionDays(documentRetention, 'id-front', 'rejected')).to.equal(180);
  });

  const wrong: [name: string, value: string][] = [
    ['REVIEW_TARGET_HOURS', 'risk-lock'],
    ['REVIEW_TARGET_HOURS', 'risk-lock=soon'],
    ['REVIEW_TARGET_HOURS', 'holiday=4'],
    ['REVIEW_SAMPLE_PERCENT', '101'],
    ['DOCUMENT_RETENTION', 'passport=4'],
    ['DOCUMENT_RETENTION', 'id-front/closed=4'],
    ['DOCUMENT_RETENTION', 'rejected=-1'],
  ];
  for (const [name, value] of wrong)
    it(`name ${name} when it is ${value}`, () => expect(refusal({ [name]: value })).to.include(name));
});
