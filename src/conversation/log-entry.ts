import type { LogEntry, NewActivity, Origin } from './store.ts';

/** Activity id of a log entry: `conversation|0000001`, unique and sortable within the conversation. */
export function activityId(conversationId: string, seq: number): string {
  return `${conversationId}|${String(seq).padStart(7, '0')}`;
}

/** Where in the log something stands, and since when (epoch ms). */
export interface Place {
  seq: number;
  origin: Origin;
  at: number;
}

/** An activity as everybody sees it in the log: with id, timestamp and conversation. */
export function entryAt(conversationId: string, { seq, origin, at }: Place, activity: NewActivity): LogEntry {
  return {
    seq,
    origin,
    activity: {
      ...activity,
      id: activityId(conversationId, seq),
      // Clients sort by this, so it is the log's strictly increasing time, not the moment of reading.
      timestamp: new Date(at).toISOString() as unknown as Date,
      conversation: { id: conversationId } as NonNullable<NewActivity['conversation']>,
    },
  };
}

/** The same from a stored line. */
export function entryOf(conversationId: string, row: Place & { body: string }): LogEntry {
  return entryAt(conversationId, row, JSON.parse(row.body) as NewActivity);
}
