import { expect } from 'chai';
import { CHECKLISTS } from '../../../../src/domain/review.ts';
import { BLANK, formFor, toggled } from '../../../../src/web/console/review/case/draft.ts';
import { outlookOf } from '../../../../src/web/console/review/case/outlook.ts';
import { currentOf, type ReviewCase, type ReviewDocument } from '../../../../src/web/console/review/model.ts';

type Kind = 'accepted' | 'retry' | 'final' | null;

function document(slot: ReviewDocument['slot'], verdict: Kind, state: ReviewDocument['state'] = 'stored') {
  const made: ReviewDocument = {
    ...{ id: `${slot}-${state}`, slot, state, viewable: true, width: 1, height: 1, warnings: [], attempt: 1 },
    ...{ createdAt: '2026-11-23T00:00:00Z', checklist: [], duplicates: [] },
    verdict: verdict && { verdict, reason: null, by: 'R01', at: '2026-11-23T00:00:00Z' },
  };
  return made;
}

function caseWith(documents: ReviewDocument[]): ReviewCase {
  return {
    ...{ number: 'JB20261123000001', kind: 'risk-lock', state: 'in-review', version: 1, maxTries: 3 },
    ...{ hasAccount: true, cardLast4: null, note: null, decidedAt: null, holder: null, proposal: null },
    ...{ submittedAt: '2026-11-23T00:00:00Z', breachAt: '2026-11-23T09:00:00Z', returnedSlots: [] },
    ...{ legalHold: false, notes: [], consents: [], history: [], documents },
    requiredSlots: ['id-front', 'id-back', 'id-in-hand'],
    customerTexts: { locale: 'zh-CN', reasons: {} as never, returned: null, rejected: '' },
  };
}

describe('what the verdicts on documents come to', () => {
  const outlook = (...verdicts: Kind[]) => {
    const slots = ['id-front', 'id-back', 'id-in-hand'] as const;
    return outlookOf(caseWith(verdicts.map((verdict, at) => document(slots[at] ?? 'evidence', verdict))));
  };

  it('is open until the last one has its verdict, but one refused document decides', () => {
    expect(outlook('accepted', null, null)).to.deep.equal({ kind: 'open', count: 2 });
    expect(outlook('final', null, 'retry')).to.deep.equal({ kind: 'reject' });
  });

  it('is a return of exactly what was returned', () => {
    const found = outlook('accepted', 'retry', 'accepted');
    expect(found.kind === 'return' && found.documents.map(({ slot }) => slot)).to.deep.equal(['id-back']);
  });

  it('is an approval when all are accepted, and for somebody to say when there are none', () => {
    expect(outlook('accepted', 'accepted')).to.deep.equal({ kind: 'approve' });
    expect(outlook()).to.deep.equal({ kind: 'say' });
  });

  it('counts neither what was replaced nor what was destroyed, and lists in the order asked', () => {
    const one = caseWith([
      document('id-back', 'accepted'),
      document('id-front', 'retry', 'replaced'),
      document('id-front', 'accepted'),
    ]);
    expect(currentOf(one).map(({ slot }) => slot)).to.deep.equal(['id-front', 'id-back']);
    expect(outlookOf(one)).to.deep.equal({ kind: 'approve' });
  });
});

describe('what a reviewer is writing about a document', () => {
  it('leads from every check that is not so to a form with its reason', () => {
    for (const check of Object.values(CHECKLISTS).flat())
      expect(formFor(check), check.id).to.include({ reason: check.otherwise });
    expect(formFor({ id: 'no-edit-traces', otherwise: 'TAMPERED' })?.kind).to.equal('refuse');
    expect(formFor({ id: 'sharp', otherwise: 'BLURRY' })?.kind).to.equal('return');
  });

  it('ticks, unticks and keeps the rest', () => {
    const draft = { ...BLANK, form: { kind: 'return' } as const };
    expect(toggled(draft, 'sharp')).to.deep.equal({ checked: ['sharp'], form: { kind: 'return' } });
    expect(toggled(toggled(draft, 'sharp'), 'sharp')).to.deep.equal(draft);
  });
});
