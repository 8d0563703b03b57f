import type { Log } from '../../domain/log.ts';
import type { LogEntry, Wake } from '../store.ts';
import { type Connection, openConnection, type RedisClient } from './connection.ts';
import { codeOf } from './fault.ts';
import { decodeWake, storedSeq } from './replies.ts';
import type { RedisSettings } from './settings.ts';

type Listener = (wake: Wake) => void;

/** One pub/sub channel that this process listens to. */
interface Channel {
  name: string;
  /** Absent: the one for offers. */
  conversationId: string | undefined;
  listeners: Set<Listener>;
  hear(message: string): void;
  /** The connection it is subscribed on. */
  on: RedisClient | undefined;
  /** Subscribing and leaving, one after another: crossing each other they would end in silence. */
  turn: Promise<void> | undefined;
  /** The newest entry that was told, and the newest that is known to be stored. */
  toldSeq: number;
  storedSeq: number;
  storedAt: number;
}

/** Resubscribed and looked at together: other callers' commands get in between. */
const CHUNK = 200;
const REVIEW_MS = 1_000;
/** Longer than the process that wrote an entry may wait for replicas before it tells of it. */
const LATE_MS = 2_500;

/**
 * Wake-ups between processes: sharded pub/sub on connections of its own. Which channel is subscribed where is
 * kept here, not in the client, so that whoever was away or moved to another server is known afterwards and
 * what was missed can be looked for.
 */
