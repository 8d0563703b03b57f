import type { NewActivity } from '../../conversation/store.ts';
import { CASE_CHANGED } from '../../domain/case.ts';
import { UPLOAD_COMPLETED } from '../../domain/document.ts';
import { Refusal } from './refusal.ts';
import type { Sanitizer } from './sanitize.ts';
import { activitySchema, type ClientActivity, parseBody } from './schema.ts';
import { refusedText } from './texts.ts';

/** Who the token says is speaking. */
export interface Sender {
  userId: string;
  userName?: string | undefined;
}

export interface Decoded {
  activity: NewActivity;
  /** The client's own id of this message: the same one again is the same message. */
  clientActivityId: string | undefined;
}

/** Characters (UTF-16 units) in one message. */
export const MAX_TEXT_CHARS = 4000;

/** Events that only the system may raise; a customer who sends one is refused. */
const INTERNAL_EVENTS = new Set<string>([
  CASE_CHANGED,
  UPLOAD_COMPLETED,
  'handoff.initiate',
  'handoff.status',
  'handoff.queue',
]);

function checkLimits(client: ClientActivity): void {
  const texts = [client.text, client.speak, client.summary];
  if (texts.some((text) => (text?.length ?? 0) > MAX_TEXT_CHARS)) {
    throw new Refusal(413, 'MessageTooLong', refusedText('messageTooLong'));
  }
  if (client.type === 'event' && INTERNAL_EVENTS.has(client.name ?? '')) {
    throw new Refusal(400, 'BadArgument', 'This event is raised by the service only.');
  }
}

function clientActivityIdOf(channelData: unknown): string | undefined {
  if (typeof channelData !== 'object' || channelData === null) return undefined;
  const { clientActivityID, clientActivityId } = channelData as Record<string, unknown>;
  const id = clientActivityID ?? clientActivityId;
  return typeof id === 'string' && id.length > 0 && id.length <= 128 ? id : undefined;
}

function withoutServerKeys(channelData: unknown): unknown {
  if (typeof channelData !== 'object' || channelData === null || Array.isArray(channelData))
    return channelData;
  // `upload` says that a document was stored, `sensitive` that something was masked: for the server to say.
  const { upload: _, sensitive: __, ...rest } = channelData as Record<string, unknown>;
  return rest;
}

function channelDataOf(client: ClientActivity, sanitizer: Sanitizer): unknown {
  const own = sanitizer.value(withoutServerKeys(client.channelData)) ?? undefined;
  const sensitive = client.text == null ? [] : sanitizer.sensitive(client.text);
  if (sensitive.length === 0) return own;
  return { ...(typeof own === 'object' ? own : {}), sensitive };
}

function attachmentsOf(client: ClientActivity, { text }: Sanitizer) {
  return client.attachments?.map(({ name, contentType }) => ({
    contentType:
      contentType && /^[\w.+-]+\/[\w.+-]+$/.test(contentType) ? contentType : 'application/octet-stream',
    ...(name ? { name: text(name) } : {}),
  }));
}

/** Whether the activity holds files that did not come as an upload. */
function holdsFiles(client: ClientActivity): boolean {
  return client.attachments?.some((it) => it.contentUrl != null || it.content != null) ?? false;
}

/**
 * A client's activity as it may be stored: masked, cleaned, said by the token's user, and without anything that
 * is for the server to say (id, timestamp, conversation, recipient, serviceUrl).
 * Throws a Refusal: 400 for what is not an activity, 413 for a text over the limit.
 */
export function decodeActivity(body: unknown, sender: Sender, sanitizer: Sanitizer): Decoded {
  const client = parseBody(activitySchema, body);
  checkLimits(client);
  if (holdsFiles(client)) {
    throw new Refusal(400, 'AttachmentsNeedUpload', 'Attachments with content go to the upload address.');
  }

  const text = (raw: string | null | undefined) => (raw == null ? undefined : sanitizer.text(raw));
  const name = sender.userName ?? client.from?.name;
  const activity = {
    type: client.type,
    from: { id: sender.userId, ...(name ? { name: text(name) } : {}), role: 'user' },
    text: text(client.text),
    // What a customer types is never markup.
    textFormat: client.text == null ? undefined : 'plain',
    speak: text(client.speak),
    summary: text(client.summary),
    name: text(client.name),
    valueType: text(client.valueType),
    code: text(client.code),
    replyToId: text(client.replyToId),
    locale: client.locale ?? undefined,
    localTimestamp: client.localTimestamp ?? undefined,
    localTimezone: text(client.localTimezone),
    value: sanitizer.value(client.value) ?? undefined,
    channelData: channelDataOf(client, sanitizer),
    entities: sanitizer.value(client.entities) ?? undefined,
    reactionsAdded: sanitizer.value(client.reactionsAdded) ?? undefined,
    reactionsRemoved: sanitizer.value(client.reactionsRemoved) ?? undefined,
    attachments: attachmentsOf(client, sanitizer),
  };
  // The SDK's type has Date for localTimestamp; on the wire and in the log it is the client's ISO string.
  const given = Object.fromEntries(Object.entries(activity).filter(([, value]) => value !== undefined));
  return {
    activity: given as unknown as NewActivity,
    clientActivityId: clientActivityIdOf(client.channelData),
  };
}
