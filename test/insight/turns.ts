import type { TurnInsight } from '../../src/domain/insight.ts';

/** A turn as reports see it. */
export function turn(conversationId: string, seq: number, more: Partial<TurnInsight> = {}): TurnInsight {
  return {
    conversationId,
    seq,
    at: '2026-11-23T02:00:00.000Z',
    channel: 'directline',
    locale: 'zh-CN',
    known: true,
    origin: 'customer',
    topic: 'risk-lock',
    step: 'risk-lock.startReview',
    intent: 'fail_risk',
    confidence: 0.987654321,
    decision: 'accept',
    ranking: [{ intent: 'fail_risk', confidence: 0.987654321 }],
    answered: null,
    entered: ['diagnose', 'risk-lock'],
    ended: [{ topic: 'diagnose', to: 'risk-lock' }],
    causes: ['RISK_LOCK'],
    ...more,
  };
}
