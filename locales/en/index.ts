import type { Texts } from '../zh-CN/index.ts';
import aftercare from './aftercare.json' with { type: 'json' };
import autopay from './autopay.json' with { type: 'json' };
import balance from './balance.json' with { type: 'json' };
import cardStatus from './card-status.json' with { type: 'json' };
import caseStatus from './case-status.json' with { type: 'json' };
import channels from './channels.json' with { type: 'json' };
import common from './common.json' with { type: 'json' };
import complaint from './complaint.json' with { type: 'json' };
import consent from './consent.json' with { type: 'json' };
import coolingOff from './cooling-off.json' with { type: 'json' };
import diagnose from './diagnose.json' with { type: 'json' };
import directLine from './direct-line.json' with { type: 'json' };
import dispute from './dispute.json' with { type: 'json' };
import documents from './documents.json' with { type: 'json' };
import fraud from './fraud.json' with { type: 'json' };
import handoff from './handoff.json' with { type: 'json' };
import identityMismatch from './identity-mismatch.json' with { type: 'json' };
import intents from './intents.json' with { type: 'json' };
import language from './language.json' with { type: 'json' };
import maintenance from './maintenance.json' with { type: 'json' };
import officialChannel from './official-channel.json' with { type: 'json' };
import progress from './progress.json' with { type: 'json' };
import reminders from './reminders.json' with { type: 'json' };
import riskLock from './risk-lock.json' with { type: 'json' };
import securitySettings from './security-settings.json' with { type: 'json' };
import smallTalk from './small-talk.json' with { type: 'json' };
import topics from './topics.json' with { type: 'json' };
import unbindGuide from './unbind-guide.json' with { type: 'json' };
import upload from './upload.json' with { type: 'json' };
import verification from './verification.json' with { type: 'json' };

/** The same keys as the reference; a missing one does not compile. */
export const en: Texts = {
  aftercare,
  autopay,
  balance,
  'card-status': cardStatus,
  'case-status': caseStatus,
  channels,
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
  language,
  maintenance,
  'official-channel': officialChannel,
  progress,
  reminders,
  'risk-lock': riskLock,
  'security-settings': securitySettings,
  'small-talk': smallTalk,
  topics,
  'unbind-guide': unbindGuide,
  upload,
  verification,
};
