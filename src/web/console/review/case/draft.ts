import {
  FINAL_REASONS,
  type FinalReason,
  RETURN_REASONS,
  type ReturnReason,
} from '../../../../domain/case.ts';
import type { Check } from '../../../../domain/review.ts';

/** A verdict that is being written. */
export type VerdictForm =
  | { kind: 'return'; reason?: ReturnReason }
  | { kind: 'refuse'; reason?: FinalReason; note: string };

/** What a reviewer has ticked and typed about one document; it outlives a refused step and a lost claim. */
export interface Draft {
  checked: string[];
  form?: VerdictForm | undefined;
}

export const BLANK: Draft = { checked: [] };

const isFinal = (reason: Check['otherwise']): reason is FinalReason =>
  FINAL_REASONS.some((final) => final === reason);
const isReturn = (reason: Check['otherwise']): reason is ReturnReason =>
  RETURN_REASONS.some((known) => known === reason);

/** The form that a check leads to which is not so. */
export function formFor({ otherwise: reason }: Check): VerdictForm | undefined {
  if (isFinal(reason)) return { kind: 'refuse', reason, note: '' };
  return isReturn(reason) ? { kind: 'return', reason } : undefined;
}

/** Ticked or not any more. */
export function toggled({ checked, ...rest }: Draft, id: string): Draft {
  return { ...rest, checked: checked.includes(id) ? checked.filter((one) => one !== id) : [...checked, id] };
}
