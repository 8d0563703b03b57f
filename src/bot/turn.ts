import { ConversationState, TurnContext } from 'botbuilder';
import { type DialogContext, DialogSet, type DialogState } from 'botbuilder-dialogs';
import type { Activity } from 'botframework-schema';
import {
  createDialogs,
  FIND_FACT,
  type FindFact,
  hearInQueue,
  notesOf,
  openQuestion,
  type Services,
  say,
} from '../../dialogs/index.ts';
import type { RunTurn, TurnResult } from '../conversation/runner.ts';
import type { Claim, NewActivity, Origin, PendingMessage } from '../conversation/store.ts';
import { isPassing } from '../domain/fault.ts';
import { HANDOFF_CHANGED, type HandoffChange, type HandoffChanged } from '../domain/handoff.ts';
import { modeAfter } from '../domain/handoff-rules.ts';
import { emptyNotes, NOTES } from '../domain/insight.ts';
import type { Understand } from '../domain/intent.ts';
import { localeFor } from '../domain/locale.ts';
import { isMarked } from '../domain/message-marks.ts';
import { PLAN_KEEPER, renewPlan } from '../domain/plan.ts';
import { TURN, type Turn } from '../domain/turn.ts';
import { ClaimedStorage, TurnAdapter } from './adapter.ts';
import { handleEvent, hearNotice } from './events.ts';
import { follow } from './follow.ts';
import { insightOf, type Seen, seenIn } from './insight.ts';
import { isUntold, tellLosses, UNTOLD, usable } from './losses.ts';
import { type Remembered, remember, understood } from './memory.ts';
import { shareMemoryScopes } from './memory-scopes.ts';
import { handleMessage, sayNotKept, warnOfSensitive } from './message.ts';
import { dropForeign } from './other-release.ts';
import { unclearIn } from './unclear.ts';

export interface BotParts {
  services: Services;
  understand: Understand;
  /** Answers questions from the texts; without it, they are only asked about. */
  findFact?: FindFact;
  log: { error(details: object, message: string): void };
}

/** How the bot appears to clients. */
export const BOT = { id: 'unbind-assistant', name: '解绑助手', role: 'bot' };

const shareScopes = shareMemoryScopes();

/** A message that has killed its process this often is answered with an apology instead of being run. */
const MAX_ATTEMPTS = 4;
/** The system says a thing once: its words are tried for minutes, a customer can be asked to write again. */
const MAX_ATTEMPTS_SYSTEM = 12;

function turnOf(claim: Claim, message: PendingMessage, understand: Understand): Turn {
  const { conversation, mode } = claim;
  const { activity } = message;
  const isText = activity.type === 'message' && typeof activity.text === 'string';
  return {
    conversationId: conversation.id,
    seq: message.seq,
    idempotencyKey: `${conversation.id}:${message.seq}`,
    customerId: conversation.customerId,
    mode,
    // Until the memory has been read, which knows what the customer asked for or writes.
    locale: localeFor(activity.locale ?? conversation.locale),
    understanding: isText ? understood(activity.text ?? '', understand) : undefined,
  };
}

function contextOf(adapter: TurnAdapter, claim: Claim, message: PendingMessage, turn: Turn): TurnContext {
  const { conversation } = claim;
  const activity = {
    ...message.activity,
    channelId: conversation.channel,
    conversation: { id: conversation.id },
    from: { id: conversation.userId },
    recipient: BOT,
    serviceUrl: '',
    locale: conversation.locale,
  };
  const context = new TurnContext(adapter, activity as Partial<Activity>);
  context.turnState.set(TURN, turn);
  context.turnState.set(NOTES, emptyNotes());
  shareScopes(context);
  return context;
}

