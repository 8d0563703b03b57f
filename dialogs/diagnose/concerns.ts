import type { TurnContext } from 'botbuilder';
import type { CaseKind } from '../../src/domain/case.ts';
import type { BlockerCode } from '../../src/domain/platform.ts';
import type { ReminderDue, ReminderKind } from '../../src/domain/reminder.ts';
import { currentPlan, turnOf } from '../kit/index.ts';

/** What a reviewer decides about, as blockers: a decision takes them away. */
export const REVIEWED: Partial<Record<CaseKind, readonly BlockerCode[]>> = {
  'risk-lock': ['RISK_LOCK'],
  'identity-info-expired': ['IDENTITY_MISMATCH'],
  'identity-not-holder': ['IDENTITY_MISMATCH'],
  'identity-card-closed': ['CARD_CLOSED', 'IDENTITY_MISMATCH'],
  'card-status': ['CARD_LOST', 'CARD_FROZEN'],
};

/** What may be over when a reminder of the kind comes. */
const OVER: Partial<Record<ReminderKind, readonly BlockerCode[]>> = {
  'maintenance-over': ['MAINTENANCE'],
  settled: ['UNSETTLED_BALANCE', 'WITHDRAWAL_IN_TRANSIT', 'UNPAID_BILL'],
  'lock-released': ['RISK_LOCK', 'VERIFICATION_LOCKED'],
};

/** The reminder that tells that it is over, where there is one. */
export function remindedOf(code: BlockerCode): ReminderKind | undefined {
  return (Object.keys(OVER) as ReminderKind[]).find((kind) => OVER[kind]?.includes(code));
}

/** Whether the reminder is about something of the plan, which the platform can be asked about. */
export function concernsPlan(context: TurnContext, { kind }: ReminderDue): boolean {
  const { codes = [] } = currentPlan(context) ?? {};
  return turnOf(context).customerId !== undefined && codes.some((code) => OVER[kind]?.includes(code));
}

/** What of the plan a decision about a case of this kind leaves; undefined when the case is none of the plan. */
export function leftBy(context: TurnContext, kind: CaseKind): BlockerCode[] | undefined {
  const { codes = [] } = currentPlan(context) ?? {};
  const left = codes.filter((code) => !REVIEWED[kind]?.includes(code));
  return left.length < codes.length ? left : undefined;
}
