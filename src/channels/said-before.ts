import type { ConversationStore } from '../conversation/store.ts';
import type { Clock } from '../domain/clock.ts';
import type { SaidBefore } from '../domain/intent.ts';

/** A number that is sent in parts, or after its name, comes within minutes. */
const MINUTES = 10;
const LINES = 12;

/**
 * What was said last in a conversation, from its log, which all processes share. A message that is still on its
 * way when the next one comes is not in it yet.
 */
export async function saidBefore(
  store: Pick<ConversationStore, 'find' | 'read'>,
  conversationId: string,
  clock: Clock,
): Promise<SaidBefore[]> {
  const found = await store.find(conversationId);
  if (!found) return [];
  const entries = await store.read(conversationId, Math.max(0, found.lastSeq - LINES), LINES);
  const since = clock.now().getTime() - MINUTES * 60_000;
  return entries.flatMap(({ origin, activity: { type, text, timestamp } }) => {
    const isRecent = new Date(timestamp ?? 0).getTime() >= since;
    if (origin === 'system' || type !== 'message' || !text || !isRecent) return [];
    return [{ by: origin === 'customer' ? 'customer' : 'desk', text } as const];
  });
}
