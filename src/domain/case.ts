import type { ConsentPurpose, Slot } from './document.ts';

/** 案件类型: what a person at the desk has to decide. */
export const CASE_KINDS = [
  'risk-lock',
  'identity-info-expired',
  'identity-not-holder',
  'identity-card-closed',
  'card-status',
  'dispute',
  'complaint',
] as const;
export type CaseKind = (typeof CASE_KINDS)[number];

/** 案件状态 */
export const CASE_STATES = [
  'draft',
  'submitted',
  'in-review',
  'needs-more',
  'approved',
  'rejected',
  'closed',
  'withdrawn',
] as const;
export type CaseState = (typeof CASE_STATES)[number];

/** Which state may follow which. `closed` and `withdrawn` are final. */
export const CASE_TRANSITIONS: Record<CaseState, readonly CaseState[]> = {
  draft: ['submitted', 'withdrawn'],
  submitted: ['in-review', 'needs-more', 'approved', 'rejected', 'withdrawn'],
  'in-review': ['needs-more', 'approved', 'rejected', 'withdrawn'],
  // Back to the desk without a new document only when nothing more is asked of the customer.
  'needs-more': ['submitted', 'in-review', 'rejected', 'withdrawn'],
  approved: ['closed'],
  rejected: ['closed'],
  closed: [],
  withdrawn: [],
};

/** 退件原因: coded, so that the customer's text lives in locales. */
export const RETURN_REASONS = [
  'BLURRY',
  'GLARE',
  'CROPPED',
  'WRONG_SIDE',
  'WRONG_TYPE',
  'EXPIRED',
  'UNREADABLE',
  'NAME_MISMATCH',
  'NOT_IN_HAND',
  'CERT_NO_STAMP',
  'CARD_MISMATCH',
  'SENSITIVE_VISIBLE',
] as const;
export type ReturnReason = (typeof RETURN_REASONS)[number];

/** 终审拒绝原因: no better picture would help. For colleagues only: a customer never reads them. */
export const FINAL_REASONS = ['TAMPERED', 'NOT_HOLDER', 'DUPLICATE_OTHER_USER'] as const;
export type FinalReason = (typeof FINAL_REASONS)[number];

/** 待补材料: one slot asked for again and why. */
export interface ReturnedSlot {
  slot: Slot;
  reason: ReturnReason;
  /** Set when it has been tried often enough: a person takes over, nothing is asked again. */
  triesOver?: true | undefined;
}

/** Whether a person has to see to what came back: the customer is not asked for pictures again. */
export function triesAreOver(returned: readonly ReturnedSlot[]): boolean {
  return returned.some(({ triesOver }) => triesOver === true);
}

/** 案件, as dialogs and channels see it. */
export interface Case {
  /** Internal id (UUID); a draft has no number yet. */
  id: string;
  /** `JB` + yyyymmdd (Asia/Shanghai) + 6 digits, once submitted. */
  number?: string | undefined;
  kind: CaseKind;
  state: CaseState;
  conversationId: string;
  customerId?: string | undefined;
  cardLast4?: string | undefined;
  /** Masked free text of the customer. */
  note?: string | undefined;
  /** Slots that this case needs, in the order they are asked. */
  requiredSlots: Slot[];
  /** Slots that hold a document now. */
  filledSlots: Slot[];
  /** Set in `needs-more`. */
  returnedSlots: ReturnedSlot[];
  /** ISO-8601 UTC. */
  createdAt: string;
  submittedAt?: string | undefined;
  updatedAt: string;
  /** Grows by one with each change; optimistic lock. */
  version: number;
}

/** Who asks for a case. A case is shown only to its own customer or its own conversation. */
export interface CaseOwner {
  conversationId: string;
  customerId?: string | undefined;
}

export interface NewCase extends CaseOwner {
  kind: CaseKind;
  requiredSlots: Slot[];
  cardLast4?: string | undefined;
  note?: string | undefined;
}

/** Port for dialogs. Every writing call carries an idempotency key, so a turn that runs twice finds what it made. */
export interface Cases {
  /** Opens a draft. The same key returns the same draft. */
  draft(draft: NewCase, idempotencyKey: string): Promise<Case>;
  /** Changes what the customer told, as long as nobody has decided. */
  describe(caseId: string, note: string): Promise<Case>;
  /** Records the separate consent: version, purpose and time. Repeating it changes nothing. */
  recordConsent(caseId: string, consent: { purpose: ConsentPurpose; version: string }): Promise<void>;
  /** draft or needs-more -> submitted; gives the number. Repeating it returns the same case. */
  submit(caseId: string): Promise<Case>;
  /** Any undecided state -> withdrawn. Documents of a draft are destroyed. */
  withdraw(caseId: string): Promise<Case>;
  /** Withdraws what the conversation began and never submitted; its documents are destroyed. */
  withdrawDrafts(conversationId: string): Promise<void>;
  find(caseId: string): Promise<Case | undefined>;
  /** By number, only if it belongs to `owner`; otherwise not-found, so numbers cannot be tried out. */
  findByNumber(number: string, owner: CaseOwner): Promise<Case | undefined>;
  /** The owner's cases, newest first, drafts left out. */
  list(owner: CaseOwner): Promise<Case[]>;
}

/** Name of the internal event that tells a conversation its case moved. */
export const CASE_CHANGED = 'unbind.case.changed';

export interface CaseChanged {
  caseId: string;
  number: string;
  kind: CaseKind;
  state: CaseState;
  returnedSlots: ReturnedSlot[];
  version: number;
}
