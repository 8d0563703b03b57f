import { isMarked } from '../domain/message-marks.ts';
import type { ConversationStore, NewActivity } from './store.ts';

/** Type of the activity by which somebody takes back what they have said. */
export const RECALL = 'messageDelete';
/** Lines of the log behind what is repeated in which it may have been taken back. */
const LATER = 300;

/**
 * What was said in a stretch of a log is said once more, as entries of their own; nothing that was taken back since.
 * `key`: the same for a repeat, which changes nothing.
 */
export async function sayAgain(
  store: Pick<ConversationStore, 'read' | 'append'>,
  conversationId: string,
  { after, to }: { after: number; to: number },
  key: string,
): Promise<void> {
  const entries = await store.read(conversationId, after, LATER);
  const recalls = entries.filter(({ activity }) => activity.type === RECALL);
  const recalled = new Set(recalls.map(({ activity }) => activity.replyToId));
  for (const { seq, origin, activity } of entries) {
    if (seq > to || (origin !== 'bot' && origin !== 'agent')) continue;
    if (activity.type !== 'message' || isMarked(activity, 'sent') || recalled.has(activity.id)) continue;
    const { id: _, timestamp: __, conversation: ___, ...said } = activity;
    await store.append(conversationId, origin, [said as NewActivity], `${key}:${seq}`);
  }
}
