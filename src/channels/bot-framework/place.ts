import { z } from 'zod';
import type { Place } from '../receive.ts';

const PREFIX = 'azure-';

/** Channels that say themselves who writes. Elsewhere clients name their user as they like: that links to nobody. */
const VOUCHING = new Set(['msteams', 'telegram', 'line', 'facebook', 'slack']);

export const isAzure = (channel: string): boolean => channel.startsWith(PREFIX);

/** What the platform calls the app of a channel of ours, where it may link accounts to it. */
export function azureLinkOf(channel: string): string | undefined {
  const channelId = channel.slice(PREFIX.length);
  return isAzure(channel) && VOUCHING.has(channelId) ? channelId : undefined;
}

/** The conversation of one customer; whoever else writes into the same one of the app has their own. */
export function placeOf(channelId: string, conversationId: string, userId: string): Place {
  const channel = PREFIX + channelId;
  return { id: `${channel}:${conversationId}:${userId}`, channel, userId };
}

const address = z.object({
  channelId: z.string(),
  serviceUrl: z.string(),
  conversationId: z.string(),
  tenantId: z.string().optional(),
  conversationType: z.string().optional(),
  userId: z.string(),
  botId: z.string(),
  /** The client waits for the answers in its own request. */
  inline: z.boolean().default(false),
});

/** What answers are sent by: the conversation reference, without what is personal in it. */
export type Address = z.infer<typeof address>;

export function readAddress(text: string | undefined): Address | undefined {
  try {
    return address.safeParse(JSON.parse(text ?? '')).data;
  } catch {
    return undefined;
  }
}
