import type { ConversationStore, NewActivity } from '../../conversation/store.ts';
import type { Clock } from '../../domain/clock.ts';
import type { Deliveries } from '../../domain/delivery.ts';
import type { MaskInTalk } from '../../domain/intent.ts';
import { MARKS } from '../../domain/message-marks.ts';
import { cleanText } from '../clean-text.ts';
import type { CallbackOutcome } from '../counts.ts';
import type { Content } from '../inbound.ts';
import type { Allowance, Receiver } from '../receive.ts';
import { CODE_MS, type SayByCode } from './by-code.ts';
import type { WecomClient } from './client.ts';
import { decodeItem, type WecomInbound } from './decode.ts';
import type { TakeEvent } from './events.ts';
import { WITH_PERSON } from './pass-on.ts';
import { placeOf } from './place.ts';

type Event = Extract<WecomInbound, { kind: 'event' }>;
type Message = Extract<WecomInbound, { kind: 'message' }>;
type AgentMessage = Extract<WecomInbound, { kind: 'agent-message' }>;

export interface TakeParts {
  store: Pick<ConversationStore, 'append' | 'find'>;
  deliveries: Pick<Deliveries, 'find' | 'resume'>;
  receiver: Receiver;
  client: Pick<WecomClient, 'serviceState'>;
  sayByCode: SayByCode;
  /** What a customer's message allows. */
  allows: Allowance;
  clock: Clock;
  maskInTalk: MaskInTalk;
  /** How the bot greets who opens the chat. */
  welcome: NewActivity;
  /** Events besides greetings: messages that were not delivered, talks that agents take or end. */
  takeEvent: TakeEvent;
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

export function createTake(parts: TakeParts): TakeItem {
  const { store, deliveries, receiver, client, sayByCode, clock, allows, maskInTalk, welcome } = parts;

  /** What agents write in WeCom's client, as the log keeps it: no number of a customer's that they repeat. */
  const agentWords = (content: Content) =>
    content.kind === 'text' ? maskInTalk.mask(cleanText(content.text), []).text : undefined;

  const ageOf = ({ sentAt }: WecomInbound) => clock.now().getTime() - sentAt.getTime();

  const isForgotten = (inbound: WecomInbound, isReplay: boolean) => isReplay && ageOf(inbound) > FORGOTTEN_MS;

  /** The platform is asked, since not every end of a talk with an agent is told. While it does not say, it is theirs. */
  async function isWithPerson({ openKfId, customer }: Message): Promise<boolean> {
    const { id } = placeOf({ openKfId, customer });
    if ((await deliveries.find(id))?.waits !== 'with-person') return false;
    const found = await client.serviceState({ openKfId, customer });
    const isTheirs = found.kind !== 'done' || WITH_PERSON.includes(found.value.state);
    if (!isTheirs) await deliveries.resume(id);
    return isTheirs;
  }

  async function takeMessage(message: Message, isReplay: boolean): Promise<CallbackOutcome> {
    const { messageId, sentAt, content } = message;
    if (isForgotten(message, isReplay)) return 'ignored';
    // What is said to an agent in WeCom is kept for people to read.
    const late = (isReplay && ageOf(message) > LATE_MS) || (await isWithPerson(message));
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
    if (!isKnown || isForgotten(message, isReplay)) return 'ignored';
    const from = { id: agent, name: agent, role: 'bot' } as NonNullable<NewActivity['from']>;
    const activity: NewActivity = { type: 'message', from, text: words, channelData: { [MARKS.sent]: true } };
    await store.append(place.id, 'agent', [activity], `wecom:${messageId}`);
    return 'accepted';
  }

  async function takeEvent(inbound: Event, isReplay: boolean): Promise<CallbackOutcome> {
    const { event, customer, openKfId, messageId } = inbound;
    if (isForgotten(inbound, isReplay)) return 'ignored';
    const code = event.kind === 'entered' ? event.welcomeCode : undefined;
    if (!code || !customer || ageOf(inbound) >= CODE_MS) return parts.takeEvent(inbound);
    const place = placeOf({ openKfId, customer });
    return (await sayByCode(place, code, `welcome:${messageId}`, welcome)) ? 'accepted' : 'failed';
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
        return takeEvent(inbound, isReplay);
    }
  };
}
