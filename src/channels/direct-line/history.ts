import type { ConversationStore, LogEntry, Origin } from '../../conversation/store.ts';
import { encodeEntry, type Viewer } from './encode.ts';

/** What clients get on every way: activities in order and where to go on from. */
export interface ActivitySet {
  activities: Record<string, unknown>[];
  watermark: string;
}

export interface History {
  /** The next activities, none at the end of the log. */
  next(): Promise<ActivitySet>;
  /**
   * The activities of entries that were just appended, without reading the log; undefined when they do not
   * follow what was read last, so that the log has to be looked at.
   */
  following(entries: readonly LogEntry[]): Promise<ActivitySet | undefined>;
}

const PAGE = 100;

/** Sequence number in a watermark; anything that is not one means "from the beginning". */
export function seqOfWatermark(watermark: string | undefined): number {
  return watermark !== undefined && /^\d{1,9}$/.test(watermark) ? Number(watermark) : 0;
}

/** Reads a conversation's log from a watermark on, as its customer may see it. */
export function readHistory(
  store: Pick<ConversationStore, 'read'>,
  conversationId: string,
  viewer: Viewer,
  afterSeq: number,
): History {
  let cursor = afterSeq;
  let origins = new Map<number, Origin>();

  async function originOf(seq: number): Promise<Origin | undefined> {
    const known = origins.get(seq);
    if (known) return known;
    const [entry] = await store.read(conversationId, seq - 1, 1);
    return entry?.seq === seq ? entry.origin : undefined;
  }

  /** Web Chat holds a reply back for 5 s when it has not seen what it replies to, so an unseen one is not named. */
  async function withVisibleReplyTo(activity: Record<string, unknown>): Promise<Record<string, unknown>> {
    const { replyToId, ...rest } = activity;
    if (typeof replyToId !== 'string') return activity;
    // A customer's activity may name anything: a number no entry can have must not reach the store.
    const seq = /^(.+)\|(\d{1,9})$/.exec(replyToId);
    const origin = seq?.[1] === conversationId ? await originOf(Number(seq[2])) : undefined;
    return origin === undefined || origin === 'system' ? rest : activity;
  }

  async function encode(entries: LogEntry[]): Promise<Record<string, unknown>[]> {
    if (origins.size > 2 * PAGE) origins = new Map([...origins].slice(-PAGE));
    for (const { seq, origin } of entries) origins.set(seq, origin);
    const shown = entries.map((entry) => encodeEntry(entry, viewer)).filter((it) => it !== undefined);
    return Promise.all(shown.map(withVisibleReplyTo));
  }

  return {
    async following(entries) {
      // One may be told twice, and one may be missing: what was told while another was sent, or after an outage.
      const fresh: LogEntry[] = [];
      for (const entry of entries) {
        const next = cursor + fresh.length + 1;
        if (entry.seq > next) return undefined;
        if (entry.seq === next) fresh.push(entry);
      }
      const activities = await encode(fresh);
      cursor = fresh.at(-1)?.seq ?? cursor;
      return { activities, watermark: String(cursor) };
    },
    async next() {
      for (;;) {
        const entries = await store.read(conversationId, cursor, PAGE);
        const activities = await encode(entries);
        cursor = entries.at(-1)?.seq ?? cursor;
        // A page of nothing but hidden entries is not the end, and an empty set would be taken for it.
        if (activities.length > 0 || entries.length < PAGE) return { activities, watermark: String(cursor) };
      }
    },
  };
}
