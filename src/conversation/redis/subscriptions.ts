import type { Log } from '../../domain/log.ts';
import { type Connection, openConnection, type RedisClient } from './connection.ts';
import type { RedisSettings } from './settings.ts';

/** A pub/sub channel that this process listens to while it is wanted. */
export interface Channel {
  readonly name: string;
  /** Told only by the server that has its slot; the others are told by all. */
  readonly isSharded: boolean;
  isWanted: boolean;
  hear(message: string): void;
  /** It is subscribed anew, and what was published meanwhile is gone. */
  lookAgain(): Promise<void>;
  /** It is unsubscribed, and nobody has wanted it again. */
  forget(): void;
}

/** Where a channel is subscribed. */
interface Place {
  channel: Channel;
  on: RedisClient | undefined;
  /** Subscribing and leaving, one after another: crossing each other they would end in silence. */
  turn: Promise<void> | undefined;
}

/** Resubscribed and looked at together: other callers' commands get in between. */
const CHUNK = 200;
const REVIEW_MS = 1_000;

/**
 * Keeps channels subscribed on connections of their own, through outages, failovers and moving slots. What is
 * subscribed where is known here and not left to the client, so that it is also known who missed something.
 */
export async function openSubscriptions(parts: { settings: RedisSettings; log: Log }) {
  const places = new Map<string, Place>();
  let opened: Connection | undefined;
  let settling: Promise<void> | undefined;
  let isUnsettled = false;

  const connection = await openConnection({
    ...parts,
    purpose: 'wake-ups',
    onClient(client) {
      // The server says so when it no longer has the channel's slot.
      client.on('sharded-channel-moved', (name: string) => {
        const place = places.get(name);
        if (place?.on === client) place.on = undefined;
        settle();
      });
    },
    onChange: settle,
  });
  opened = connection;

  function leave({ name, isSharded, hear }: Channel, client: RedisClient): Promise<void> {
    return isSharded ? client.sUnsubscribe(name, hear) : client.unsubscribe(name, hear);
  }

  async function join(place: Place, client: RedisClient): Promise<void> {
    const { channel, on } = place;
    if (on === client) return;
    const { name, hear } = channel;
    await (channel.isSharded ? client.sSubscribe(name, hear) : client.subscribe(name, hear));
    place.on = client;
    // With its slot the subscription went, too; this only tidies up.
    if (on?.isReady) leave(channel, on).catch(() => undefined);
  }

  /** Subscribes where the channel is now, or leaves when nobody wants it any more. */
  async function align(place: Place): Promise<void> {
    const { channel, on } = place;
    const { name } = channel;
    if (channel.isWanted) return connection.call('subscribe', name, (client) => join(place, client));
    place.on = undefined;
    // What cannot be left is not listened to any more; keeping it would keep it for good.
    if (on?.isReady)
      await connection.call('unsubscribe', name, () => leave(channel, on)).catch(() => undefined);
    if (channel.isWanted || !places.delete(name)) return;
    channel.forget();
  }

  function takeTurn(place: Place): Promise<void> {
    const turn = (place.turn ?? Promise.resolve())
      .catch(() => undefined)
      .then(() => align(place))
      .finally(() => {
        if (place.turn === turn) place.turn = undefined;
      });
    place.turn = turn;
    return turn;
  }

  async function settleAll({ clientOf }: Connection): Promise<void> {
    const astray = [...places.values()].filter(({ on, channel }) => {
      const client = clientOf(channel.name);
      return client && client !== on && channel.isWanted;
    });
    for (let done = 0; done < astray.length; done += CHUNK) {
      const chunk = astray.slice(done, done + CHUNK);
      await Promise.all(chunk.map((place) => takeTurn(place).then(() => place.channel.lookAgain())));
    }
  }
  function settle(): void {
    isUnsettled = settling !== undefined;
    if (!opened || settling) return;
    settling = settleAll(opened)
      // Tried again at the next review.
      .catch(() => undefined)
      .finally(() => {
        settling = undefined;
        if (isUnsettled) settle();
      });
  }
  const review = setInterval(settle, REVIEW_MS);
  review.unref();

  return {
    /**
     * Subscribes a channel that is wanted, leaves one that is not. There may be one of a name, until it is
     * forgotten. Throws `RedisFault`.
     */
    async align(channel: Channel): Promise<void> {
      const place = places.get(channel.name) ?? { channel, on: undefined, turn: undefined };
      places.set(channel.name, place);
      if (channel.isWanted && place.on && !place.turn) return;
      await takeTurn(place);
    },
    ping: () => connection.ping(),
    async close(): Promise<void> {
      clearInterval(review);
      opened = undefined;
      await connection.close();
    },
  };
}