/** What is the bot's own doing about an activity; the rest is stamped by the log and the channel. */
function asReply(activity: NewActivity, message: PendingMessage): NewActivity {
  const {
    conversation: _,
    recipient: __,
    serviceUrl: ___,
    channelId: ____,
    replyToId: _____,
    ...rest
  } = activity;
  const answersCustomer = message.origin === 'customer';
  return {
    ...rest,
    from: BOT as NonNullable<NewActivity['from']>,
    ...(answersCustomer && { replyToId: message.activity.id }),
  };
}

/** What the desk says, which is heard whoever has the conversation. */
function handoffChangeIn({ origin, activity, unreadable }: PendingMessage): HandoffChange | undefined {
  const isChange = origin === 'system' && !unreadable && activity.name === HANDOFF_CHANGED;
  return isChange ? (activity.value as HandoffChanged).change : undefined;
}

/** What a turn has come to, before it is told to reports. */
type Talked = Omit<TurnResult, 'insight'> & { seen?: Seen };

/**
 * Runs what `talk` says in a context of its own and returns its replies, the state after it and what was seen.
 * `talk` returns the open dialogs if it looked at them.
 */
async function converse(
  claim: Claim,
  message: PendingMessage,
  turn: Turn,
  talk: (
    context: TurnContext,
    state: ConversationState,
    heard: Remembered,
  ) => Promise<DialogContext | undefined>,
) {
  const adapter = new TurnAdapter();
  const storage = new ClaimedStorage(claim.state);
  const state = new ConversationState(storage);
  const context = contextOf(adapter, claim, message, turn);
  const dc = await talk(context, state, await remember(context, state, turn));
  const seen = seenIn(context, dc);
  await state.saveChanges(context);
  return { state: storage.state, replies: adapter.replies.map((reply) => asReply(reply, message)), seen };
}

/** A message that was acknowledged and is lost, to be told to whoever waits for its answer. */
function sayUnreadable(context: TurnContext, origin: Origin): Promise<void> {
  return say(context, origin === 'system' ? 'common.noticeLost' : 'common.unreadable');
}

