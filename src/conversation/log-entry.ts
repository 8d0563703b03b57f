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

const ORIGINS = new Set<unknown>(['customer', 'system', 'bot', 'agent'] satisfies Origin[]);
const isOrigin = (origin: unknown): origin is Origin => ORIGINS.has(origin);
/** The latest moment that a Date can hold. */
const LAST_AT = 8.64e15;

function activityIn(body: string): NewActivity | undefined {
  try {
    const activity: unknown = JSON.parse(body);
    const isActivity =
      typeof activity === 'object' &&
      activity !== null &&
      'type' in activity &&
      typeof activity.type === 'string';
    return isActivity ? (activity as NewActivity) : undefined;
  } catch {
    return undefined;
  }
}

/** A stored line, whatever became of it. */
export interface StoredLine {
  seq: number;
  origin: string;
  body: string;
  at: number;
}

/**
 * The entry of a stored line. A damaged line gives an entry that is `unreadable` instead of failing, so that
 * it keeps nobody from the entries around it.
 */
export function entryOf(conversationId: string, { seq, origin, body, at }: StoredLine): LogEntry {
  const activity = activityIn(body);
  const time = at >= 0 && at <= LAST_AT ? at : 0;
  if (activity && isOrigin(origin)) return entryAt(conversationId, { seq, origin, at: time }, activity);
  const place: Place = { seq, origin: isOrigin(origin) ? origin : 'system', at: time };
  const standIn = { type: 'event', name: 'unreadable' };
  return { ...entryAt(conversationId, place, standIn), unreadable: true };
}
