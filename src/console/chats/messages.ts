import { RECALL } from '../../conversation/say-again.ts';
import type { ConversationStore, LogEntry } from '../../conversation/store.ts';
import { UNDELIVERED, UNDELIVERED_SETTLED } from '../../domain/delivery.ts';
import { HANDOFF_QUEUE, HANDOFF_STATUS } from '../../domain/handoff.ts';
import { type ChatMessage, fileFacts } from './shapes.ts';

const UPLOAD_REQUEST = 'application/vnd.unbind.upload-request+json';
const SHOWN_EVENTS: readonly string[] = [HANDOFF_STATUS, HANDOFF_QUEUE, UNDELIVERED, UNDELIVERED_SETTLED];

type Activity = LogEntry['activity'];

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

/** The number of the entry that an id of the log names. */
export function seqOf(activityId: string | undefined): number | undefined {
  const seq = /\|(\d{1,9})$/.exec(activityId ?? '')?.[1];
  return seq === undefined ? undefined : Number(seq);
}

function attachmentsIn({ attachments = [], channelData }: Activity) {
  const request = attachments.find(({ contentType }) => contentType === UPLOAD_REQUEST);
  // Of an upload request only what is asked for: its address is good for whoever has it.
  const slot = textOf(record(request?.content).slot);
  const kept = fileFacts.safeParse(record(channelData).file).data;
  const files = attachments
    .filter(({ contentType }) => contentType !== UPLOAD_REQUEST)
    .map(({ name, contentType }) => ({ name: name ?? '', contentType: contentType ?? '', ...kept }));
  return { files, ...(request && { kind: 'upload-request' as const }), ...(slot && { slot }) };
}

/** An entry of the log as the desk shows it; undefined for what is between machines. */
export function messageOf({ seq, origin, activity, unreadable }: LogEntry): ChatMessage | undefined {
  if (origin === 'system') return undefined;
  const at = String(activity.timestamp ?? '');
  const from = origin === 'agent' ? textOf(activity.from?.id) : undefined;
  const base = { seq, at, origin, recalled: false, files: [], quickReplies: [], ...(from && { from }) };
  if (unreadable) return { ...base, kind: 'unreadable' };
  if (activity.type === RECALL && origin === 'agent') {
    const recalls = seqOf(activity.replyToId);
    return recalls === undefined ? undefined : { ...base, kind: 'recall', recalls };
  }
  if (activity.type === 'event') {
    const { name = '', value } = activity;
    return SHOWN_EVENTS.includes(name) ? { ...base, kind: 'event', event: { name, value } } : undefined;
  }
  if (activity.type !== 'message') return undefined;
  const text = textOf(activity.text);
  const { files, ...asked } = attachmentsIn(activity);
  const clientId = origin === 'agent' ? textOf(record(activity.channelData).clientId) : undefined;
  const quickReplies = (activity.suggestedActions?.actions ?? []).flatMap(({ title }) => title || []);
  const kind = text === undefined && files.length > 0 ? 'files' : 'text';
  return {
    ...base,
    ...(text !== undefined && { text }),
    ...(clientId && { clientId }),
    ...{ kind, files, quickReplies },
    ...asked,
  };
}

/** Lines of a part of the log, those marked that a later line of it takes back. */
export function messagesOf(entries: readonly LogEntry[]): ChatMessage[] {
  const messages = entries.map(messageOf).filter((it) => it !== undefined);
  const recalled = new Set(messages.map(({ recalls }) => recalls));
  return messages.map((it) => (recalled.has(it.seq) ? { ...it, recalled: true } : it));
}

export interface MessagePage {
  messages: ChatMessage[];
  /** The part of the log that was looked at: ask `before` the first or `after` the last of it for more. */
  from: number;
  to: number;
  more: boolean;
}

/** A page of the log after or before a number; without either the latest one. `until`: nothing beyond it. */
export async function readPage(
  store: Pick<ConversationStore, 'read' | 'find'>,
  conversationId: string,
  page: {
    after?: number | undefined;
    before?: number | undefined;
    limit: number;
    until?: number | undefined;
  },
): Promise<MessagePage> {
  const { limit } = page;
  const last = (await store.find(conversationId))?.lastSeq ?? 0;
  const end = Math.min(last, page.until ?? last);
  const before = Math.min(page.before ?? end + 1, end + 1);
  const start = page.after ?? Math.max(0, before - 1 - limit);
  const room = Math.min(limit, page.after === undefined ? before - 1 - start : end - start);
  const entries = room > 0 ? await store.read(conversationId, start, room) : [];
  const to = entries.at(-1)?.seq ?? start;
  const more = page.after === undefined ? start > 0 : to < end;
  return { messages: messagesOf(entries), from: entries[0]?.seq ?? start + 1, to, more };
}
