import { z } from 'zod';
import { sayAgain } from '../../conversation/say-again.ts';
import type { ConversationStore, LogEntry } from '../../conversation/store.ts';
import {
  DELIVERY_WAITS,
  type Deliveries,
  type Settlement,
  UNDELIVERED,
  UNDELIVERED_SETTLED,
} from '../../domain/delivery.ts';

/** Where what is said stands with customers who write in a messaging app. */
export interface DeliveryParts {
  store: Pick<ConversationStore, 'find' | 'read' | 'append'>;
  deliveries: Pick<Deliveries, 'find' | 'resume' | 'skip'>;
}

export const deliveryShape = z.object({
  /** What keeps everything from being delivered; absent: nothing does. */
  waits: z.enum(DELIVERY_WAITS).optional(),
  /** Everything in the log up to here is delivered or given up. */
  sentSeq: z.int(),
  /** Messages that the customer's last one still allows, until `windowUntil`. */
  remaining: z.int(),
  windowUntil: z.iso.datetime(),
  /** Given up, or told to have failed; lines `after` < seq <= `to`. */
  undelivered: z.array(
    z.object({ seq: z.int(), after: z.int(), to: z.int(), reason: z.string(), at: z.string() }),
  ),
});
export type DeliveryFacts = z.infer<typeof deliveryShape>;
type Undelivered = DeliveryFacts['undelivered'][number];

/** Lines of the log, from its end, that are looked at for what failed. */
const LATELY = 300;

const failure = z.object({ after: z.int(), to: z.int(), reason: z.string() });
const settlement = z.object({ seqs: z.array(z.int()) });
const eventsIn = (entries: readonly LogEntry[], name: string) =>
  entries.filter(({ origin, activity }) => origin === 'bot' && activity.name === name);

async function undeliveredIn({ store }: Pick<DeliveryParts, 'store'>, id: string): Promise<Undelivered[]> {
  const last = (await store.find(id))?.lastSeq ?? 0;
  const entries = await store.read(id, Math.max(0, last - LATELY), LATELY);
  const settled = new Set(
    eventsIn(entries, UNDELIVERED_SETTLED).flatMap(
      ({ activity }) => settlement.safeParse(activity.value).data?.seqs ?? [],
    ),
  );
  return eventsIn(entries, UNDELIVERED).flatMap(({ seq, activity }) => {
    const told = failure.safeParse(activity.value).data;
    return told && !settled.has(seq) ? [{ ...told, seq, at: String(activity.timestamp ?? '') }] : [];
  });
}

/** Undefined for conversations that are not held in a messaging app. */
export async function deliveryOf(parts: DeliveryParts, id: string): Promise<DeliveryFacts | undefined> {
  const standing = await parts.deliveries.find(id);
  if (!standing) return undefined;
  const { windowUntil, ...rest } = standing;
  const undelivered = await undeliveredIn(parts, id);
  return { ...rest, windowUntil: windowUntil.toISOString(), undelivered };
}

/** What a supervisor decides about all that has not reached the customer. Repeating it changes nothing. */
export async function settle(
  parts: DeliveryParts,
  id: string,
  how: Settlement,
  by: string,
): Promise<DeliveryFacts | undefined> {
  const { store, deliveries } = parts;
  const before = await deliveryOf(parts, id);
  if (!before) return undefined;
  const { undelivered, waits } = before;
  if (how === 'retried') {
    for (const one of undelivered) await sayAgain(store, id, one, `again:${one.seq}`);
    await deliveries.resume(id);
  } else if (waits) await deliveries.skip(id, (await store.find(id))?.lastSeq ?? 0);
  const seqs = undelivered.map(({ seq }) => seq);
  const event = { type: 'event', name: UNDELIVERED_SETTLED, value: { seqs, how, by } };
  if (seqs.length > 0) await store.append(id, 'bot', [event], `settled:${seqs.join()}`);
  return deliveryOf(parts, id);
}
