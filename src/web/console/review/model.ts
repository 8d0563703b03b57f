import type { CaseKind, CaseState, FinalReason, ReturnedSlot, ReturnReason } from '../../../domain/case.ts';
import type { ConsentPurpose, QualityWarning, Slot } from '../../../domain/document.ts';
import type { Locale } from '../../../domain/locale.ts';
import type { Check, FourEyesCause, Verdict } from '../../../domain/review.ts';

/** What the review desk's API answers. Times are ISO-8601. */
export interface Holder {
  number: string;
  until: string;
  me: boolean;
}

export type Decision = 'approved' | 'rejected';

/** A line of the queue. */
export interface QueueItem {
  number: string;
  kind: CaseKind;
  state: CaseState;
  version: number;
  cardLast4: string | null;
  submittedAt: string;
  breachAt: string;
  overdue: boolean;
  holder: Holder | null;
  proposal: { decision: Decision; cause: FourEyesCause; by: string; mine: boolean } | null;
  duplicates: boolean;
  triesOver: boolean;
}

export interface QueuePage {
  cases: QueueItem[];
  next?: string;
}

export interface QueueSummary {
  waiting: number;
  mine: number;
  overdue: number;
  toConfirm: number;
  kinds: { kind: CaseKind; waiting: number }[];
}

export interface ReviewDocument {
  id: string;
  slot: Slot;
  state: 'stored' | 'replaced' | 'purged';
  viewable: boolean;
  width: number;
  height: number;
  warnings: QualityWarning[];
  createdAt: string;
  verdict: {
    verdict: Verdict['verdict'];
    reason: ReturnReason | FinalReason | null;
    by: string;
    at: string;
  } | null;
  attempt: number;
  checklist: readonly Check[];
  duplicates: { number: string | null; slot: Slot; distance: number | null }[];
}

export interface ReviewCase {
  number: string;
  kind: CaseKind;
  state: CaseState;
  version: number;
  /** What the customer reads when it is concluded, word by word. */
  customerTexts: {
    locale: Locale;
    reasons: Record<ReturnReason, string>;
    returned: string | null;
    rejected: string;
  };
  maxTries: number;
  hasAccount: boolean;
  cardLast4: string | null;
  note: string | null;
  submittedAt: string;
  breachAt: string;
  decidedAt: string | null;
  requiredSlots: Slot[];
  returnedSlots: ReturnedSlot[];
  holder: Holder | null;
  proposal: {
    decision: Decision;
    reason: FinalReason | null;
    cause: FourEyesCause;
    by: string;
    mine: boolean;
    at: string;
  } | null;
  legalHold: boolean;
  documents: ReviewDocument[];
  notes: { by: string; text: string; at: string }[];
  consents: { purpose: ConsentPurpose; version: string; givenAt: string }[];
  history: { seq: number; action: string; by: string; at: string }[];
}

interface Unknown {
  kind: 'not-found' | 'unavailable';
}

/** The account, masked. */
export interface Account {
  customer:
    | { kind: 'found'; nameMasked: string; phoneMasked: string | null; identityVerified: boolean }
    | Unknown;
  cards:
    | {
        kind: 'found';
        cards: {
          bank: string;
          last4: string;
          type: 'credit' | 'debit';
          status: 'bound' | 'unbinding' | 'unbound';
          boundAt: string;
          ofCase: boolean;
        }[];
      }
    | Unknown;
  blockers: { kind: 'found'; codes: string[] } | Unknown;
}

/** Pictures that are looked at now, as they were asked for: those replaced or destroyed are not judged any more. */
export function currentOf({ documents, requiredSlots }: ReviewCase): ReviewDocument[] {
  const place = ({ slot }: ReviewDocument) => requiredSlots.indexOf(slot);
  return documents.filter(({ state }) => state === 'stored').sort((a, b) => place(a) - place(b));
}
