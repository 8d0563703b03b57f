import type { ReminderKind } from './reminder.ts';

/** 平台事件: what the platform reports by itself, at least once each. */
export type PlatformEvent = { id: string; occurredAt: string } & (
  | { type: 'unbound' | 'lock-released' | 'settled'; customerId: string; cardId?: string | undefined }
  | { type: 'maintenance-ended'; announcementId: string }
);

export type PlatformEventType = PlatformEvent['type'];

/** What customers may have asked to be told of. */
export const REMINDED_BY: Record<PlatformEventType, ReminderKind> = {
  unbound: 'unbound',
  'lock-released': 'lock-released',
  settled: 'settled',
  'maintenance-ended': 'maintenance-over',
};

/** What became of an event. `repeated`: it had been taken before, nothing happens again. */
export type PlatformEventOutcome = { kind: 'taken'; reminders: number } | { kind: 'repeated' };

/** Takes what the platform reports. */
export type TakePlatformEvent = (event: PlatformEvent) => Promise<PlatformEventOutcome>;