export async function openWakeUps(parts: {
  settings: RedisSettings;
  log: Log;
  channelOf(conversationId: string): string;
  /** The newest entry of a conversation's log: what a listener needs to see that it missed some. */
  newest(conversationId: string): Promise<LogEntry[]>;
}) {
  const { log, channelOf } = parts;
  const channels = new Map<string, Channel>();
  /** Those that were told of an entry, but not yet told the entry. */
  const owed = new Set<Channel>();
  let connection: Connection | undefined;
  let settling: Promise<void> | undefined;
  let isUnsettled = false;

  function tell(channel: Channel, wake: () => Wake): void {
    try {
      const told = wake();
      if (told.kind === 'appended')
        channel.toldSeq = Math.max(channel.toldSeq, told.entries.at(-1)?.seq ?? 0);
      if (channel.toldSeq >= channel.storedSeq) owed.delete(channel);
      for (const listener of channel.listeners) listener(told);
    } catch (error) {
      // Thrown into the client's parser, it would break the connection for all others.
      const { conversationId } = channel;
      log.error({ code: codeOf(error), conversationId }, 'a wake-up could not be told');
    }
  }

  function add(name: string, conversationId: string | undefined, hear: Channel['hear']): Channel {
    const none = { on: undefined, turn: undefined, toldSeq: 0, storedSeq: 0, storedAt: 0 };
    const channel: Channel = { name, conversationId, listeners: new Set(), hear, ...none };
    channels.set(name, channel);
    return channel;
  }

  function channelFor(conversationId: string): Channel {
    const name = channelOf(conversationId);
    const present = channels.get(name);
    if (present) return present;
    const channel = add(name, conversationId, (message) => {
      const stored = storedSeq(message);
      if (stored === undefined) return tell(channel, () => decodeWake(conversationId, message));
      if (stored <= channel.toldSeq) return;
      channel.storedSeq = stored;
      channel.storedAt = performance.now();
      owed.add(channel);
    });
    return channel;
  }

  const open = await openConnection({
    settings: parts.settings,
    log,
    purpose: 'wake-ups',
    onClient(client) {
      // The server says so when it no longer has the channel's slot.
      client.on('sharded-channel-moved', (name: string) => {
        const channel = channels.get(name);
        if (channel?.on === client) channel.on = undefined;
        settle();
      });
    },
    onChange: settle,
  });
  connection = open;

  function leave({ name, conversationId, hear }: Channel, client: RedisClient): Promise<void> {
    return conversationId === undefined ? client.unsubscribe(name, hear) : client.sUnsubscribe(name, hear);
  }

  async function join(channel: Channel, client: RedisClient): Promise<void> {
    const { name, conversationId, hear, on } = channel;
    if (on === client) return;
    await (conversationId === undefined ? client.subscribe(name, hear) : client.sSubscribe(name, hear));
    channel.on = client;
    // With its slot the subscription went, too; this only tidies up.
    if (on?.isReady) leave(channel, on).catch(() => undefined);
  }

  /** Subscribes where the channel is now, or leaves when nobody listens any more. */
  async function align(channel: Channel): Promise<void> {
    const { name, on } = channel;
    if (channel.listeners.size > 0) return open.call('subscribe', name, (client) => join(channel, client));
    channel.on = undefined;
    if (on?.isReady) await open.call('unsubscribe', name, () => leave(channel, on));
    if (channel.listeners.size === 0) channels.delete(name);
  }
  function takeTurn(channel: Channel): Promise<void> {
    const before = channel.turn ?? Promise.resolve();
    const turn = before
      .catch(() => undefined)
      .then(() => align(channel))
      .finally(() => {
        if (channel.turn === turn) channel.turn = undefined;
      });
    channel.turn = turn;
    return turn;
  }

  async function lookAt(channel: Channel): Promise<void> {
    const { conversationId } = channel;
    if (conversationId === undefined) return;
    const entries = await parts.newest(conversationId);
    if (entries.length > 0) tell(channel, () => ({ kind: 'appended', entries }));
  }

  /** Subscribes again what is not where it should be; what was published meanwhile is in the log. */
  async function settleAll(present: Connection): Promise<void> {
    const astray = [...channels.values()].filter(({ on, name, listeners }) => {
      const client = present.clientOf(name);
      return client && client !== on && listeners.size > 0;
    });
    for (let done = 0; done < astray.length; done += CHUNK) {
      const chunk = astray.slice(done, done + CHUNK);
      await Promise.all(chunk.map((channel) => takeTurn(channel).then(() => lookAt(channel))));
    }
  }
  function settle(): void {
    const present = connection;
    isUnsettled = settling !== undefined;
    if (!present || settling) return;
    settling = settleAll(present)
      // Tried again at the next review.
      .catch(() => undefined)
      .finally(() => {
        settling = undefined;
        if (isUnsettled) settle();
      });
  }

  /** A process that wrote an entry died before it told of it, or could not. */
  function lookForLate(): void {
    const now = performance.now();
    for (const channel of owed) {
      if (now - channel.storedAt < LATE_MS) continue;
      owed.delete(channel);
      lookAt(channel).catch(() => owed.add(channel));
    }
  }
  const review = setInterval(() => {
    settle();
    lookForLate();
  }, REVIEW_MS);
  review.unref();

  async function listen(channel: Channel, listener: Listener): Promise<() => Promise<void>> {
    // One and the same listener may come twice.
    const hear: Listener = (wake) => listener(wake);
    channel.listeners.add(hear);
    try {
      if (!channel.on || channel.turn) await takeTurn(channel);
    } catch (error) {
      channel.listeners.delete(hear);
      if (channel.listeners.size === 0) channels.delete(channel.name);
      throw error;
    }
    return async () => {
      if (!channel.listeners.delete(hear) || channel.listeners.size > 0) return;
      owed.delete(channel);
      await takeTurn(channel);
    };
  }

  return {
    subscribe: (conversationId: string, listener: Listener) => listen(channelFor(conversationId), listener),
    /** Heard by every process, the one that offers included. */
    async onOffer(name: string, listener: (conversationId: string) => void): Promise<void> {
      await listen(add(name, undefined, listener), () => undefined);
    },
    ping: () => open.ping(),
    async close(): Promise<void> {
      clearInterval(review);
      connection = undefined;
      await open.close();
    },
  };
}
