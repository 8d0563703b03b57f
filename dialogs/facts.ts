import { FACTS as AFTERCARE } from './aftercare/facts.ts';
import { FACTS as AUTOPAY } from './autopay/facts.ts';
import { FACTS as BALANCE } from './balance/facts.ts';
import { FACTS as CARD_STATUS } from './card-status/facts.ts';
import { FACTS as CASE_STATUS } from './case-status/facts.ts';
import { FACTS as COMPLAINT } from './complaint/facts.ts';
import { FACTS as COOLING_OFF } from './cooling-off/facts.ts';
import { FACTS as DISPUTE } from './dispute/facts.ts';
import { FACTS as IDENTITY_MISMATCH } from './identity-mismatch/facts.ts';
import type { Fact } from './kit/fact.ts';
import { FACTS as MAINTENANCE } from './maintenance/facts.ts';
import { FACTS as OFFICIAL_CHANNEL } from './official-channel/facts.ts';
import { FACTS as PROGRESS } from './progress/facts.ts';
import { FACTS as REMINDERS } from './reminders/facts.ts';
import { FACTS as RISK_LOCK } from './risk-lock/facts.ts';
import { FACTS as SECURITY_SETTINGS } from './security-settings/facts.ts';
import { FACTS as UNBIND_GUIDE } from './unbind-guide/facts.ts';
import { FACTS as VERIFICATION } from './verification/facts.ts';

/** All questions that the texts answer outside of their topics. */
export const FACTS: readonly Fact[] = [
  ...AFTERCARE,
  ...AUTOPAY,
  ...BALANCE,
  ...CARD_STATUS,
  ...CASE_STATUS,
  ...COMPLAINT,
  ...COOLING_OFF,
  ...DISPUTE,
  ...IDENTITY_MISMATCH,
  ...MAINTENANCE,
  ...OFFICIAL_CHANNEL,
  ...PROGRESS,
  ...REMINDERS,
  ...RISK_LOCK,
  ...SECURITY_SETTINGS,
  ...UNBIND_GUIDE,
  ...VERIFICATION,
];
