import { REFERENCE_LOCALE } from '../../locales/index.ts';
import type { Accept, ConversationStore } from '../conversation/store.ts';
import type { Clock } from '../domain/clock.ts';
import type { Deliveries } from '../domain/delivery.ts';
import type { MaskInTalk } from '../domain/intent.ts';
import { MARKS } from '../domain/message-marks.ts';
import type { SharedMemory } from '../domain/shared-memory.ts';
import type { ChannelCounts } from './counts.ts';
import { createReceiver, type Receiver } from './receive.ts';
import { surveyThanks } from './satisfaction.ts';

/** Takes in what customers send, joined to what is delivered to them. */
export function joinedReceiver(parts: {
  store: ConversationStore;
  /** By which what is said is delivered. */
  delivering: ConversationStore;
  deliveries: Deliveries;
  accept: Accept;
  maskInTalk: MaskInTalk;
  memory: SharedMemory;
  counts: ChannelCounts;
  clock: Clock;
}): Receiver {
  const { store, delivering, deliveries, accept, maskInTalk, memory, counts, clock } = parts;
  return createReceiver({
    ...{ store, accept, maskInTalk, memory, clock },
    async wrote({ id: conversationId, channel, userId }, { messages, until: windowUntil, address }) {
      const { lastSeq = 0 } = (await store.find(conversationId)) ?? {};
      const about = { conversationId, channel, userId, address };
      await deliveries.customerWrote({ ...about, messages, windowUntil, lastSeq });
    },
    async showMore({ id }, { seq, rest }, key) {
      const actions = rest.map(({ label: title, says: value }) => ({ type: 'imBack', title, value }));
      const channelData = { [MARKS.continues]: seq };
      await delivering.append(
        id,
        'bot',
        [{ type: 'message', suggestedActions: { to: [], actions }, channelData }],
        key,
      );
    },
    async rated({ id, channel }, score, key) {
      counts.rated(channel, score);
      await delivering.append(id, 'bot', [surveyThanks(REFERENCE_LOCALE)], key);
    },
  });
}
