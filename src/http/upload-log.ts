import { z } from 'zod';
import type { ConversationStore, LogEntry } from '../conversation/store.ts';
import { UPLOAD_COMPLETED, UPLOAD_REQUEST_TYPE } from '../domain/document.ts';

/** An upload request as the bot's message carries it; `content` is all of it. */
export interface Asked {
  seq: number;
  draftId: string;
  ticket: string;
  /** Language of the message. */
  locale: string | undefined;
  content: unknown;
}

/** Far more than is said in the life of a ticket. */
const NEWEST = 300;

const request = z.object({ draftId: z.string(), uploadUrl: z.string() });
const completed = z.object({ documentId: z.string() });

/** The newest part of a conversation's log. */
export async function newestOf(
  store: Pick<ConversationStore, 'find' | 'read'>,
  conversationId: string,
): Promise<LogEntry[]> {
  const found = await store.find(conversationId);
  if (!found) return [];
  return store.read(conversationId, Math.max(0, found.lastSeq - NEWEST), NEWEST);
}

/** The upload requests among these entries, oldest first. */
export function asksIn(entries: readonly LogEntry[]): Asked[] {
  return entries.flatMap(({ seq, origin, activity }) => {
    if (origin !== 'bot') return [];
    const content = activity.attachments?.find((it) => it.contentType === UPLOAD_REQUEST_TYPE)?.content;
    const { data } = request.safeParse(content);
    if (!data) return [];
    const ticket = data.uploadUrl.slice(data.uploadUrl.lastIndexOf('/') + 1);
    return [{ seq, draftId: data.draftId, ticket, locale: activity.locale, content }];
  });
}

/** The entries that followed the news of a stored document; undefined while it is not there. */
export function afterDocument(entries: readonly LogEntry[], documentId: string): LogEntry[] | undefined {
  const told = entries.findIndex(
    ({ origin, activity }) =>
      origin === 'system' &&
      activity.name === UPLOAD_COMPLETED &&
      completed.safeParse(activity.value).data?.documentId === documentId,
  );
  return told < 0 ? undefined : entries.slice(told + 1);
}
