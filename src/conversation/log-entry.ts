import type { LogEntry, NewActivity, Origin } from './store.ts';

/** Activity id of a log entry: `conversation|0000001`, unique and sortable within the conversation. */
export function activityId(conversationId: string, seq: number): string {
  return `${conversationId}|${String(seq).padStart(7, '0')}`;
}

/** A stored line of the log as everybody sees it: with id, timestamp and conversation. */
export function entryOf(
  conversationId: string,
  row: { seq: number; origin: Origin; body: string; at: number },
): LogEntry {
  const activity = JSON.parse(row.body) as NewActivity;
  return {
    seq: row.seq,
    origin: row.origin,
    activity: {
      ...activity,
      id: activityId(conversationId, row.seq),
      // Clients sort by this, so it is the log's strictly increasing time, not the moment of reading.
      timestamp: new Date(row.at).toISOString() as unknown as Date,
      conversation: { id: conversationId } as NonNullable<NewActivity['conversation']>,
    },
  };
}
