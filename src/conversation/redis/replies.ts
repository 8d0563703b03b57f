import { z } from 'zod';
import type { ConversationInfo } from '../../domain/conversation.ts';
import { entryAt, entryOf, type Place } from '../log-entry.ts';
import { modeOf, readRecord } from '../record.ts';
import type { Claim, LogEntry, NewActivity, Origin, PendingMessage, Wake } from '../store.ts';
import { damaged, laterFormat } from './refusal.ts';

const origin = z.enum(['customer', 'system', 'bot', 'agent']);
/** Whether origin, body and state are what they should be is seen when they are read. */
const row = z.tuple([z.int(), z.string(), z.string(), z.int()]);
const pendingRow = z.tuple([z.int(), z.string(), z.string(), z.int(), z.int()]);
const info = z.tuple([z.string(), z.string(), z.string().nullable(), z.string()]);

/** Sequence number and time of something just appended; its body is the caller's. */
const stamp = z.tuple([z.int(), z.int()]);

type Row = z.infer<typeof row>;

/**
 * Fence, info, mode, state, unanswered messages (but for the one that was accepted in the same step), 1 when
 * some of them may be missing.
 */
const claim = z.tuple([
  z.int(),
  info,
  z.string().nullable(),
  z.string().nullable(),
  z.array(pendingRow),
  z.int(),
]);

const LATEST_FORMAT = 1;
const number = z.coerce.number().catch(0);

/** What each script answers. */
export const reply = {
  open: z.tuple([z.int(), info]),
  accept: z.union([
    z.tuple([z.literal('unknown-conversation')]),
    z.tuple([z.literal('duplicate'), row]),
    z.tuple([z.literal('accepted'), stamp, claim.nullable()]),
  ]),
  claim: z.union([z.tuple([z.enum(['idle', 'busy'])]), z.tuple([z.literal('claimed'), claim])]),
  commit: z.union([
    z.tuple([z.literal('stale')]),
    z.tuple([z.literal('committed'), z.array(stamp), z.array(pendingRow).nullable()]),
  ]),
  append: z.union([z.tuple([z.literal('duplicate'), row]), z.tuple([z.literal('appended'), z.array(stamp)])]),
  time: z.tuple([z.coerce.number(), z.coerce.number()]),
  unleased: z.array(z.string()),
  flag: z.int().transform((found) => found === 1),
  read: z.array(
    z.object({
      id: z.string(),
      message: z.object({ origin: z.string().catch(''), body: z.string().catch(''), at: number }),
    }),
  ),
};

const activity = z.custom<NewActivity>(
  (value) => typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string',
);
const wake = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('appended'),
    entries: z.array(z.object({ seq: z.int(), origin, at: z.int(), activity })),
  }),
  z.object({ kind: z.literal('passing'), activity }),
]);

export function infoOf(id: string, fields: z.infer<typeof info>): ConversationInfo {
  const [channel, userId, customerId, locale] = fields;
  return { id, channel, userId, customerId: customerId ?? undefined, locale };
}

/** Fields of a conversation that say where it is held, in the order `foundFrom` takes them. */
export const FOUND = ['channel', 'userId', 'customerId', 'locale', 'mode', 'lastSeq', 'format'];

/** Undefined when there is no conversation. Throws `RedisFault` when it is not to be read. */
export function foundFrom(id: string, key: string, fields: (string | null)[]) {
  const [channel, userId, customerId = null, locale, mode = null, lastSeq, format] = fields;
  if (number.parse(format ?? LATEST_FORMAT) > LATEST_FORMAT) throw laterFormat('find', key, Number(format));
  if (channel && userId && locale) {
    const conversation = infoOf(id, [channel, userId, customerId, locale]);
    return { ...conversation, mode: modeOf(mode), lastSeq: number.parse(lastSeq) };
  }
  if (fields.every((field) => field === null)) return undefined;
  throw damaged('find', key, 'channel, userId or locale');
}

/** Entries of what was just appended, in order. */
export function entriesAt(
  id: string,
  origin: Origin,
  stamps: z.infer<typeof stamp>[],
  activities: readonly NewActivity[],
): LogEntry[] {
  return activities.flatMap((activity, n) => {
    const [seq, at] = stamps[n] ?? [];
    return seq === undefined || at === undefined ? [] : [entryAt(id, { seq, origin, at }, activity)];
  });
}

export function entryFrom(id: string, [seq, origin, body, at]: Row): LogEntry {
  return entryOf(id, { seq, origin, body, at });
}

export function claimFrom(
  id: string,
  [fence, fields, mode, state, rows, someMissing]: z.infer<typeof claim>,
  leaseMs: number,
): Claim {
  return {
    conversation: infoOf(id, fields),
    fence,
    ...readRecord({ mode, state }, someMissing === 1 ? ['messages'] : []),
    messages: pendingFrom(id, rows),
    leaseMs,
  };
}

export function pendingFrom(id: string, rows: z.infer<typeof pendingRow>[]): PendingMessage[] {
  return rows.map(([seq, origin, body, at, attempts]) => ({
    ...entryOf(id, { seq, origin, body, at }),
    attempts,
  }));
}

export function entriesFrom(id: string, lines: z.infer<typeof reply.read>): LogEntry[] {
  return lines.map(({ id: streamId, message }) =>
    entryOf(id, { seq: Number.parseInt(streamId, 10), ...message }),
  );
}

/** A wake-up as `scripts/common.lua` and `encodePassing` write it. */
export function decodeWake(id: string, message: string): Wake {
  const told = wake.parse(JSON.parse(message));
  if (told.kind === 'passing') return told;
  return { kind: told.kind, entries: told.entries.map((entry) => entryAt(id, entry, entry.activity)) };
}

export function encodePassing(activity: NewActivity): string {
  return JSON.stringify({ kind: 'passing', activity });
}

/** What `scripts/told-later.lua` publishes: the last entry that was stored; undefined for a wake-up. */
export function storedSeq(message: string): number | undefined {
  return message.startsWith('stored ') ? Number(message.slice('stored '.length)) : undefined;
}

/** The same wake-up as `scripts/common.lua` writes, told by the process that wrote the entries. */
export function encodeAppended(places: Place[], activities: NewActivity[]): string {
  const entries = places.map((place, i) => ({ ...place, activity: activities[i] }));
  return JSON.stringify({ kind: 'appended', entries });
}
