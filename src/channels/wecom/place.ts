import { createHash } from 'node:crypto';
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

/** An id of ours for a message, the same each time. */
export const messageIdFor = (key: string): string =>
  createHash('sha256').update(key).digest('base64url').slice(0, 32);
