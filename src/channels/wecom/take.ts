import { REFERENCE_LOCALE } from '../../../locales/index.ts';
import type { ConversationStore, NewActivity } from '../../conversation/store.ts';
import type { Clock } from '../../domain/clock.ts';
import type { MaskInTalk } from '../../domain/intent.ts';
import { MARKS } from '../../domain/message-marks.ts';
import { cleanText } from '../clean-text.ts';
import type { CallbackOutcome } from '../counts.ts';
import type { Content } from '../inbound.ts';
import type { Allowance, Receiver } from '../receive.ts';
import type { WecomClient } from './client.ts';
import { decodeItem, type WecomInbound } from './decode.ts';
import { encode } from './encode.ts';
import { messageIdFor, placeOf } from './place.ts';

type Event = Extract<WecomInbound, { kind: 'event' }>;
type Message = Extract<WecomInbound, { kind: 'message' }>;
type AgentMessage = Extract<WecomInbound, { kind: 'agent-message' }>;

export interface TakeParts {
  store: Pick<ConversationStore, 'open' | 'append' | 'find'>;
  receiver: Receiver;
  client: Pick<WecomClient, 'sendOnEvent'>;
  /** What a customer's message allows. */
  allows: Allowance;
  clock: Clock;
  maskInTalk: MaskInTalk;
  /** How the bot greets who opens the chat. */
  welcome: NewActivity;
  /** Events besides greetings: messages that were not delivered, talks that agents take or end. */
  onEvent?: ((event: Event) => Promise<void>) | undefined;
}

/** Takes one item that was fetched; returns when what matters of it is stored, throws when it could not be. */
export type TakeItem = (
  item: unknown,
  fetched: { openKfId: string; isReplay: boolean },
) => Promise<CallbackOutcome>;

/** The bot answers nothing older after its place in the list was lost: it would answer it for a second time. */
const LATE_MS = 10 * 60_000;
/** The store knows repeats for a day. What is older has been stored before, or nobody has waited for it. */
const FORGOTTEN_MS = 23 * 3_600_000;
const CODE_MS = 20_000;

export function createTake({
  store,
  receiver,
  client,
  clock,
  allows,
  maskInTalk,
  welcome,
  onEvent,
}: TakeParts): TakeItem {
  /** What agents write in WeCom's client, as the log keeps it: no number of a customer's that they repeat. */
  const agentWords = (content: Content) =>
    content.kind === 'text' ? maskInTalk.mask(cleanText(content.text), []).text : undefined;

  const ageOf = ({ sentAt }: WecomInbound) => clock.now().getTime() - sentAt.getTime();

  async function takeMessage(message: Message, isReplay: boolean): Promise<CallbackOutcome> {
    const { messageId, sentAt, content } = message;
    const late = isReplay && ageOf(message) > LATE_MS;
    if (isReplay && ageOf(message) > FORGOTTEN_MS) return 'ignored';
    return receiver.message({
      place: placeOf(message),
      dedupeKey: `wecom:${messageId}`,
      sentAt,
      content,
      allows,
      late,
    });
  }

  /** Read by the staff of our own desk, too; the customer has it already. */
  async function takeAgentMessage(message: AgentMessage, isReplay: boolean): Promise<CallbackOutcome> {
    const { agent, messageId, content } = message;
    const place = placeOf(message);
    const words = agentWords(content);
    const isKnown = words !== undefined && (await store.find(place.id)) !== undefined;
    if (!isKnown || (isReplay && ageOf(message) > FORGOTTEN_MS)) return 'ignored';
    const from = { id: agent, name: agent, role: 'bot' } as NonNullable<NewActivity['from']>;
    const activity: NewActivity = { type: 'message', from, text: words, channelData: { [MARKS.sent]: true } };
    await store.append(place.id, 'agent', [activity], `wecom:${messageId}`);
    return 'accepted';
  }

  /** By its code, which is good for seconds: it cannot wait behind other messages. */
  async function greet(event: Event & { customer: string }, code: string): Promise<CallbackOutcome> {
    const place = placeOf(event);
    const key = `welcome:${event.messageId}`;
    await store.open({ ...place, locale: REFERENCE_LOCALE });
    const channelData = { ...welcome.channelData, [MARKS.sent]: true };
    const [entry] = await store.append(place.id, 'bot', [{ ...welcome, channelData }], key);
    if (!entry) return 'ignored';
    const unsent = { ...entry, activity: { ...entry.activity, channelData: welcome.channelData } };
    const [first] = encode([unsent], { locale: REFERENCE_LOCALE, now: clock.now() });
    if (first?.body.kind !== 'message') return 'ignored';
    const result = await client.sendOnEvent(code, messageIdFor(key), first.body.message);
    return result.kind === 'done' ? 'accepted' : 'failed';
  }

  async function takeEvent(inbound: Event): Promise<CallbackOutcome> {
    const { event, customer } = inbound;
    if (event.kind === 'entered' && event.welcomeCode && customer && ageOf(inbound) < CODE_MS) {
      return greet({ ...inbound, customer }, event.welcomeCode);
    }
    await onEvent?.(inbound);
    return event.kind === 'unsupported' || !onEvent ? 'ignored' : 'accepted';
  }

  return async (item, { openKfId, isReplay }) => {
    const inbound = decodeItem(item, openKfId);
    switch (inbound?.kind) {
      case undefined:
        return 'malformed';
      case 'message':
        return takeMessage(inbound, isReplay);
      case 'agent-message':
        return takeAgentMessage(inbound, isReplay);
      case 'event':
        return takeEvent(inbound);
    }
  };
}
