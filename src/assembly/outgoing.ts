import { tellReminders } from '../bot/reminding.ts';
import type { TurnRunner } from '../conversation/runner.ts';
import { type Outbox, startOutbox } from '../database/outbox.ts';
import { systemClock as clock } from '../domain/clock.ts';
import { deliverReminders } from '../reminders/index.ts';
import type { Parts } from './parts.ts';

/** Takes what the outbox holds to where it belongs: into conversations, to the platform, to the customer. */
export function startOutgoing(parts: Parts & { runner: TurnRunner }): Outbox {
  const { config, database, store, platform, runner, log } = parts;
  return startOutbox({
    database,
    clock,
    log,
    alone: database.pglite !== undefined,
    deliver: {
      async 'conversation-event'({ conversationId, name, value, dedupeKey }) {
        const activity = { type: 'event', name, value };
        await runner.accept(conversationId, { origin: 'system', activity, dedupeKey });
      },
      async 'review-decision'({ decision, idempotencyKey }) {
        await platform.submitReviewDecision(decision, idempotencyKey);
      },
      reminder: deliverReminders({
        database,
        clock,
        hours: config.settings.reminderHours,
        tell: tellReminders(store, runner.accept),
      }),
    },
  });
}
