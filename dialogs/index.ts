import type { Dialog } from 'botbuilder-dialogs';
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
import { maintenance } from './maintenance/dialog.ts';
import { officialChannel } from './official-channel/dialog.ts';
import { progress } from './progress/dialog.ts';
import { reminders } from './reminders/dialog.ts';
import { riskLock } from './risk-lock/dialog.ts';
import { securitySettings } from './security-settings/dialog.ts';
import { smallTalk } from './small-talk/dialog.ts';
import { unbindGuide } from './unbind-guide/dialog.ts';
import { verification } from './verification/dialog.ts';

export { REFERENCE_LOCALE, referenceWords, type TextKey } from '../locales/index.ts';
export { sayCaseChanged } from './case-status/notice.ts';
export { concernsPlan } from './diagnose/concerns.ts';
export { asksWhereItStopped, comesBack, goesOn } from './diagnose/readings.ts';
export { FACTS } from './facts.ts';
export { hearHandoffChanged } from './handoff/changed.ts';
export { hearInQueue, type QueueMemory } from './handoff/queue.ts';
export { clarifyBetween, offerPerson } from './kit/clarify.ts';
export * from './kit/index.ts';
export { sayReminder } from './reminders/notice.ts';

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
