import { createDeliveries } from '../database/deliveries.ts';
import { systemClock as clock } from '../domain/clock.ts';
import { purgeDeskEvents } from '../handoff/index.ts';
import { purgeReminders } from '../reminders/index.ts';
import type { Parts } from './parts.ts';
import type { Running } from './running.ts';

/** What nobody waits for: pictures, files, reminders, turns, talks and openids past their time, blobs that a crash left behind. */
export function keepTidy(
  {
    database,
    documents,
    chatFiles,
    insights,
    people,
    config,
    log,
  }: Pick<Parts, 'database' | 'documents' | 'chatFiles' | 'insights' | 'people' | 'config' | 'log'>,
  running: Running,
): void {
  const deliveries = createDeliveries({ database, clock });
  let round = Promise.resolve();
  const tidy = () => {
    round = documents
      .purgeExpired(config.documentRetention)
      .then(async () => void (await chatFiles.purge(config.chatFileRetentionDays)))
      .then(() => documents.sweep())
      .then(() => purgeReminders({ database, clock }, config.reminderRetentionDays))
      .then(async () => void (await insights.purge(config.insightRetentionDays)))
      .then(async () => void (await people.transcripts.purge(config.transcriptRetentionDays)))
      .then(async () => void (await deliveries.purge(config.deliveryRetentionDays)))
      .then(async () => void (await purgeDeskEvents({ database, clock })))
      .catch((error) => log.error({ err: error }, 'tidying failed'));
  };
  const timer = setInterval(tidy, 60 * 60_000);
  tidy();
  running.onStop(async () => {
    clearInterval(timer);
    await round;
  });
}
