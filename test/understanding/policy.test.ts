import { expect } from 'chai';
import type { Intent } from '../../src/domain/intent.ts';
import type { Zone } from '../../src/understanding/lexicon.ts';
import { decide, type Evidence } from '../../src/understanding/policy.ts';

describe('what is done with a ranking', () => {
  const zone: Zone = {
    temperature: 1,
    accept: 0.8,
    acceptDespiteDoubt: 0.9,
    margin: 0.15,
    ask: 0.25,
    outOfScope: 0.05,
  };

  function evidence(ranking: [Intent, number][], others: Partial<Evidence> = {}): Evidence {
    return {
      ranking: ranking.map(([intent, confidence]) => ({ intent, confidence })),
      secondOpinion: () => ranking[0]?.[0],
      knownShare: 1,
      length: 8,
      ...others,
    };
  }

  it('acts on a likely wish', () => {
    expect(
      decide(
        evidence([
          ['case_status', 0.85],
          ['out_of_scope', 0.05],
        ]),
        zone,
      ),
    ).to.equal('accept');
  });

  it('asks about a likely wish that may well be nothing of ours', () => {
    const ranking: [Intent, number][] = [
      ['case_status', 0.85],
      ['fail_generic', 0.08],
      ['out_of_scope', 0.06],
    ];
    expect(decide(evidence(ranking), zone)).to.equal('ask');
  });

  it('wants more where the second opinion is another', () => {
    const secondOpinion = () => 'unbind_how' as const;
    expect(decide(evidence([['case_status', 0.85]], { secondOpinion }), zone)).to.equal('ask');
    expect(decide(evidence([['case_status', 0.95]], { secondOpinion }), zone)).to.equal('accept');
  });

  it('asks for a second opinion only where it can change something', () => {
    const secondOpinion = () => {
      throw new Error('asked for');
    };
    for (const [confidence, decision] of [
      [0.95, 'accept'],
      [0.7, 'ask'],
      [0.2, 'reject'],
    ] as const)
      expect(decide(evidence([['case_status', confidence]], { secondOpinion }), zone)).to.equal(decision);
    expect(() => decide(evidence([['case_status', 0.85]], { secondOpinion }), zone)).to.throw('asked for');
  });

  it('says at once what is not ours, and offers nothing where that is only likely', () => {
    expect(decide(evidence([['out_of_scope', 0.95]]), zone)).to.equal('accept');
    expect(decide(evidence([['out_of_scope', 0.6]]), zone)).to.equal('reject');
  });

  it('rejects words that nobody taught it', () => {
    expect(decide(evidence([['case_status', 0.95]], { knownShare: 0.1 }), zone)).to.equal('reject');
  });
});
