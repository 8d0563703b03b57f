import type { Slot } from './document.ts';

/** What asking the platform brought. `unavailable` = timed out, refused or answered nonsense. */
export type Lookup<T> = { kind: 'found'; value: T } | { kind: 'not-found' } | { kind: 'unavailable' };

/** 客户, as the platform shows them: masked. */
export interface Customer {
  id: string;
  /** 张* */
  nameMasked: string;
  /** 138****8000 */
  phoneMasked?: string | undefined;
  identityVerified: boolean;
}

export type CardStatus = 'bound' | 'unbinding' | 'unbound';

/** 信用卡 bound to the customer's account. */
export interface Card {
  id: string;
  /** 招商银行 */
  bank: string;
  last4: string;
  type: 'credit' | 'debit';
  status: CardStatus;
  /** ISO-8601 with offset. */
  boundAt: string;
}

/** 未结清或在途的一笔. */
export interface OpenItem {
  id: string;
  /** What the customer sees on the page: 订单退款, 提现到银行卡 … */
  title: string;
  amountFen: number;
  /** ISO-8601 with offset; only when the platform knows it. */
  expectedAt?: string | undefined;
}

/** 自动扣款: agreement that goes on after unbinding. */
export interface AutoDebit {
  merchant: string;
  kind: 'subscription' | 'instalment';
  /** Instalments left; only for `instalment`. */
  remaining?: number | undefined;
}

/** 拦截原因: why the platform refuses to unbind this card. */
export type Blocker =
  | { code: 'MAINTENANCE'; announcementId?: string | undefined }
  | { code: 'RISK_LOCK'; requiredDocuments?: Slot[] | undefined }
  | { code: 'IDENTITY_MISMATCH'; reason?: 'info-expired' | 'not-holder' | undefined }
  | { code: 'CARD_CLOSED' }
  | { code: 'CARD_LOST' }
  | { code: 'CARD_FROZEN' }
  | { code: 'UNSETTLED_BALANCE'; items: OpenItem[] }
  | { code: 'WITHDRAWAL_IN_TRANSIT'; items: OpenItem[] }
  | { code: 'UNPAID_BILL'; items: OpenItem[] }
  | { code: 'VERIFICATION_LOCKED'; until?: string | undefined }
  | { code: 'RECENTLY_BOUND'; until?: string | undefined };

export type BlockerCode = Blocker['code'];

export interface Eligibility {
  eligible: boolean;
  blockers: Blocker[];
  /** Agreements on this card; they do not block, but unbinding does not end them. */
  autoDebits: AutoDebit[];
}

/** 公告 */
export interface Announcement {
  id: string;
  kind: 'maintenance' | 'notice';
  title: string;
  active: boolean;
  startsAt?: string | undefined;
  /** Absent when the platform has not announced an end. */
  endsAt?: string | undefined;
}

export interface UnbindRequest {
  id: string;
  cardId: string;
  status: 'processing' | 'completed' | 'failed' | 'revoked';
  submittedAt: string;
  revocableUntil?: string | undefined;
  completedAt?: string | undefined;
}

/** 审核结论, sent to the platform at least once; the platform drops repeats by idempotency key. */
export interface ReviewDecision {
  caseId: string;
  customerId: string;
  kind: string;
  decision: 'approved' | 'rejected';
  decidedAt: string;
}

/** Port of the platform's account API. Queries never throw: the customer is told what is the case. */
export interface Platform {
  customer(customerId: string): Promise<Lookup<Customer>>;
  cards(customerId: string): Promise<Lookup<Card[]>>;
  eligibility(customerId: string, cardId: string): Promise<Lookup<Eligibility>>;
  unbindRequests(customerId: string): Promise<Lookup<UnbindRequest[]>>;
  announcements(): Promise<Lookup<Announcement[]>>;
  identityLink(channel: string, externalId: string): Promise<Lookup<{ customerId: string }>>;
  /** Throws when the platform did not take it; the outbox tries again. */
  submitReviewDecision(decision: ReviewDecision, idempotencyKey: string): Promise<void>;
}