/** The bot's side of a turn: one message in, replies and the new state out. */
export function createBot(parts: BotParts): RunTurn {
  const dialogs = createDialogs(parts.services);

  async function openDialogs(
    context: TurnContext,
    state: ConversationState,
    { memory }: Remembered,
  ): Promise<DialogContext> {
    renewPlan(memory, parts.services.clock.now());
    context.turnState.set(PLAN_KEEPER, memory);
    const set = new DialogSet(state.createProperty<DialogState>('dialogs'));
    for (const dialog of dialogs) set.add(dialog);
    const dc = await set.createContext(context);
    const notes = notesOf(context);
    const question = openQuestion(dc);
    notes.asked = question !== undefined;
    notes.stood = { topic: dc.activeDialog?.id ?? null, step: question?.key ?? null };
    return dc;
  }

  async function talk(
    context: TurnContext,
    state: ConversationState,
    turn: Turn,
    { lost = [] }: Claim,
    { origin, unreadable }: PendingMessage,
    heard: Remembered,
  ): Promise<DialogContext> {
    if (parts.findFact) context.turnState.set(FIND_FACT, parts.findFact);
    const dc = await openDialogs(context, state, heard);
    const isMessage = origin !== 'system' && context.activity.type === 'message' && !unreadable;
    await tellLosses(context, lost, !isMessage);
    if (unreadable) await sayUnreadable(context, origin);
    // What the system raises is believed; a customer's events say nothing that the bot acts on.
    else if (origin === 'system') await handleEvent(dc, parts.services, heard.memory);
    else if (isMessage) await handleMessage(dc, turn, { ...heard, afresh: lost.includes('state') });
    notesOf(context).unclear = unclearIn({
      context,
      turn,
      memory: heard.memory,
      at: parts.services.clock.now(),
    });
    return dc;
  }

  /** The apology for a turn that failed. Dialogs of another release are given up with it: they would fail again. */
  async function apologise(claim: Claim, message: PendingMessage, turn: Turn): Promise<Talked> {
    let dropped = false;
    const said = await converse(claim, message, turn, async (context, conversationState, heard) => {
      const dc = await openDialogs(context, conversationState, heard);
      dropped = dropForeign(dc);
      await tellLosses(context, claim.lost ?? [], true);
      await say(context, 'common.fault');
      return dc;
    });
    // Who answers is the desk's to say, whether or not the words for it could be found.
    const change = handoffChangeIn(message);
    const mode = (change && modeAfter(change)) ?? claim.mode;
    return { ...said, state: dropped ? said.state : claim.state, mode };
  }

  /** What is said all the same while people have the conversation, or the customer waits for them. */
  async function hearSilently(
    dc: DialogContext,
    turn: Turn,
    { origin, unreadable }: PendingMessage,
    { memory }: Remembered,
  ): Promise<void> {
    if (unreadable) return sayUnreadable(dc.context, origin);
    if (origin === 'system') return hearNotice(dc);
    if (dc.context.activity.type !== 'message') return;
    await warnOfSensitive(dc.context);
    const isLost = await sayNotKept(dc.context);
    if (turn.mode === 'human') return parts.services.handoffs.customerWrote(turn.conversationId);
    if (isLost) return;
    const result = await hearInQueue(dc, parts.services, memory);
    if (result) await follow(dc, result);
  }

  /**
   * People have the conversation, the dialog stack waits. What nobody could read has to be told all the same; that
   * the state was lost is told when the bot speaks again.
   */
  async function keepSilent(claim: Claim, message: PendingMessage, turn: Turn): Promise<Talked> {
    const { lost = [] } = claim;
    const said = await converse(claim, message, turn, async (context, state, heard) => {
      const dc = await openDialogs(context, state, heard);
      await tellLosses(context, lost, false);
      await hearSilently(dc, turn, message, heard);
      return dc;
    });
    const { mode } = turn;
    if (mode === 'bot') return { ...said, mode };
    return { state: lost.includes('state') ? UNTOLD : said.state, mode, replies: said.replies };
  }

  /** Kept for people to read: whoever wrote it so long ago waits for no answer, or has had it. */
  function passOver({ lost = [], state, mode }: Claim): Talked {
    return { state: lost.includes('state') ? UNTOLD : state, mode, replies: [] };
  }

  async function run(claim: Claim, message: PendingMessage, turn: Turn): Promise<Talked> {
    const { mode } = claim;
    const mostAttempts = message.origin === 'system' ? MAX_ATTEMPTS_SYSTEM : MAX_ATTEMPTS;
    try {
      if (message.attempts > mostAttempts) throw new Error('the turn has ended its process again and again');
      // The one place where the bot is silent.
      if (mode !== 'bot' && !handoffChangeIn(message)) return await keepSilent(claim, message, turn);
      if (isMarked(message.activity, 'late')) return passOver(claim);
      const said = await converse(claim, message, turn, (context, conversationState, heard) =>
        talk(context, conversationState, turn, claim, message, heard),
      );
      return { ...said, mode: turn.mode };
    } catch (error) {
      // Run again in a moment, while the customer sees "typing": nothing was said or kept yet.
      if (isPassing(error) && message.attempts < mostAttempts) throw error;
      parts.log.error({ err: error, conversationId: turn.conversationId, seq: turn.seq }, 'turn failed');
      return apologise(claim, message, turn);
    }
  }

  return async (stored, message) => {
    const claim = usable(stored);
    const turn = turnOf(claim, message, parts.understand);
    if (claim !== stored && !isUntold(stored.state)) {
      const told = { conversationId: turn.conversationId, seq: turn.seq };
      parts.log.error(told, 'the state of a conversation is none of the bot; it begins anew');
    }
    const { seen, ...result } = await run(claim, message, turn);
    const insight = insightOf({ turn, claim, message, at: parts.services.clock.now(), seen });
    return { ...result, insight };
  };
}
