/** A reply that can be tapped; `value` is what is sent, `title` what is shown. */
export interface QuickReply {
  title: string;
  value: string;
}

export interface Attachment {
  contentType: string;
  content?: unknown;
  name?: string | undefined;
}

/** A Direct Line activity, as far as this client shows it. Everything in it came from the server: text only. */
export interface Activity {
  type: string;
  /** Absent on typing and on our own messages the server has not confirmed. */
  id?: string | undefined;
  /** ISO-8601 UTC. */
  timestamp?: string | undefined;
  from: { id?: string | undefined; name?: string | undefined; role?: string | undefined };
  text?: string | undefined;
  /** The language of the text, as its sender says. */
  locale?: string | undefined;
  name?: string | undefined;
  value?: unknown;
  replyToId?: string | undefined;
  attachments: Attachment[];
  quickReplies: QuickReply[];
  channelData: Record<string, unknown>;
}

export interface ActivitySet {
  activities: Activity[];
  watermark?: string | undefined;
}

/** What the server answers when a conversation is started or resumed, or a token is refreshed. */
export interface Grant {
  conversationId?: string | undefined;
  token?: string | undefined;
  expiresInSeconds?: number | undefined;
  streamUrl?: string | undefined;
}

/** The value as a plain object, or undefined. */
export function asRecord(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

/** The value if it is a string with something in it. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function decodeQuickReply(value: unknown): QuickReply[] {
  const action = asRecord(value);
  const text = asText(action?.value) ?? asText(action?.title);
  if (!text) return [];
  return [{ title: asText(action?.title) ?? text, value: text }];
}

function decodeAttachment(value: unknown): Attachment[] {
  const attachment = asRecord(value);
  const contentType = asText(attachment?.contentType);
  if (!contentType) return [];
  return [{ contentType, content: attachment?.content, name: asText(attachment?.name) }];
}

function decodeActivity(value: unknown): Activity[] {
  const activity = asRecord(value);
  const type = asText(activity?.type);
  if (!activity || !type) return [];
  const from = asRecord(activity.from) ?? {};
  return [
    {
      type,
      id: asText(activity.id),
      timestamp: asText(activity.timestamp),
      from: { id: asText(from.id), name: asText(from.name), role: asText(from.role) },
      text: asText(activity.text),
      locale: asText(activity.locale),
      name: asText(activity.name),
      value: activity.value,
      replyToId: asText(activity.replyToId),
      attachments: asList(activity.attachments).flatMap(decodeAttachment),
      quickReplies: asList(asRecord(activity.suggestedActions)?.actions).flatMap(decodeQuickReply),
      channelData: asRecord(activity.channelData) ?? {},
    },
  ];
}

/** Reads an activity set; what is not one (keep-alives, unknown frames) becomes an empty set. */
export function decodeActivitySet(value: unknown): ActivitySet {
  const set = asRecord(value);
  return {
    activities: asList(set?.activities).flatMap(decodeActivity),
    watermark: asText(set?.watermark),
  };
}

/** Reads one WebSocket frame; never throws. */
export function decodeFrame(frame: unknown): ActivitySet {
  if (typeof frame !== 'string' || frame === '') return { activities: [] };
  try {
    return decodeActivitySet(JSON.parse(frame));
  } catch {
    return { activities: [] };
  }
}

export function decodeGrant(value: unknown): Grant {
  const grant = asRecord(value);
  const seconds = grant?.expires_in;
  return {
    conversationId: asText(grant?.conversationId),
    token: asText(grant?.token),
    expiresInSeconds: typeof seconds === 'number' ? seconds : undefined,
    streamUrl: asText(grant?.streamUrl),
  };
}
