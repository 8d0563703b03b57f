import { REFERENCE_LOCALE } from '../../../locales/index.ts';
import type { ConversationStore, NewActivity } from '../../conversation/store.ts';
import type { Clock } from '../../domain/clock.ts';
import { MARKS } from '../../domain/message-marks.ts';
import type { Place } from '../receive.ts';
import type { WecomClient } from './client.ts';
import { encode } from './encode.ts';
import { messageIdFor } from './place.ts';

/** How long most codes are good. */
export const CODE_MS = 20_000;

/** Says something by the code of an event; false when the platform did not take it. */
export type SayByCode = (place: Place, code: string, key: string, activity: NewActivity) => Promise<boolean>;

/**
 * Codes are good once, and for seconds: what is said by them cannot wait behind other messages. It stands in the log
 * as something that the customer has.
 */
export function createSayByCode(parts: {
  store: Pick<ConversationStore, 'open' | 'append'>;
  client: Pick<WecomClient, 'sendOnEvent'>;
  clock: Clock;
}): SayByCode {
  const { store, client, clock } = parts;
  return async (place, code, key, activity) => {
    await store.open({ ...place, locale: REFERENCE_LOCALE });
    const channelData = { ...activity.channelData, [MARKS.sent]: true };
    const [entry] = await store.append(place.id, 'bot', [{ ...activity, channelData }], key);
    if (!entry) return false;
    const unsent = { ...entry, activity: { ...entry.activity, channelData: activity.channelData } };
    const [first] = encode([unsent], { locale: REFERENCE_LOCALE, now: clock.now() });
    if (first?.body.kind !== 'message') return false;
    const result = await client.sendOnEvent(code, messageIdFor(key), first.body.message);
    return result.kind === 'done';
  };
}
