import { z } from 'zod';
import { type Content, readAs } from '../inbound.ts';
import { parseXml } from '../tencent/xml.ts';
import { decodeEvent, type WechatEvent } from './event.ts';
import { optional, text } from './fields.ts';

interface Sent {
  /** openid */
  customer: string;
  /** Original id of the account (gh_…). */
  account: string;
  sentAt: Date;
  /** The same for each delivery of the same message. */
  dedupeKey: string;
}

export type WechatInbound =
  | (Sent & { kind: 'message'; content: Content })
  | (Sent & { kind: 'event'; event: WechatEvent });

const some = text.pipe(z.string().min(1).max(512));
const number = text.transform(Number).pipe(z.number());

const base = z.object({
  ToUserName: some,
  FromUserName: some.pipe(z.string().regex(/^[\w-]{1,64}$/)),
  CreateTime: text.pipe(z.string().regex(/^\d{1,11}$/)),
  MsgType: some,
});

const media = z.object({ MediaId: some });

/** https://developers.weixin.qq.com/doc/service/guide/product/message/Receiving_standard_messages.html */
const CONTENTS: Record<string, z.ZodType<Content>> = {
  text: z
    .object({ Content: text, bizmsgmenuid: text.optional() })
    .transform((it) => ({ kind: 'text', text: it.Content, menuId: it.bizmsgmenuid || undefined })),
  image: media.transform((it) => ({ kind: 'image', mediaId: it.MediaId })),
  voice: z
    .object({ MediaId: some.optional(), MediaId16K: some.optional(), Recognition: optional })
    .refine((it) => it.MediaId ?? it.MediaId16K)
    .transform((it) => ({
      kind: 'voice',
      mediaId: it.MediaId ?? it.MediaId16K ?? '',
      words: it.Recognition || undefined,
    })),
  video: media.transform((it) => ({ kind: 'video', mediaId: it.MediaId })),
  shortvideo: media.transform((it) => ({ kind: 'video', mediaId: it.MediaId })),
  file: z.object({ MediaId: optional }).transform((it) => ({ kind: 'file', mediaId: it.MediaId })),
  location: z.object({ Location_X: number, Location_Y: number, Label: optional }).transform((it) => ({
    kind: 'location',
    latitude: it.Location_X,
    longitude: it.Location_Y,
    label: it.Label,
  })),
  link: z
    .object({ Title: optional, Description: optional, Url: optional })
    .transform((it) => ({ kind: 'link', title: it.Title, description: it.Description, url: it.Url })),
  miniprogrampage: z
    .object({ Title: optional, PagePath: optional })
    .transform((it) => ({ kind: 'mini-program', title: it.Title, page: it.PagePath })),
};

/** An id of 64 bits is more than a number of JSON's holds. No text can look like it: a quote in one is escaped. */
const withWholeIds = (json: string) => json.replace(/"(MsgId|MsgID)"\s*:\s*(\d+)/g, '"$1":"$2"');

function fieldsIn(body: string): unknown {
  if (!body.trimStart().startsWith('{')) return parseXml(body);
  try {
    return JSON.parse(withWholeIds(body));
  } catch {
    return undefined;
  }
}

const idOf = z.object({ MsgId: some.optional(), MsgID: some.optional() });
const eventOf = z.object({ Event: some, EventKey: optional });

/**
 * A callback that has been opened, XML or JSON; undefined when it is none. What is not known, or is not as the
 * platform describes it, is `unsupported` with its type: somebody has sent it and waits for an answer.
 */
export function decode(body: string, appId: string): WechatInbound | undefined {
  const fields = fieldsIn(body);
  const parsed = base.safeParse(fields);
  if (!parsed.success) return undefined;
  const { ToUserName: account, FromUserName: customer, CreateTime, MsgType: type } = parsed.data;
  const sent = { customer, account, sentAt: new Date(Number(CreateTime) * 1000) };
  if (type === 'event') {
    const named = eventOf.safeParse(fields);
    if (!named.success) return undefined;
    const { Event, EventKey } = named.data;
    // As the documentation asks for, since events have no id; two of one second differ by name or key.
    const dedupeKey = `wx:${appId}:e:${customer}:${CreateTime}:${Event}:${EventKey}`;
    const event = decodeEvent(Event, fields);
    return { ...sent, kind: 'event', dedupeKey, event };
  }
  const ids = idOf.safeParse(fields).data;
  const id = ids?.MsgId ?? ids?.MsgID;
  // Never one of our own making: the same message would be another one each time it is delivered.
  const dedupeKey = id ? `wx:${appId}:m:${id}` : `wx:${appId}:e:${customer}:${CreateTime}:${type}:`;
  return { ...sent, kind: 'message', dedupeKey, content: readAs(CONTENTS, type, fields) };
}
