import { createHash } from 'node:crypto';
import type { Stretch } from '../../domain/delivery.ts';
import type { Place } from '../receive.ts';
import type { WecomTalk } from './client.ts';

/** The channel of 微信客服's conversations. */
export const WECOM_CHANNEL = 'wecom-kf';

/** The conversation of a customer with a customer-service account. */
export function placeOf({ openKfId, customer }: WecomTalk): Place {
  return { id: `${openKfId}:${customer}`, channel: WECOM_CHANNEL, userId: customer };
}

/** With whom a conversation is held; undefined for one of another channel. */
export function talkOf({ id, userId }: Pick<Place, 'id' | 'userId'>): WecomTalk | undefined {
  const end = `:${userId}`;
  return id.endsWith(end) ? { openKfId: id.slice(0, -end.length), customer: userId } : undefined;
}

const MAX_ID_CHARS = 32;

/**
 * An id of ours for a message, the same each time. The platform tells by it alone what was not delivered, so it says
 * where in the log that is.
 */
export function messageIdFor(key: string, holds?: Stretch): string {
  const where = holds ? `s${holds.after.toString(36)}-${holds.to.toString(36)}-` : 'w-';
  const hash = createHash('sha256').update(key).digest('base64url');
  return `${where}${hash}`.slice(0, MAX_ID_CHARS);
}

/** Where in the log the words of a message are; undefined for one that is not from there. */
export function stretchOf(messageId: string): Stretch | undefined {
  const [, after, to] = /^s([0-9a-z]{1,7})-([0-9a-z]{1,7})-/.exec(messageId) ?? [];
  return after && to ? { after: Number.parseInt(after, 36), to: Number.parseInt(to, 36) } : undefined;
}
