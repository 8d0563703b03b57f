import { z } from 'zod';
import { readAs, typeName } from '../inbound.ts';
import { optional } from './fields.ts';

/** What happened besides messages; `scene`: the parameter of the QR code that was scanned. */
export type WechatEvent =
  | { kind: 'followed'; scene?: string | undefined }
  | { kind: 'unfollowed' }
  | { kind: 'scanned'; scene: string }
  | { kind: 'menu-tapped'; key: string }
  | { kind: 'page-opened'; url: string }
  | { kind: 'located' }
  /** `status`: `success` or why it could not be delivered. */
  | { kind: 'template-sent'; status: string }
  /** A person in WeChat's own customer service has taken, ended or passed on the talk. */
  | { kind: 'person'; change: 'create' | 'close' | 'switch' }
  /** A mini program's chat was opened. */
  | { kind: 'entered'; from: string }
  | { kind: 'unsupported'; type: string };

const keyed = z.object({ EventKey: optional });
const person = (change: 'create' | 'close' | 'switch') =>
  z.object({}).transform((): WechatEvent => ({ kind: 'person', change }));

/** https://developers.weixin.qq.com/doc/service/guide/product/message/Receiving_event_pushes.html */
const EVENTS: Record<string, z.ZodType<WechatEvent>> = {
  subscribe: keyed.transform((it) => ({
    kind: 'followed',
    scene: /^qrscene_(.+)$/.exec(it.EventKey)?.[1],
  })),
  unsubscribe: z.object({}).transform(() => ({ kind: 'unfollowed' })),
  scan: keyed.transform((it) => ({ kind: 'scanned', scene: it.EventKey })),
  click: keyed.transform((it) => ({ kind: 'menu-tapped', key: it.EventKey })),
  view: keyed.transform((it) => ({ kind: 'page-opened', url: it.EventKey })),
  location: z.object({}).transform(() => ({ kind: 'located' })),
  templatesendjobfinish: z
    .object({ Status: optional })
    .transform((it) => ({ kind: 'template-sent', status: it.Status })),
  kf_create_session: person('create'),
  kf_close_session: person('close'),
  kf_switch_session: person('switch'),
  user_enter_tempsession: z
    .object({ SessionFrom: optional })
    .transform((it) => ({ kind: 'entered', from: it.SessionFrom })),
};

/** An event by its name, of which the platform writes some in capitals. */
export const decodeEvent = (name: string, fields: unknown): WechatEvent => {
  const event = readAs(EVENTS, name.toLowerCase(), fields);
  return event.kind === 'unsupported' ? { kind: 'unsupported', type: typeName(name) } : event;
};
