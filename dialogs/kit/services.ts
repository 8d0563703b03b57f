import type { Cases } from '../../src/domain/case.ts';
import type { Clock } from '../../src/domain/clock.ts';
import type { Uploads } from '../../src/domain/document.ts';
import type { Handoffs } from '../../src/domain/handoff.ts';
import type { Platform } from '../../src/domain/platform.ts';
import type { Reminders } from '../../src/domain/reminder.ts';
import type { Settings } from '../../src/domain/settings.ts';

/** Everything outside the conversation that dialogs may use. */
export interface Services {
  platform: Platform;
  cases: Cases;
  handoffs: Handoffs;
  uploads: Uploads;
  reminders: Reminders;
  settings: Settings;
  clock: Clock;
}
