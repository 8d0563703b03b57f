import type { NewActivity } from '../../conversation/store.ts';
import { CASE_CHANGED } from '../../domain/case.ts';
import { UPLOAD_COMPLETED } from '../../domain/document.ts';
import { HANDOFF_CHANGED, HANDOFF_QUEUE, HANDOFF_STATUS } from '../../domain/handoff.ts';
import { MARKS } from '../../domain/message-marks.ts';
import { Refusal } from './refusal.ts';
import { ID_LIKE, type Sanitizer } from './sanitize.ts';
import { activitySchema, type ClientActivity, parseBody } from './schema.ts';
import { refusedText } from './texts.ts';

/** What a customer says may go on with the message before; the rest of an activity stands by itself. */
export interface Sanitizers {
  said: Sanitizer;
  rest: Sanitizer;
}

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
  HANDOFF_CHANGED,
  'handoff.initiate',
  HANDOFF_STATUS,
  HANDOFF_QUEUE,
]);

function checkLimits(client: ClientActivity): void {
  const texts = [client.text, client.speak, client.summary];
  if (texts.some((text) => (text?.length ?? 0) > MAX_TEXT_CHARS)) {
    throw new Refusal(413, 'MessageTooLong', refusedText('messageTooLong'));
  }
}

/** Asked of the cleaned name, the one the bot would read: a control character in it would hide it here. */
function refuseInternalEvent(type: string, name: string | undefined): void {
  if (type !== 'event' || !INTERNAL_EVENTS.has(name?.trim() ?? '')) return;
  throw new Refusal(400, 'BadArgument', 'This event is raised by the service only.');
}

function clientActivityIdOf(channelData: unknown): string | undefined {
  if (typeof channelData !== 'object' || channelData === null) return undefined;
  const { clientActivityID, clientActivityId } = channelData as Record<string, unknown>;
  const id = clientActivityID ?? clientActivityId;
  // Kept as it is, so it has to be one: no text, which may hold anything, and nothing a database refuses.
  return typeof id === 'string' && ID_LIKE.test(id) ? id : undefined;
}

function withoutServerKeys(channelData: unknown): unknown {
  if (typeof channelData !== 'object' || channelData === null || Array.isArray(channelData))
    return channelData;
  // `upload` and `file` say that something was stored, `sensitive` that something was masked: for the server to say.
  const { upload: _, file: __, sensitive: ___, ...rest } = channelData as Record<string, unknown>;
  return Object.fromEntries(Object.entries(rest).filter(([key]) => !(key in MARKS)));
}

function channelDataOf(client: ClientActivity, { rest, said }: Sanitizers): unknown {
  // After cleaning, which may have made one of them out of something else.
  const own = withoutServerKeys(rest.value(client.channelData)) ?? undefined;
  const sensitive = client.text == null ? [] : said.sensitive(client.text);
  if (sensitive.length === 0) return own;
  return { ...(typeof own === 'object' ? own : {}), sensitive };
}

/** A media type as it may be stored: whatever is not plainly one, or hides a number, is unknown. */
export function safeContentType(contentType: string | null | undefined, { text }: Sanitizer): string {
  const isPlain = contentType != null && /^[\w.+-]{1,60}\/[\w.+-]{1,60}$/.test(contentType);
  return isPlain && text(contentType) === contentType ? contentType : 'application/octet-stream';
}

function attachmentsOf(client: ClientActivity, sanitizer: Sanitizer) {
  const { text } = sanitizer;
  return client.attachments?.map(({ name, contentType }) => ({
    contentType: safeContentType(contentType, sanitizer),
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
export function decodeActivity(
  body: unknown,
  sender: Sender,
  { rest: sanitizer, said }: Sanitizers,
): Decoded {
  const client = parseBody(activitySchema, body);
  checkLimits(client);
  if (holdsFiles(client)) {
    throw new Refusal(400, 'AttachmentsNeedUpload', 'Attachments with content go to the upload address.');
  }

  const text = (raw: string | null | undefined) => (raw == null ? undefined : sanitizer.text(raw));
  const words = (raw: string | null | undefined) => (raw == null ? undefined : said.text(raw));
  const eventName = text(client.name);
  refuseInternalEvent(client.type, eventName);
  const name = sender.userName ?? client.from?.name;
  const activity = {
    type: client.type,
    from: { id: sender.userId, ...(name ? { name: text(name) } : {}), role: 'user' },
    text: words(client.text),
    // What a customer types is never markup.
    textFormat: client.text == null ? undefined : 'plain',
    speak: words(client.speak),
    summary: words(client.summary),
    name: eventName,
    valueType: text(client.valueType),
    code: text(client.code),
    replyToId: text(client.replyToId),
    locale: client.locale ?? undefined,
    localTimestamp: client.localTimestamp ?? undefined,
    localTimezone: text(client.localTimezone),
    value: said.value(client.value) ?? undefined,
    channelData: channelDataOf(client, { rest: sanitizer, said }),
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
