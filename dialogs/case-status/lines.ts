import type { TextKey } from '../../locales/index.ts';
import type { Case, CaseKind, ReturnedSlot } from '../../src/domain/case.ts';
import type { Line, SlotValue } from '../kit/index.ts';

/** What a customer calls a case of this kind: 风控解锁审核. */
export function kindName(kind: CaseKind): Line {
  return { key: `case-status.kind-${kind}` };
}

/** One line for each document that is asked for again: which, and what was wrong with it. */
export function returnedLines(returned: readonly ReturnedSlot[]): SlotValue {
  const lines = returned.map(({ slot, reason }): Line => {
    const document: Line = { key: `upload.slot-${slot}` };
    const why: Line = { key: `case-status.reason-${reason}` };
    return { key: 'case-status.returned', slots: { document, why } };
  });
  return { lines };
}

/** The text for an approval: what the customer does next differs by kind. */
export function approvedKey(kind: CaseKind): TextKey {
  switch (kind) {
    case 'risk-lock':
      return 'case-status.approved-risk-lock';
    case 'identity-info-expired':
    case 'identity-not-holder':
    case 'identity-card-closed':
      return 'case-status.approved-identity';
    case 'card-status':
      return 'case-status.approved-card';
    case 'dispute':
      return 'case-status.approved-dispute';
    case 'complaint':
      return 'case-status.approved-talk';
  }
}

/** Kinds that a person answers and nobody reviews. */
export function isTalk(kind: CaseKind): boolean {
  return kind === 'complaint';
}

/** The slot that most texts about one case have. */
export function numberSlot(one: Case): { number: string } {
  return { number: one.number ?? '' };
}
