import type { Blocker, BlockerCode } from './platform.ts';

/**
 * 先解决哪个: what has to be out of the way before the next can be worked on.
 * While the platform is under maintenance nothing else can be tried; a lock or a lost card is about
 * safety; identity is needed before money moves; money is the last thing before unbinding.
 */
const ORDER: readonly BlockerCode[] = [
  'MAINTENANCE',
  'CARD_LOST',
  'CARD_FROZEN',
  'RISK_LOCK',
  'VERIFICATION_LOCKED',
  'IDENTITY_MISMATCH',
  'CARD_CLOSED',
  'UNPAID_BILL',
  'UNSETTLED_BALANCE',
  'WITHDRAWAL_IN_TRANSIT',
  'RECENTLY_BOUND',
];

/** The blockers, first to solve first. */
export function rankBlockers(blockers: readonly Blocker[]): Blocker[] {
  return [...blockers].sort((a, b) => ORDER.indexOf(a.code) - ORDER.indexOf(b.code));
}

/** Whether this release knows what that stands for. */
export function isBlockerCode(code: string): code is BlockerCode {
  return ORDER.some((known) => known === code);
}
