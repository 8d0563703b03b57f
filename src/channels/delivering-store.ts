import type { ConversationStore } from '../conversation/store.ts';
import type { Deliveries } from '../domain/delivery.ts';
import type { DeliveryWorker } from './delivery.ts';

/** Conversations of messaging apps are called by account and customer. */
const isMessaging = (conversationId: string) => conversationId.includes(':');

/** Before something is said it is noted that it will have to be delivered: whoever dies in between, it will be. */
export function deliveringStore(
  store: ConversationStore,
  deliveries: Deliveries,
  worker: DeliveryWorker,
  typing: (conversationId: string) => void,
): ConversationStore {
  return {
    ...store,
    async commit(claim, turn) {
      const { id } = claim.conversation;
      if (!isMessaging(id) || turn.replies.length === 0) return store.commit(claim, turn);
      await deliveries.expect(id, 'soon');
      const result = await store.commit(claim, turn);
      worker.said(id);
      return result;
    },
    async pass(id, activity) {
      if (isMessaging(id) && activity.type === 'typing') typing(id);
      return store.pass(id, activity);
    },
    async append(id, ...said) {
      if (!isMessaging(id)) return store.append(id, ...said);
      await deliveries.expect(id, 'soon');
      const entries = await store.append(id, ...said);
      worker.said(id);
      return entries;
    },
  };
}
