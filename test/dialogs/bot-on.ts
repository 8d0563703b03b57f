import { createBot } from '../../src/bot/turn.ts';
import type { RunTurn } from '../../src/conversation/runner.ts';
import type { Platform } from '../../src/domain/platform.ts';
import { TEST_SETTINGS } from '../support/desk.ts';
import { sharedDesk } from '../support/transcript.ts';

/** A bot on a platform that says what the sandbox never does; it is Monday, 10 in the morning. */
export async function botOn(platform: Partial<Platform>): Promise<RunTurn> {
  const { clock, cases, handoffs, documents, reminders, understanding } = await sharedDesk();
  clock.set('2026-11-23T10:00:00+08:00');
  return createBot({
    services: {
      platform: platform as Platform,
      cases,
      handoffs,
      uploads: documents,
      reminders,
      settings: TEST_SETTINGS,
      clock,
    },
    understand: understanding.understand,
    log: { error() {} },
  });
}
