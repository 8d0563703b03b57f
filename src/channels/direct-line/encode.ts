import type { LogEntry, NewActivity } from '../../conversation/store.ts';

/** How the bot is called in the conversation. */
export interface BotIdentity {
  id: string;
  name: string;
}

/** For whom an activity is encoded. */
export interface Viewer {
  userId: string;
  bot: BotIdentity;
}

/** Never shown: events for the bot, and typing, which passes and is not history. */
const NOT_SHOWN = new Set([
  'conversationUpdate',
  'contactRelationUpdate',
  'trace',
  'typing',
  'installationUpdate',
  'invoke',
  'invokeResponse',
]);

function fromOf({ origin, activity }: Pick<LogEntry, 'origin' | 'activity'>, viewer: Viewer) {
  if (origin === 'customer') return { ...activity.from, id: viewer.userId, role: 'user' };
  if (origin === 'bot') return { ...viewer.bot, role: 'bot' };
  // Stock clients know two roles; a person at the desk is told by the name.
  return { id: activity.from?.id ?? 'agent', name: activity.from?.name ?? viewer.bot.name, role: 'bot' };
}

function withoutNulls(activity: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(activity).filter(([, value]) => value != null));
}

/** An entry as its customer's clients get it; undefined when it is not for them. */
export function encodeEntry(entry: LogEntry, viewer: Viewer): Record<string, unknown> | undefined {
  if (entry.origin === 'system' || NOT_SHOWN.has(entry.activity.type)) return undefined;
  const own = entry.origin === 'customer';
  return withoutNulls({
    ...entry.activity,
    channelId: 'directline',
    from: fromOf(entry, viewer),
    recipient: own ? { ...viewer.bot, role: 'bot' } : { id: viewer.userId, role: 'user' },
    // Where a document is kept is nobody's business but the desk's, not even its owner's browser's.
    attachments: own
      ? entry.activity.attachments?.map(({ name, contentType }) => ({ name, contentType }))
      : entry.activity.attachments,
    serviceUrl: undefined,
  });
}

/**
 * Something passing (typing) as clients get it: without id or watermark, since it is not in the history.
 * Undefined for what the customer did: a customer's tabs need not be told that the customer types; and for
 * anything else than typing, which is between the tabs of the desk.
 */
export function encodePassing(activity: NewActivity, viewer: Viewer): Record<string, unknown> | undefined {
  if (activity.from?.role === 'user' || activity.type !== 'typing') return undefined;
  const { id: _, ...rest } = activity;
  const byAgent = activity.from?.id !== undefined && activity.from.id !== viewer.bot.id;
  return withoutNulls({
    ...rest,
    channelId: 'directline',
    from: byAgent ? { ...activity.from, role: 'bot' } : { ...viewer.bot, role: 'bot' },
    recipient: { id: viewer.userId, role: 'user' },
    serviceUrl: undefined,
  });
}
