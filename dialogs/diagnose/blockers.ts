import type { BlockerCode } from '../../src/domain/platform.ts';
import type { TopicId, TopicOptions } from '../kit/index.ts';

/** The topic that deals with a blocker, and what it should know. */
export function topicOfBlocker(code: BlockerCode): { topic: TopicId; options: TopicOptions } {
  switch (code) {
    case 'MAINTENANCE':
      return { topic: 'maintenance', options: {} };
    case 'RISK_LOCK':
      return { topic: 'risk-lock', options: {} };
    case 'IDENTITY_MISMATCH':
      return { topic: 'identity-mismatch', options: {} };
    case 'CARD_CLOSED':
      return { topic: 'identity-mismatch', options: { mismatch: 'card-closed' } };
    case 'CARD_LOST':
      return { topic: 'card-status', options: { status: 'lost' } };
    case 'CARD_FROZEN':
      return { topic: 'card-status', options: { status: 'frozen' } };
    case 'UNSETTLED_BALANCE':
    case 'WITHDRAWAL_IN_TRANSIT':
    case 'UNPAID_BILL':
      return { topic: 'balance', options: {} };
    case 'VERIFICATION_LOCKED':
      return { topic: 'verification', options: {} };
    case 'RECENTLY_BOUND':
      return { topic: 'progress', options: {} };
  }
}
