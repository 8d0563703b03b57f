import { z } from 'zod';
import { type Content, readAs, typeName } from '../inbound.ts';
import { parseXml } from '../tencent/xml.ts';
import { decodeEvent, type WecomEvent } from './event.ts';
import { id, optional } from './fields.ts';

/** The bell: there is something to fetch for this customer-service account. */
export interface Bell {
  openKfId: string;
  /** Lets us fetch without the strict limits, for ten minutes. */
  token: string;
}

const bell = z.object({
  MsgType: z.literal('event'),
  Event: z.literal('kf_msg_or_event'),
  Token: z.string().min(1).max(128),
  OpenKfId: z.string().regex(/^[\w-]{1,64}$/),
});

const anyEvent = z.object({ MsgType: z.string(), Event: z.string().default('') });

/** A callback that has been opened. `other`: one that is about something else. */
export function decodeCallback(
  body: string,
): { kind: 'bell'; bell: Bell } | { kind: 'other'; type: string } | undefined {
  const fields = parseXml(body);
  const parsed = bell.safeParse(fields);
  if (parsed.success) {
    const { OpenKfId: openKfId, Token: token } = parsed.data;
    return { kind: 'bell', bell: { openKfId, token } };
  }
  const other = anyEvent.safeParse(fields);
  if (!other.success || other.data.Event === 'kf_msg_or_event') return undefined;
  return { kind: 'other', type: typeName(other.data.Event || other.data.MsgType) };
}

interface Sent {
  messageId: string;
  openKfId: string;
  sentAt: Date;
}

/** One item of `sync_msg`. */
export type WecomInbound =
  | (Sent & { kind: 'message'; customer: string; content: Content })
  /** Written in WeCom's own client. */
  | (Sent & { kind: 'agent-message'; customer: string; agent: string; content: Content })
  | (Sent & { kind: 'event'; customer?: string | undefined; event: WecomEvent });

const media = z.object({ media_id: z.string().min(1).max(512) });

/** https://developer.work.weixin.qq.com/document/path/94670 */
const CONTENTS: Record<string, z.ZodType<Content>> = {
  text: z
    .object({ content: z.string(), menu_id: z.string().optional() })
    .transform((it) => ({ kind: 'text', text: it.content, menuId: it.menu_id || undefined })),
  image: media.transform((it) => ({ kind: 'image', mediaId: it.media_id })),
  voice: media.transform((it) => ({ kind: 'voice', mediaId: it.media_id })),
  video: media.transform((it) => ({ kind: 'video', mediaId: it.media_id })),
  file: media.transform((it) => ({ kind: 'file', mediaId: it.media_id })),
  location: z
    .object({ latitude: z.number(), longitude: z.number(), name: optional, address: optional })
    .transform((it) => ({
      kind: 'location',
      latitude: it.latitude,
      longitude: it.longitude,
      label: [it.name, it.address].filter(Boolean).join(' '),
    })),
  link: z
    .object({ title: optional, desc: optional, url: optional })
    .transform((it) => ({ kind: 'link', title: it.title, description: it.desc, url: it.url })),
  miniprogram: z
    .object({ title: optional, pagepath: optional })
    .transform((it) => ({ kind: 'mini-program', title: it.title, page: it.pagepath })),
};

/** What a date can hold, by far. */
const LATEST_SECONDS = 99_999_999_999;

const base = z.object({
  msgid: id,
  send_time: z.int().nonnegative().max(LATEST_SECONDS),
  origin: z.int(),
  msgtype: z.string(),
  open_kfid: id.optional(),
  external_userid: id.optional(),
  servicer_userid: z.string().optional(),
});
const eventBase = z.object({
  event_type: z.string(),
  open_kfid: id.optional(),
  external_userid: id.optional().catch(undefined),
});

const ORIGIN_AGENT = 5;

const bodyOf = (item: unknown, type: string) => (item as Record<string, unknown>)[type];

function eventIn(item: unknown, sent: Sent): WecomInbound | undefined {
  const held = z.object({ event: eventBase }).safeParse(item);
  if (!held.success) return undefined;
  const { event } = item as { event: unknown };
  const { event_type: type, open_kfid: openKfId = sent.openKfId, external_userid } = held.data.event;
  return {
    ...sent,
    kind: 'event',
    openKfId,
    customer: external_userid,
    event: decodeEvent(type, event),
  };
}

/**
 * An item of what was fetched for a customer-service account; undefined when it is none. What is not known, or is
 * not as the platform describes it, is `unsupported` with its type.
 */
export function decodeItem(item: unknown, fetchedFor: string): WecomInbound | undefined {
  const parsed = base.safeParse(item);
  if (!parsed.success) return undefined;
  const { msgid: messageId, send_time, msgtype: type, open_kfid: openKfId = fetchedFor } = parsed.data;
  const sent: Sent = { messageId, openKfId, sentAt: new Date(send_time * 1000) };
  if (type === 'event') return eventIn(item, sent);
  const { external_userid: customer, origin, servicer_userid: agent = '' } = parsed.data;
  if (!customer) return undefined;
  const content = readAs(CONTENTS, type, bodyOf(item, type));
  if (origin === ORIGIN_AGENT) return { ...sent, kind: 'agent-message', customer, agent, content };
  return { ...sent, kind: 'message', customer, content };
}
