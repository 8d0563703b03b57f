import i18next from 'i18next';
import aftercare from './zh-CN/aftercare.json' with { type: 'json' };
import autopay from './zh-CN/autopay.json' with { type: 'json' };
import balance from './zh-CN/balance.json' with { type: 'json' };
import cardStatus from './zh-CN/card-status.json' with { type: 'json' };
import caseStatus from './zh-CN/case-status.json' with { type: 'json' };
import common from './zh-CN/common.json' with { type: 'json' };
import complaint from './zh-CN/complaint.json' with { type: 'json' };
import consent from './zh-CN/consent.json' with { type: 'json' };
import coolingOff from './zh-CN/cooling-off.json' with { type: 'json' };
import diagnose from './zh-CN/diagnose.json' with { type: 'json' };
import directLine from './zh-CN/direct-line.json' with { type: 'json' };
import dispute from './zh-CN/dispute.json' with { type: 'json' };
import documents from './zh-CN/documents.json' with { type: 'json' };
import fraud from './zh-CN/fraud.json' with { type: 'json' };
import handoff from './zh-CN/handoff.json' with { type: 'json' };
import identityMismatch from './zh-CN/identity-mismatch.json' with { type: 'json' };
import intents from './zh-CN/intents.json' with { type: 'json' };
import maintenance from './zh-CN/maintenance.json' with { type: 'json' };
import officialChannel from './zh-CN/official-channel.json' with { type: 'json' };
import progress from './zh-CN/progress.json' with { type: 'json' };
import reminders from './zh-CN/reminders.json' with { type: 'json' };
import riskLock from './zh-CN/risk-lock.json' with { type: 'json' };
import securitySettings from './zh-CN/security-settings.json' with { type: 'json' };
import smallTalk from './zh-CN/small-talk.json' with { type: 'json' };
import topics from './zh-CN/topics.json' with { type: 'json' };
import unbindGuide from './zh-CN/unbind-guide.json' with { type: 'json' };
import upload from './zh-CN/upload.json' with { type: 'json' };
import verification from './zh-CN/verification.json' with { type: 'json' };

const zhCN = {
  aftercare,
  autopay,
  balance,
  'case-status': caseStatus,
  'card-status': cardStatus,
  common,
  complaint,
  consent,
  'cooling-off': coolingOff,
  diagnose,
  'direct-line': directLine,
  dispute,
  documents,
  fraud,
  handoff,
  'identity-mismatch': identityMismatch,
  intents,
  maintenance,
  progress,
  'official-channel': officialChannel,
  reminders,
  'risk-lock': riskLock,
  'security-settings': securitySettings,
  'small-talk': smallTalk,
  topics,
  'unbind-guide': unbindGuide,
  upload,
  verification,
};

type Texts = typeof zhCN;

/** `file.key` of a text in `locales/zh-CN`; a wrong one does not compile. */
export type TextKey = { [File in keyof Texts]: `${File}.${keyof Texts[File] & string}` }[keyof Texts];

/** Values for the `{{name}}` slots of a text. */
export type Slots = Record<string, string | number>;

export const REFERENCE_LOCALE = 'zh-CN';

const i18n = i18next.createInstance();
// Without a backend this is synchronous: the resources are already here.
void i18n.init({
  lng: REFERENCE_LOCALE,
  fallbackLng: REFERENCE_LOCALE,
  resources: { [REFERENCE_LOCALE]: zhCN },
  ns: Object.keys(zhCN),
  nsSeparator: '.',
  keySeparator: false,
  interpolation: { escapeValue: false },
  initAsync: false,
  // A text with a hole must not reach a customer: this is a fault of ours.
  missingInterpolationHandler: (_text, match: string[]) => {
    throw new Error(`text has no value for its slot ${match[1]}`);
  },
});

/** The text for a customer. Throws when a slot has no value. */
export function text(locale: string, key: TextKey, slots: Slots = {}): string {
  return i18n.t(key, { ...slots, lng: locale });
}
