import type { Clock } from '../../domain/clock.ts';
import type { Deliveries } from '../../domain/delivery.ts';
import { createExpiring } from '../../domain/expiring.ts';
import { readAddress } from './place.ts';
import type { Post } from './post.ts';

/** Channels show it for a few seconds. */
const SHOWN_MS = 3_000;

/** Shows a customer that somebody is writing: nobody waits for it, and nothing is done when it fails. */
export function createAzureTyping({
  post,
  deliveries,
  clock,
}: {
  post: Post;
  deliveries: Pick<Deliveries, 'addressOf'>;
  clock: Clock;
}): (conversationId: string) => void {
  const shown = createExpiring<true>(clock);

  async function show(conversationId: string): Promise<void> {
    const address = readAddress(await deliveries.addressOf(conversationId));
    // Who waits for the answer in its request sees by that that it is not there yet.
    if (address && !address.inline) await post(address, { type: 'typing' });
  }

  return (conversationId) => {
    if (shown.get(conversationId)) return;
    shown.set(conversationId, true, SHOWN_MS);
    void show(conversationId).catch(() => undefined);
  };
}
