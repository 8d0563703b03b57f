import type { Clock } from '../../domain/clock.ts';
import type { Log } from '../../domain/log.ts';
import type { BotState, Claim, ConversationStore } from '../store.ts';
import { openConnection } from './connection.ts';
import { createKeys } from './keys.ts';
import { findUnleased } from './pending.ts';
import { encodePassing, entriesFrom, entryFrom, infoOf, pendingFrom, reply } from './replies.ts';
import { loadScripts } from './scripts.ts';
import { checkServer } from './server-check.ts';
import { openWakeUps } from './wake-ups.ts';

/**
 * The store port on Redis 7, for any number of processes. A conversation is forgotten 30 days after its last
 * write. Throws `RedisFault` when Redis cannot be reached; afterwards it comes back by itself after an outage.
 */
export async function createRedisStore(parts: {
  /** `redis://` or `rediss://`, with user, password and database number where needed. */
  url: string;
  clock: Clock;
  log: Log;
  /** What all keys begin with, where several installations share a server. */
  keyPrefix?: string;
}): Promise<ConversationStore> {
  const { url, clock, log } = parts;
  const keys = createKeys(parts.keyPrefix ?? 'unbind');
  const runScript = await loadScripts();
  const connection = await openConnection({ url, log, purpose: 'commands' });
  const now = () => clock.now().getTime();

  /** One step of the port on one conversation: one script, one round trip. */
  function step(
    name: Exclude<Parameters<typeof runScript>[1], 'unleased'>,
    id: string,
    args: (string | number)[],
    dedupeKey?: string,
  ): Promise<unknown> {
    const { conversation, log, pending, index, wake, dedupe } = keys.of(id);
    const names = [conversation, log, pending, index, wake];
    if (dedupeKey !== undefined) names.push(dedupe(dedupeKey));
    return connection.call(name, (client) => runScript(client, name, names, [id, now(), ...args]));
  }

  const bodies = (activities: object[]) => activities.map((activity) => JSON.stringify(activity));

  async function newest(id: string) {
    const lines = await connection.call('read', (client) =>
      client.xRevRange(keys.of(id).log, '+', '-', { COUNT: 1 }),
    );
    return entriesFrom(id, reply.read.parse(lines));
  }

  async function start() {
    await connection.call('start', (client) => checkServer(client, log));
    return openWakeUps({ url, log, newest, channelOf: (id) => keys.of(id).wake });
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
      const names = ['channel', 'userId', 'customerId', 'locale', 'mode', 'lastSeq'];
      const fields = await connection.call('find', (client) => client.hmGet(keys.of(id).conversation, names));
      if (fields[0] === null) return undefined;
      const [channel, userId, customerId, locale, mode, lastSeq] = reply.find.parse(fields);
      return { ...infoOf(id, [channel, userId, customerId, locale]), mode, lastSeq };
    },

    async accept(id, { origin, activity, dedupeKey }) {
      const args = [origin, JSON.stringify(activity)];
      const [kind, row] = reply.accept.parse(await step('accept', id, args, dedupeKey));
      return row ? { kind, entry: entryFrom(id, row) } : { kind: 'unknown-conversation' };
    },

    async claim(id, _owner, leaseMs) {
      const answer = reply.claim.parse(await step('claim', id, [leaseMs]));
      if (answer[0] !== 'claimed') return { kind: answer[0] };
      const [kind, fence, info, mode, state, rows] = answer;
      const claim: Claim = {
        conversation: infoOf(id, info),
        fence,
        mode,
        state: JSON.parse(state) as BotState,
        messages: pendingFrom(id, rows),
        leaseMs,
      };
      return { kind, claim };
    },

    async renew(id, fence, leaseMs) {
      return reply.flag.parse(await step('renew', id, [fence, leaseMs]));
    },

    async commit(claim, turn) {
      const { conversation, fence, leaseMs } = claim;
      const { id } = conversation;
      const args = [fence, turn.seq, JSON.stringify(turn.state), turn.mode, leaseMs, ...bodies(turn.replies)];
      const [kind, replyRows, rows] = reply.commit.parse(await step('commit', id, args));
      if (kind === 'stale') return { kind };
      const replies = replyRows.map((row) => entryFrom(id, row));
      if (!rows) return { kind, replies };
      const { mode, state } = turn;
      return { kind, replies, claim: { ...claim, mode, state, messages: pendingFrom(id, rows) } };
    },

    async release(id, fence) {
      await step('release', id, [fence]);
    },

    async append(id, origin, activities) {
      const rows = reply.append.parse(await step('append', id, [origin, ...bodies(activities)]));
      return rows.map((row) => entryFrom(id, row));
    },

    async read(id, afterSeq, limit) {
      const lines = await connection.call('read', (client) =>
        client.xRange(keys.of(id).log, `${afterSeq + 1}-0`, '+', { COUNT: limit }),
      );
      return entriesFrom(id, reply.read.parse(lines));
    },

    async pending(olderThanMs, limit) {
      const at = now();
      return findUnleased({ connection, runScript, keys, now: at, acceptedBy: at - olderThanMs, limit });
    },

    subscribe: (id, listener) => wakeUps.subscribe(id, listener),

    async pass(id, activity) {
      await connection.call('pass', (client) => client.sPublish(keys.of(id).wake, encodePassing(activity)));
    },

    async ping() {
      await Promise.all([connection.call('ping', (client) => client.ping()), wakeUps.ping()]);
    },

    async close() {
      await wakeUps.close();
      await connection.close();
    },
  };
}
