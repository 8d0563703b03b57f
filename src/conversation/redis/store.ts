import type { Clock } from '../../domain/clock.ts';
import type { Log } from '../../domain/log.ts';
import { createDamageReport } from '../damage.ts';
import { entryAt } from '../log-entry.ts';
import { createSeldom } from '../seldom.ts';
import type { ConversationStore, NewActivity, Origin } from '../store.ts';
import { openConnection } from './connection.ts';
import type { RedisFault } from './fault.ts';
import { createKeys } from './keys.ts';
import { findUnleased } from './pending.ts';
import { checkPermissions } from './permissions.ts';
import {
  claimFrom,
  encodeAppended,
  encodePassing,
  entriesAt,
  entriesFrom,
  entryFrom,
  FOUND,
  foundFrom,
  infoOf,
  pendingFrom,
  reply,
} from './replies.ts';
import { loadScripts } from './scripts.ts';
import { checkServers } from './server-check.ts';
import type { RedisSettings } from './settings.ts';
import { openWakeUps } from './wake-ups.ts';

/**
 * The store port on Redis 7, for any number of processes. A conversation is forgotten 30 days after its last
 * write. Throws `RedisFault` when Redis cannot be reached; afterwards it comes back by itself after an outage.
 */
export async function createRedisStore(parts: {
  redis: RedisSettings;
  /** Absent: Redis' own, the one clock that all processes share. */
  clock?: Clock;
  log: Log;
  /** What all keys begin with, where several installations share a server. */
  keyPrefix?: string;
}): Promise<ConversationStore> {
  const { redis, log } = parts;
  const keys = createKeys(parts.keyPrefix ?? 'unbind');
  const tellsLater = redis.waitReplicas > 0;
  const runScript = await loadScripts(tellsLater);
  const connection = await openConnection({ settings: redis, log, purpose: 'commands' });
  const now = () => parts.clock?.now().getTime();

  async function serverTime(): Promise<number> {
    const [seconds, microseconds] = reply.time.parse(
      await connection.call('time', keys.offers, (client) => client.time()),
    );
    return seconds * 1000 + Math.floor(microseconds / 1000);
  }

  /** One step of the port on one conversation: one script, one round trip. */
  function step(
    name: Exclude<Parameters<typeof runScript>[1], 'unleased'>,
    id: string,
    args: (string | number)[],
    dedupeKey?: string,
    unconfirmed?: (value: unknown) => void,
  ): Promise<unknown> {
    const { conversation, log, index, wake, dedupe } = keys.of(id);
    const names = [conversation, log, index, wake];
    if (dedupeKey !== undefined) names.push(dedupe(dedupeKey));
    const all = [id, now() ?? '', ...args];
    return connection.write(name, conversation, (client) => runScript(client, name, names, all), unconfirmed);
  }

  /**
   * Too few replicas have a claim: its caller is refused and never uses the lease, which would keep others away,
   * nor the attempt. Written without waiting, as the replicas are what is missing.
   */
  function giveBackUnused(id: string, fence: number): void {
    const { conversation, log, index, wake } = keys.of(id);
    const args = [id, now() ?? '', fence, 1];
    connection
      .call('release', conversation, (client) =>
        runScript(client, 'release', [conversation, log, index, wake], args),
      )
      .catch(() => undefined);
  }

  /** Wakes others where the scripts leave that to us: now that the replicas have it. */
  function tell(
    id: string,
    origin: Origin,
    stamps: [seq: number, at: number][],
    activities: NewActivity[],
  ): void {
    if (!tellsLater || stamps.length === 0) return;
    const places = stamps.map(([seq, at]) => ({ seq, origin, at }));
    const { wake } = keys.of(id);
    connection
      .call('tell', wake, (client) => client.sPublish(wake, encodeAppended(places, activities)))
      // Whoever listens was told that there is something, and looks for it.
      .catch(() => undefined);
  }

  const seldom = createSeldom();
  const damage = createDamageReport(log, (id) => {
    const { conversation, log } = keys.of(id);
    return { record: conversation, log };
  });

  const bodies = (activities: object[]) => activities.map((activity) => JSON.stringify(activity));

  async function newest(id: string) {
    const key = keys.of(id).log;
    const lines = await connection.call('read', key, (client) =>
      client.xRevRange(key, '+', '-', { COUNT: 1 }),
    );
    return entriesFrom(id, reply.read.parse(lines));
  }

  async function start() {
    await checkServers(connection, redis, log);
    await checkPermissions(connection, keys.of('any'));
    return openWakeUps({ settings: redis, log, newest, channelOf: (id) => keys.of(id).wake });
  }
  const wakeUps = await start().catch(async (error: unknown) => {
    await connection.close();
    throw error;
  });

  return {
    async open(info) {
      const args = [info.channel, info.userId, info.locale];
      if (info.customerId !== undefined) args.push(info.customerId);
      const [created, stored] = reply.open.parse(await step('open', info.id, args));
      return { created: created === 1, conversation: infoOf(info.id, stored) };
    },

    async find(id) {
      const key = keys.of(id).conversation;
      return foundFrom(id, key, await connection.call('find', key, (client) => client.hmGet(key, FOUND)));
    },

    async accept(id, { origin, activity, dedupeKey }, leaseMs = 0) {
      const args = [origin, JSON.stringify(activity), leaseMs];
      const unconfirmed = (value: unknown) => {
        const [, , given] = reply.accept.parse(value);
        if (given) giveBackUnused(id, given[0]);
      };
      const answer = reply.accept.parse(await step('accept', id, args, dedupeKey, unconfirmed));
      if (answer[0] === 'unknown-conversation') return { kind: answer[0] };
      if (answer[0] === 'duplicate') return { kind: answer[0], entry: entryFrom(id, answer[1]) };
      const [kind, [seq, at], given] = answer;
      tell(id, origin, [[seq, at]], [activity]);
      const entry = entryAt(id, { seq, origin, at }, activity);
      if (!given) return { kind, entry };
      const claim = damage.inClaim(claimFrom(id, given, leaseMs));
      // It is the one to be run now when nothing older waits.
      claim.messages.push({ ...entry, attempts: claim.messages.length === 0 ? 1 : 0 });
      return { kind, entry, claim };
    },

    async claim(id, leaseMs) {
      const unconfirmed = (value: unknown) => {
        const [, given] = reply.claim.parse(value);
        if (given) giveBackUnused(id, given[0]);
      };
      const answer = reply.claim.parse(await step('claim', id, [leaseMs], undefined, unconfirmed));
      if (answer[0] !== 'claimed') return { kind: answer[0] };
      return { kind: answer[0], claim: damage.inClaim(claimFrom(id, answer[1], leaseMs)) };
    },

    async renew(id, fence, leaseMs) {
      return reply.flag.parse(await step('renew', id, [fence, leaseMs]));
    },

    async commit(claim, turn) {
      const { conversation, fence, leaseMs } = claim;
      const { id } = conversation;
      const args = [fence, turn.seq, JSON.stringify(turn.state), turn.mode, leaseMs, ...bodies(turn.replies)];
      const [kind, stamps, rows] = reply.commit.parse(await step('commit', id, args));
      if (kind === 'stale') return { kind };
      tell(id, 'bot', stamps, turn.replies);
      const replies = entriesAt(id, 'bot', stamps, turn.replies);
      if (!rows) return { kind, replies };
      const { lost: _, ...present } = claim;
      const { mode, state } = turn;
      const messages = pendingFrom(id, rows);
      return { kind, replies, claim: damage.inClaim({ ...present, mode, state, messages }) };
    },

    async release(id, fence) {
      await step('release', id, [fence]);
    },

    async offer(id) {
      await connection.call('offer', keys.offers, (client) => client.publish(keys.offers, id));
    },

    onOffer: (listener) => wakeUps.onOffer(keys.offers, listener),

    async append(id, origin, activities, dedupeKey) {
      const answer = reply.append.parse(await step('append', id, [origin, ...bodies(activities)], dedupeKey));
      if (answer[0] === 'duplicate') return [entryFrom(id, answer[1])];
      const [, stamps] = answer;
      tell(id, origin, stamps, activities);
      return entriesAt(id, origin, stamps, activities);
    },

    async read(id, afterSeq, limit) {
      const key = keys.of(id).log;
      const lines = await connection.call('read', key, (client) =>
        client.xRange(key, `${afterSeq + 1}-0`, '+', { COUNT: limit }),
      );
      return damage.inLog(id, entriesFrom(id, reply.read.parse(lines)));
    },

    async pending(olderThanMs, limit) {
      const at = now() ?? (await serverTime());
      const onForeign = (err: RedisFault) => {
        if (seldom(err.message) !== undefined) log.error({ err }, 'conversations of a shard cannot be found');
      };
      const acceptedBy = at - olderThanMs;
      return findUnleased({ connection, runScript, keys, now: at, acceptedBy, limit, onForeign });
    },

    subscribe: (id, listener) => wakeUps.subscribe(id, listener),

    async pass(id, activity) {
      const { wake } = keys.of(id);
      await connection.call('pass', wake, (client) => client.sPublish(wake, encodePassing(activity)));
    },

    async ping() {
      await Promise.all([connection.ping(), wakeUps.ping()]);
    },

    async close() {
      await wakeUps.close();
      await connection.close();
    },
  };
}
