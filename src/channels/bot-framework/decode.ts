import { createHash } from 'node:crypto';
import type { Activity } from 'botframework-schema';
import { z } from 'zod';
import type { Content } from '../inbound.ts';
import type { Told } from '../receive.ts';
import { type Address, placeOf } from './place.ts';

/** Printable: it becomes part of keys. */
const id = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^\P{Cc}+$/u);
const word = z.string().nullish().catch(undefined);
const account = z.looseObject({ id: id(256), aadObjectId: id(128).nullish() });
const http = z.url({ protocol: /^https?$/ });

const attachment = z.looseObject({ contentType: z.string().catch('') }).catch({ contentType: '' });

const incoming = z.looseObject({
  type: id(64),
  id: id(512).nullish(),
  timestamp: word,
  locale: word,
  channelId: z.string().regex(/^[a-z0-9-]{1,40}$/i),
  serviceUrl: http,
  conversation: z.looseObject({
    id: id(512),
    isGroup: z.boolean().nullish(),
    conversationType: word,
    tenantId: word,
  }),
  from: account,
  recipient: account.nullish(),
  deliveryMode: word,
  name: word,
  text: word,
  value: z.unknown().optional(),
  attachments: z.array(attachment).nullish().catch(undefined),
  membersAdded: z.array(account).nullish().catch(undefined),
  channelData: z
    .looseObject({ clientActivityID: id(128).nullish().catch(undefined) })
    .nullish()
    .catch(undefined),
});

type Incoming = z.infer<typeof incoming>;

/** An activity as it was posted, of which what we use is as it should be. */
export type PostedActivity = Activity & Incoming;

/** Undefined for what is no activity. */
export const readActivity = (body: unknown): PostedActivity | undefined =>
  incoming.safeParse(body).data as PostedActivity | undefined;

type Sent = Omit<Told, 'allows' | 'address'>;

/** What an activity is to us. */
export type Inbound =
  | (Sent & { kind: 'message'; contents: Content[]; address: Address })
  /** A tap on a card that waits for its own answer. */
  | (Sent & { kind: 'tap'; contents: Content[]; address: Address })
  | (Sent & { kind: 'opened'; address: Address })
  /** Somebody wants something of the bot where others read it, too. */
  | { kind: 'group'; locale: string | undefined; address: Address }
  | { kind: 'unsupported' }
  | { kind: 'ignored' };

const said = z.union([
  z.string().min(1),
  z.object({ text: z.string().min(1) }).transform(({ text }) => text),
  z.object({ says: z.string().min(1) }).transform(({ says }) => says),
]);
const menu = z.object({ menu: z.string().regex(/^[\d-]{1,16}$/) });

/** What is a file, and not the text again or a card. */
function fileKind(contentType: string): 'image' | 'voice' | 'video' | 'file' | undefined {
  if (
    contentType === '' ||
    /^text\/html|^application\/vnd\.microsoft\.card|^application\/vnd\.ms-card/.test(contentType)
  )
    return undefined;
  const [kind] = contentType.split('/');
  return kind === 'image' || kind === 'video' ? kind : kind === 'audio' ? 'voice' : 'file';
}

function contentsOf({ text, value, attachments }: Incoming): Content[] {
  const words = text?.trim() || said.safeParse(value).data;
  const menuId = menu.safeParse(value).data?.menu;
  const files = (attachments ?? []).flatMap(({ contentType }) => fileKind(contentType) ?? []);
  const contents: Content[] = [
    ...(words ? [{ kind: 'text', text: words, menuId } as const] : []),
    ...files.slice(0, 10).map((kind) => ({ kind, mediaId: '' })),
  ];
  return contents.length > 0 ? contents : [{ kind: 'unsupported', type: 'message' }];
}

/** Clients of Direct Line send again under a new id, but under the same one of their own. */
function dedupeKeyOf(activity: Incoming): string {
  const { id: own, channelData, channelId, from, timestamp, type, text } = activity;
  const isDirect = channelId === 'directline' || channelId === 'webchat';
  const known = (isDirect && channelData?.clientActivityID) || own;
  if (known) return `azure:${known}`;
  const words = JSON.stringify([from.id, timestamp, type, text]);
  return `azure:${createHash('sha256').update(words).digest('base64url')}`;
}

/** The platform knows people of an organisation by their account in it, which is the same for every bot. */
const userIdOf = ({ id, aadObjectId }: z.infer<typeof account>) => aadObjectId || id;

/** Whoever is new in the conversation besides the bot. In Teams only the bot is, when somebody installs it. */
function newcomer({ channelId, membersAdded, recipient, from }: Incoming) {
  const person = membersAdded?.find((it) => it.id !== recipient?.id);
  return person ?? (channelId === 'msteams' && membersAdded?.length ? from : undefined);
}

/** Whether it was said to the bot, or has just brought it into the group. */
const isForBot = ({ type, membersAdded, recipient }: Incoming) =>
  type === 'message' ||
  (type === 'conversationUpdate' && membersAdded?.some(({ id }) => id === recipient?.id));

const cardAction = z.object({ action: z.object({ data: said }) });

/** What an activity is to us; `now`: for those without a usable time. */
export function decode(activity: PostedActivity, now: Date): Inbound {
  const { channelId, conversation, serviceUrl, recipient, type, locale } = activity;
  // What is said of an account is for one person's eyes.
  const isGroup =
    conversation.isGroup || ['groupChat', 'channel'].includes(conversation.conversationType ?? '');
  const newbie = type === 'conversationUpdate' ? newcomer(activity) : undefined;
  if (!isGroup && type === 'conversationUpdate' && !newbie) return { kind: 'ignored' };
  const user = newbie ?? activity.from;
  const at = Date.parse(String(activity.timestamp ?? ''));
  const told = {
    place: placeOf(channelId, conversation.id, userIdOf(user)),
    dedupeKey: dedupeKeyOf(activity),
    sentAt: at <= now.getTime() ? new Date(at) : now,
    locale: locale ?? undefined,
    address: {
      ...{ channelId, serviceUrl, conversationId: conversation.id, userId: user.id },
      botId: recipient?.id ?? '',
      ...(conversation.tenantId && { tenantId: conversation.tenantId }),
      ...(conversation.conversationType && { conversationType: conversation.conversationType }),
      inline: activity.deliveryMode === 'expectReplies',
    },
  };
  if (isGroup) {
    const { locale: tag, address } = told;
    return isForBot(activity) ? { kind: 'group', locale: tag, address } : { kind: 'ignored' };
  }
  if (type === 'message') return { kind: 'message', ...told, contents: contentsOf(activity) };
  if (type === 'conversationUpdate') return { kind: 'opened', ...told };
  if (type !== 'invoke') return { kind: 'ignored' };
  const tapped =
    activity.name === 'adaptiveCard/action' ? cardAction.safeParse(activity.value).data : undefined;
  if (!tapped) return { kind: 'unsupported' };
  return { kind: 'tap', ...told, contents: [{ kind: 'text', text: tapped.action.data }] };
}
