import { type Locale, REFERENCE_LOCALE, text as textOf } from '../../locales/index.ts';
import type { Accept, ConversationStore, NewActivity } from '../conversation/store.ts';
import type { Clock } from '../domain/clock.ts';
import type { ConversationInfo } from '../domain/conversation.ts';
import type { MaskInTalk } from '../domain/intent.ts';
import { localeFor } from '../domain/locale.ts';
import { MARKS } from '../domain/message-marks.ts';
import type { SharedMemory } from '../domain/shared-memory.ts';
import { cleanText } from './clean-text.ts';
import type { Content } from './inbound.ts';
import { type Chosen, choose, MENU_ENTRIES, MENU_TTL_MS, mayChoose } from './rendering/menu.ts';
import { saidBefore } from './said-before.ts';
import { type Score, SURVEY_KEY, scoreAt } from './satisfaction.ts';

export interface ReceiverParts {
  store: Pick<ConversationStore, 'open' | 'find' | 'read'>;
  accept: Accept;
  maskInTalk: MaskInTalk;
  memory: SharedMemory;
  clock: Clock;
  /** Is told before what was said is stored: whatever answers it may then be sent. */
  wrote(
    place: Place,
    allowed: { messages: number; until: Date; address?: string | undefined },
  ): Promise<void>;
  /** Is told after the further choices of a menu were asked for; `key`: the same for a repeat. */
  showMore(place: Place, more: Extract<Chosen, { kind: 'more' }>, key: string): Promise<void>;
  /** Is told after an answer to how it was with a person of the app's own desk; `key`: the same for a repeat. */
  rated(place: Place, score: Score, key: string): Promise<void>;
}

/** What a customer's message, or what else they have done, allows. */
export interface Allowance {
  messages: number;
  forMs: number;
}

/** Where it was said: a conversation of a messaging app, which begins with the customer's first message. */
export type Place = Pick<ConversationInfo, 'id' | 'channel' | 'userId'>;

/** What a platform tells us of, once or several times. */
export interface Told {
  place: Place;
  /** The same for each delivery of the same message. */
  dedupeKey: string;
  sentAt: Date;
  allows: Allowance;
  /** The customer's language by the app, which the bot goes by until it knows better. */
  locale?: string | undefined;
  /** What the channel needs to answer, where that changes. */
  address?: string | undefined;
}

export interface Arrived extends Told {
  content: Content;
  /** Too old to be answered by a bot: it is kept for the people who read the conversation. */
  late?: boolean | undefined;
  /** The answer is waited for; the message is found in the log by this name. */
  inline?: string | undefined;
}

export type Received = 'accepted' | 'duplicate';

/** Takes in what customers send in messaging apps. Whatever it returns is stored; it throws when it is not. */
export interface Receiver {
  message(arrived: Arrived): Promise<Received>;
  /** The customer has opened the chat: the bot greets, unless they have talked before. */
  opened(told: Told): Promise<Received>;
}

/** No platform takes more; a text of ours that comes back may be as long. */
const MAX_TEXT_CHARS = 4000;
const LOCALE: Locale = REFERENCE_LOCALE;

/** Files are never fetched: what is shown to the bot and the staff is that there was one. */
const FILE_TYPES = {
  image: 'image/unknown',
  video: 'video/unknown',
  file: 'application/octet-stream',
  voice: 'audio/unknown',
} as const;

/** Never in the middle of a character. */
const cutOff = (text: string) => text.slice(0, MAX_TEXT_CHARS).replace(/\p{Surrogate}$/u, '');

/** What is said in words; undefined for what has none. */
function wordsOf(content: Content): string | undefined {
  switch (content.kind) {
    case 'text':
      return content.text;
    case 'voice':
      return content.words;
    case 'location':
      return textOf(LOCALE, 'channels.sentPlace', { place: content.label });
    case 'link':
      return textOf(LOCALE, 'channels.sentLink', { title: content.title, url: content.url });
    case 'mini-program':
      return textOf(LOCALE, 'channels.sentPage', { title: content.title });
    default:
      return undefined;
  }
}

function wordless(content: Content): Partial<NewActivity> {
  const contentType =
    content.kind in FILE_TYPES
      ? FILE_TYPES[content.kind as keyof typeof FILE_TYPES]
      : 'application/x-unsupported';
  return { attachments: [{ contentType }] };
}

