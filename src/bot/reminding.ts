import type { Accept, ConversationStore } from '../conversation/store.ts';
import type { TellReminder } from '../domain/reminder.ts';

/** Tells a reminder in its conversation, as an event that an ordinary turn answers. */
export function tellReminders(store: Pick<ConversationStore, 'find'>, accept: Accept): TellReminder {
  return async (conversationId, { name, value, dedupeKey }) => {
    const conversation = await store.find(conversationId);
    if (!conversation) return 'gone';
    // The turn would swallow it; the customer is told once the bot speaks again.
    if (conversation.mode !== 'bot') return 'busy';
    const activity = { type: 'event', name, value };
    const accepted = await accept(conversationId, { origin: 'system', activity, dedupeKey });
    return accepted.kind === 'unknown-conversation' ? 'gone' : 'told';
  };
}
