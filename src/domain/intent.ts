/** 意图: what a customer wants. The names are stable: phrases, `npm run nlu` and reports use them. */
export const INTENTS = [
  'greet',
  'thanks',
  'goodbye',
  'capability',
  'unbind_how',
  'unbind_vs_delete',
  'precheck',
  'autopay_check',
  'fail_generic',
  'fail_risk',
  'fail_identity',
  'fail_card_closed',
  'fail_maintenance',
  'fail_balance',
  'fail_verification',
  'official_entry',
  'cooling_off',
  'unbind_progress',
  'upload_documents',
  'case_status',
  'charged_after_unbind',
  'aftercare',
  'credit_report',
  'security_settings',
  'reminders',
  'fraud_report',
  'human_agent',
  'complaint',
  'cancel',
  'restart',
  'out_of_scope',
] as const;

export type Intent = (typeof INTENTS)[number];

/** accept: act on it; ask: offer the ranking as a question; reject: ask for other words. */
export type Decision = 'accept' | 'ask' | 'reject';

/** 敏感信息: kinds of data that are masked before anything else sees the text. */
export const SENSITIVE_KINDS = ['pan', 'idNumber', 'cvv', 'expiry', 'smsCode', 'password', 'phone'] as const;
export type SensitiveKind = (typeof SENSITIVE_KINDS)[number];

/** What the text names. All values come from the masked text or are masked themselves. */
export interface Entities {
  /** Four digits; absent when two cards are named and none is singled out. */
  cardLast4?: string;
  /** Full Chinese name of the bank: 招商银行. */
  bank?: string;
  /** Yuan, as the customer said it: 3200.5. */
  amount?: number;
  /** As said (昨天, 3月8日) or ISO `2025-03-08` when the text holds a whole date. */
  date?: string;
  /** Upper case, without separators: E1024. */
  errorCode?: string;
  /** `JB` + digits, without spaces or dashes. */
  caseId?: string;
  /** 138****8000. */
  phoneMasked?: string;
}

export interface RankedIntent {
  intent: Intent;
  /** Calibrated probability, 0 to 1. */
  confidence: number;
}

/** One utterance as understood; without `folded` also the line that `npm run nlu` prints. */
export interface Understanding {
  /** The masked text. */
  text: string;
  /** The same in simplified characters, lower case and half width, at most 500 units: what patterns read. */
  folded: string;
  intent: Intent;
  confidence: number;
  decision: Decision;
  /** The three likeliest, best first. */
  ranking: RankedIntent[];
  entities: Entities;
  sensitive: SensitiveKind[];
}

/** Port of `src/understanding`: synchronous, no I/O, safe on any string. */
export type Understand = (text: string) => Understanding;

export interface Masked {
  text: string;
  sensitive: SensitiveKind[];
}

/** Removes sensitive data from a text; idempotent. Channels call it before anything is stored. */
export type Mask = (text: string) => Masked;

/** A line of the conversation as it is stored, masked. */
export interface SaidBefore {
  by: 'customer' | 'desk';
  text: string;
}

/** The same for a message in a conversation: a secret may begin or be named in the message before. */
export interface MaskInTalk {
  /** Whether what was said before could make a difference to this text; most texts say all by themselves. */
  asksBack(text: string): boolean;
  /** `before`: what was said in the last minutes, oldest first. Masks at least what `Mask` masks. */
  mask(text: string, before: readonly SaidBefore[]): Masked;
}
