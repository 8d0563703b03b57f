import type { Dialog } from 'botbuilder-dialogs';
import type { Intent } from '../src/domain/intent.ts';
import { aftercare } from './aftercare/dialog.ts';
import { autopay } from './autopay/dialog.ts';
import { balance } from './balance/dialog.ts';
import { cardStatus } from './card-status/dialog.ts';
import { caseStatus } from './case-status/dialog.ts';
import { complaint } from './complaint/dialog.ts';
import { coolingOff } from './cooling-off/dialog.ts';
import { diagnose } from './diagnose/dialog.ts';
import { dispute } from './dispute/dialog.ts';
import { fraud } from './fraud/dialog.ts';
import { handoff } from './handoff/dialog.ts';
import { identityMismatch } from './identity-mismatch/dialog.ts';
import { clarify } from './kit/clarify.ts';
import type { Services } from './kit/services.ts';
import type { TopicId } from './kit/topic-dialog.ts';
import { maintenance } from './maintenance/dialog.ts';
import { officialChannel } from './official-channel/dialog.ts';
import { progress } from './progress/dialog.ts';
import { reminders } from './reminders/dialog.ts';
import { riskLock } from './risk-lock/dialog.ts';
import { securitySettings } from './security-settings/dialog.ts';
import { smallTalk } from './small-talk/dialog.ts';
import { unbindGuide } from './unbind-guide/dialog.ts';
import { verification } from './verification/dialog.ts';

export { REFERENCE_LOCALE, type TextKey } from '../locales/index.ts';
export { sayCaseChanged } from './case-status/notice.ts';
export { clarifyBetween, offerPerson } from './kit/clarify.ts';
export * from './kit/index.ts';
export { sayReminder } from './reminders/notice.ts';

/** Which conversation an intent opens. */
export const TOPIC_OF: Record<Intent, TopicId> = {
  fail_generic: 'diagnose',
  fail_risk: 'risk-lock',
  upload_documents: 'risk-lock',
  fail_identity: 'identity-mismatch',
  fail_card_closed: 'card-status',
  fail_maintenance: 'maintenance',
  fail_balance: 'balance',
  unbind_how: 'unbind-guide',
  unbind_vs_delete: 'unbind-guide',
  precheck: 'unbind-guide',
  case_status: 'case-status',
  human_agent: 'handoff',
  complaint: 'complaint',
  fraud_report: 'fraud',
  autopay_check: 'autopay',
  fail_verification: 'verification',
  official_entry: 'official-channel',
  cooling_off: 'cooling-off',
  unbind_progress: 'progress',
  charged_after_unbind: 'dispute',
  aftercare: 'aftercare',
  credit_report: 'aftercare',
  security_settings: 'security-settings',
  reminders: 'reminders',
  greet: 'small-talk',
  thanks: 'small-talk',
  goodbye: 'small-talk',
  capability: 'small-talk',
  cancel: 'small-talk',
  restart: 'small-talk',
  out_of_scope: 'small-talk',
};

/** Every conversation the bot can hold. */
export function createDialogs(services: Services): Dialog[] {
  return [
    diagnose(services),
    riskLock(services),
    identityMismatch(services),
    cardStatus(services),
    maintenance(services),
    balance(services),
    verification(services),
    autopay(services),
    securitySettings(services),
    unbindGuide(services),
    progress(services),
    coolingOff(services),
    aftercare(services),
    caseStatus(services),
    officialChannel(services),
    dispute(services),
    fraud(services),
    complaint(services),
    reminders(services),
    handoff(services),
    smallTalk(services),
    clarify(),
  ];
}