export function createReceiver(parts: ReceiverParts): Receiver {
  const { store, accept, maskInTalk, memory, clock } = parts;

  /** Of two taps at the same moment, the log shows neither to the other. */
  async function isFirst(conversationId: string, seq: number, dedupeKey: string): Promise<boolean> {
    const key = `menu:${conversationId}:${seq}`;
    const kept = { value: dedupeKey, ttlSeconds: (2 * MENU_TTL_MS) / 1000 };
    return (await memory.swap(key, undefined, kept)) || (await memory.read(key)) === dedupeKey;
  }

  async function chosen({ place, dedupeKey, content }: Arrived) {
    if (content.kind !== 'text' || !mayChoose(content)) return undefined;
    const found = await store.find(place.id);
    const from = Math.max(0, (found?.lastSeq ?? 0) - MENU_ENTRIES);
    const entries = found ? await store.read(place.id, from, MENU_ENTRIES) : [];
    const choice = choose(content, entries, clock.now());
    if (choice.kind !== 'chosen' || (await isFirst(place.id, choice.seq, dedupeKey))) return choice;
    return { kind: 'stale' } as const;
  }

  async function activityOf(
    arrived: Arrived,
    choice: Awaited<ReturnType<typeof chosen>>,
  ): Promise<NewActivity> {
    const { place, content, sentAt, late, inline } = arrived;
    const raw = choice?.kind === 'chosen' ? choice.says : wordsOf(content);
    const said = raw === undefined ? undefined : cutOff(cleanText(raw));
    const before = said && maskInTalk.asksBack(said) ? await saidBefore(store, place.id, clock) : [];
    const masked = said === undefined ? undefined : maskInTalk.mask(said, before);
    const channelData = {
      ...(masked && masked.sensitive.length > 0 && { sensitive: masked.sensitive }),
      ...(choice?.kind === 'chosen' && { [MARKS.menu]: choice.seq }),
      ...(choice?.kind === 'stale' && { [MARKS.staleChoice]: true }),
      ...(late && { [MARKS.late]: true }),
      ...(inline && { [MARKS.inline]: inline }),
    };
    return {
      type: 'message',
      from: { id: place.userId, role: 'user' } as NonNullable<NewActivity['from']>,
      ...(masked ? { text: masked.text, textFormat: 'plain' } : wordless(content)),
      localTimestamp: sentAt.toISOString() as unknown as Date,
      channelData,
    };
  }

  const wrote = ({ place, sentAt, allows: { messages, forMs }, address }: Told) =>
    parts.wrote(place, {
      messages,
      // By a clock of theirs that is fast, no longer than by ours.
      until: new Date(Math.min(sentAt.getTime(), clock.now().getTime()) + forMs),
      ...(address !== undefined && { address }),
    });

  async function open({ place, locale }: Told): Promise<{ created: boolean }> {
    return store.open({ ...place, locale: localeFor(locale) });
  }

  async function take(told: Told, incoming: Parameters<Accept>[1]): Promise<Received> {
    for (;;) {
      const accepted = await accept(told.place.id, incoming);
      if (accepted.kind !== 'unknown-conversation') return accepted.kind;
      await open(told);
    }
  }

  return {
    async message(arrived) {
      const { place, dedupeKey } = arrived;
      const choice = await chosen(arrived);
      const asked = choice?.kind === 'chosen' ? choice.asked : undefined;
      const score = asked?.key === SURVEY_KEY ? scoreAt(asked.place) : undefined;
      const more = choice?.kind === 'more' ? choice : undefined;
      // The bot has asked nothing, or has nothing to say to it.
      const late = arrived.late || score !== undefined || more !== undefined;
      const activity = await activityOf({ ...arrived, late }, choice);
      await wrote(arrived);
      const received = await take(arrived, { origin: 'customer', activity, dedupeKey });
      if (score !== undefined) await parts.rated(place, score, `rated:${dedupeKey}`);
      if (more) await parts.showMore(place, more, `more:${dedupeKey}`);
      return received;
    },
    async opened(told) {
      const { place, dedupeKey } = told;
      await open(told);
      // Said to be a repeat: there is nothing more to be done about it.
      if ((await store.find(place.id))?.lastSeq !== 0) return 'duplicate';
      const user = { id: place.userId, role: 'user' } as NonNullable<NewActivity['from']>;
      const activity: NewActivity = {
        type: 'conversationUpdate',
        from: user,
        membersAdded: [{ ...user, name: '' }],
      };
      await wrote(told);
      return take(told, { origin: 'system', activity, dedupeKey });
    },
  };
}
