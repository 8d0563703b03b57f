import { REFERENCE_LOCALE, text as textOf } from '../../../locales/index.ts';
import { sayAgain } from '../../conversation/say-again.ts';
import type { ConversationStore, NewActivity } from '../../conversation/store.ts';
import type { Clock } from '../../domain/clock.ts';
import {
  type Deliveries,
  type DeliveryWait,
  type Settlement,
  type Stretch,
  UNDELIVERED_SETTLED,
} from '../../domain/delivery.ts';
import { HANDOFF_STATUS } from '../../domain/handoff.ts';
import type { ChannelCounts } from '../counts.ts';
import { undelivered } from '../delivery.ts';
import type { Place } from '../receive.ts';
import { survey } from '../satisfaction.ts';
import { CODE_MS, type SayByCode } from './by-code.ts';
import type { WecomInbound } from './decode.ts';
import type { FailReason, WecomEvent } from './event.ts';
import { placeOf, stretchOf } from './place.ts';

type Inbound = Extract<WecomInbound, { kind: 'event' }>;
type Session = Extract<WecomEvent, { kind: 'session' }>;
type SendFailed = Extract<WecomEvent, { kind: 'send-failed' }>;

/** What is known of everything else from a message that failed. */
const WAITS: Partial<Record<FailReason, DeliveryWait>> = {
  'window-over': 'window-closed',
  'session-closed': 'window-closed',
  quota: 'window-closed',
  'refused-by-customer': 'customer-gone',
  'account-deleted': 'not-configured',
  'app-closed': 'not-configured',
  unverified: 'not-configured',
};

/** Takes what happened besides messages; returns when it is stored, throws when it could not be. */
export type TakeEvent = (inbound: Inbound) => Promise<'accepted' | 'ignored'>;

/** Messages that were not delivered, and talks that agents have in WeCom itself: these are theirs until they end. */
export function createTakeEvent(parts: {
  store: Pick<ConversationStore, 'append' | 'find' | 'read'>;
  deliveries: Pick<Deliveries, 'hold'>;
  sayByCode: SayByCode;
  counts: Pick<ChannelCounts, 'undelivered'>;
  clock: Clock;
}): TakeEvent {
  const { store, deliveries, sayByCode, counts, clock } = parts;

  /** It was counted as sent, which it is not. */
  async function sendFailed(place: Place, { messageId, reason }: SendFailed): Promise<void> {
    const holds = stretchOf(messageId);
    counts.undelivered(place.channel, reason);
    const waits = WAITS[reason];
    if (waits) await deliveries.hold(place.id, waits);
    // A greeting by its code is from nowhere in particular: nobody says it again.
    if (!holds || !(await store.find(place.id))) return;
    const key = `undelivered:${messageId}`;
    const [told] = await store.append(place.id, 'bot', [undelivered(holds, { reason })], key);
    if (waits === 'window-closed' && told) await saidNextTime(place, holds, told.seq);
  }

  /** It is among what waits for the customer's next message, so that nobody has to have it tried again. */
  async function saidNextTime({ id }: Place, holds: Stretch, seq: number): Promise<void> {
    await sayAgain(store, id, holds, `again:${seq}`);
    const value = { seqs: [seq], how: 'retried' satisfies Settlement, by: 'delivery' };
    await store.append(id, 'bot', [{ type: 'event', name: UNDELIVERED_SETTLED, value }], `settled:${seq}`);
  }

  /** The bot keeps out of it, and whatever it was about to say is overtaken. */
  async function taken(inbound: Inbound, place: Place, { change, agent, code }: Session): Promise<void> {
    await deliveries.hold(place.id, 'with-person');
    const value = { state: 'accepted', message: agent ?? '' };
    const told: NewActivity = { type: 'event', name: HANDOFF_STATUS, value };
    if (await store.find(place.id)) await store.append(place.id, 'bot', [told], `wecom:${inbound.messageId}`);
    const line: NewActivity = { type: 'message', text: textOf(REFERENCE_LOCALE, 'handoff.neverAsks') };
    if (change === 'taken' && code) await sayByCode(place, code, `taken:${inbound.messageId}`, line);
  }

  async function ended(inbound: Inbound, place: Place, { code }: Session): Promise<void> {
    await deliveries.hold(place.id, 'window-closed');
    const isGood = clock.now().getTime() - inbound.sentAt.getTime() < CODE_MS;
    if (code && isGood) await sayByCode(place, code, `survey:${inbound.messageId}`, survey(REFERENCE_LOCALE));
  }

  return async (inbound) => {
    const { event, customer, openKfId } = inbound;
    if (!customer) return 'ignored';
    const place = placeOf({ openKfId, customer });
    switch (event.kind) {
      case 'send-failed':
        await sendFailed(place, event);
        return 'accepted';
      case 'session':
        await (event.change === 'ended' ? ended : taken)(inbound, place, event);
        return 'accepted';
      default:
        return 'ignored';
    }
  };
}
