import type { CaseKind, FinalReason, ReturnReason } from './case.ts';
import type { Slot } from './document.ts';

/** 单份结论: what a reviewer makes of one document. */
export type Verdict =
  | { verdict: 'accepted' }
  /** A better picture may help: this document alone is asked for again. */
  | { verdict: 'retry'; reason: ReturnReason }
  /** Nothing helps: the case is rejected, when a second person agrees. */
  | { verdict: 'final'; reason: FinalReason };

/** Why a second person has to agree. */
export type FourEyesCause = 'final' | 'risk-lock' | 'sample';

/** 复核: what a reviewer wants decided and somebody else has to confirm. */
export const PROPOSAL_STATES = ['open', 'confirmed', 'refused', 'lapsed'] as const;
export type ProposalState = (typeof PROPOSAL_STATES)[number];

/** 查看原图的目的: who looks at a picture unmasked says what for. */
export const VIEW_PURPOSES = [
  'read-document',
  'compare-identity',
  'second-look',
  'complaint',
  'legal',
] as const;
export type ViewPurpose = (typeof VIEW_PURPOSES)[number];

/** One thing to look at, and the reason that follows when it is not so. */
export interface Check {
  id: string;
  otherwise: ReturnReason | FinalReason;
}

const PHOTO: Check[] = [
  { id: 'right-document', otherwise: 'WRONG_TYPE' },
  { id: 'four-corners', otherwise: 'CROPPED' },
  { id: 'sharp', otherwise: 'BLURRY' },
  { id: 'no-glare', otherwise: 'GLARE' },
];
const UNTOUCHED: Check = { id: 'no-edit-traces', otherwise: 'TAMPERED' };
const HOLDER: Check = { id: 'is-holder', otherwise: 'NOT_HOLDER' };

/** 检查清单 of each document, in the order that a reviewer goes through it. */
export const CHECKLISTS: Record<Slot, readonly Check[]> = {
  'id-front': [
    ...PHOTO,
    { id: 'front-side', otherwise: 'WRONG_SIDE' },
    { id: 'digits-readable', otherwise: 'UNREADABLE' },
    { id: 'name-matches', otherwise: 'NAME_MISMATCH' },
    UNTOUCHED,
  ],
  'id-back': [
    ...PHOTO,
    { id: 'back-side', otherwise: 'WRONG_SIDE' },
    { id: 'not-expired', otherwise: 'EXPIRED' },
    UNTOUCHED,
  ],
  'id-in-hand': [
    { id: 'right-document', otherwise: 'WRONG_TYPE' },
    { id: 'face-and-card-visible', otherwise: 'NOT_IN_HAND' },
    { id: 'digits-readable', otherwise: 'UNREADABLE' },
    HOLDER,
    UNTOUCHED,
  ],
  'new-card': [
    ...PHOTO,
    { id: 'last4-matches', otherwise: 'CARD_MISMATCH' },
    { id: 'secrets-covered', otherwise: 'SENSITIVE_VISIBLE' },
    UNTOUCHED,
  ],
  'closure-certificate': [
    ...PHOTO,
    { id: 'bank-stamp', otherwise: 'CERT_NO_STAMP' },
    { id: 'last4-matches', otherwise: 'CARD_MISMATCH' },
    { id: 'name-matches', otherwise: 'NAME_MISMATCH' },
    UNTOUCHED,
  ],
  evidence: [
    { id: 'right-document', otherwise: 'WRONG_TYPE' },
    { id: 'readable', otherwise: 'UNREADABLE' },
    { id: 'secrets-covered', otherwise: 'SENSITIVE_VISIBLE' },
  ],
};

/** What operators set of the review desk. */
export interface ReviewRules {
  /** Opening time in which a case of this kind should be decided, in minutes. */
  targetMinutes: Record<CaseKind, number>;
  /** How long a claim holds without a heartbeat. */
  leaseMs: number;
  /** Pictures a customer is asked for per document before a person takes over. */
  maxTries: number;
  /** Of approvals that need no second person, the share that gets one all the same: 0 to 1. */
  sampleShare: number;
}

const HOUR = 60;

export const DEFAULT_REVIEW_RULES: ReviewRules = {
  targetMinutes: {
    'risk-lock': 9 * HOUR,
    'identity-info-expired': 18 * HOUR,
    'identity-not-holder': 18 * HOUR,
    'identity-card-closed': 18 * HOUR,
    'card-status': 9 * HOUR,
    dispute: 9 * HOUR,
    complaint: 9 * HOUR,
  },
  leaseMs: 15 * 60_000,
  maxTries: 3,
  sampleShare: 0.05,
};
