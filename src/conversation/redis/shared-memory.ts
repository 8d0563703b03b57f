import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { SharedMemory } from '../../domain/shared-memory.ts';
import type { Connection } from './connection.ts';
import { SHARDS } from './keys.ts';

/** Sent whole each time: for so short a script that costs no more than asking whether the server knows it. */
const HIT = `#!lua
local count, left = redis.call('INCRBY', KEYS[1], ARGV[1]), redis.call('PTTL', KEYS[1])
if left < 0 then
  left = tonumber(ARGV[2])
  redis.call('PEXPIRE', KEYS[1], left)
end
return { count, left }`;

/** An empty ARGV cannot be told from a missing one, so each value has one before it that says whether it is there. */
const SWAP = `#!lua
local present = redis.call('GET', KEYS[1])
if ARGV[1] == '1' then
  if present ~= ARGV[2] then return 0 end
elseif present then
  return 0
end
if ARGV[3] == '1' then
  redis.call('SET', KEYS[1], ARGV[4], 'EX', ARGV[5])
elseif present then
  redis.call('GETDEL', KEYS[1])
end
return 1`;

const hitsSchema = z.tuple([z.int().positive(), z.int().nonnegative()]);

/** Hashed, because keys are made of callers' ids, addresses and tickets; spread over the slots of a Cluster. */
function nameOf(prefix: string, kind: 'once' | 'hits' | 'kept', key: string): string {
  const hash = createHash('sha256').update(key, 'utf16le').digest();
  const shard = hash.readUInt16BE(0) % SHARDS;
  return `${prefix}:{${shard}}:${kind}:${hash.toString('base64url')}`;
}

/**
 * The shared memory on Redis: one for all processes with the same servers and prefix, by the servers' clock.
 * Give it a connection of its own: on the store's it would wait behind writes that wait for replicas.
 * Throws `RedisFault` when Redis cannot be reached.
 */
export function createRedisMemory(parts: {
  connection: Connection;
  /** What all keys begin with, where several installations share a server. */
  keyPrefix?: string;
}): SharedMemory {
  const { connection, keyPrefix = 'unbind' } = parts;

  return {
    // Not `write`: what a failover loses here is asked for again, or counted a little too low.
    async put(key, value, ttlSeconds) {
      const name = nameOf(keyPrefix, 'once', key);
      const expiration = { type: 'EX', value: ttlSeconds } as const;
      await connection.call('put', name, (client) => client.set(name, value, { expiration }));
    },
    async take(key) {
      const name = nameOf(keyPrefix, 'once', key);
      return (await connection.call('take', name, (client) => client.getDel(name))) ?? undefined;
    },
    async hit(key, times, windowMs) {
      const name = nameOf(keyPrefix, 'hits', key);
      const given = { keys: [name], arguments: [String(times), String(windowMs)] };
      const answer = await connection.call('hit', name, (client) => client.eval(HIT, given));
      const [count, resetMs] = hitsSchema.parse(answer);
      return { count, resetMs };
    },
    async read(key) {
      const name = nameOf(keyPrefix, 'kept', key);
      return (await connection.call('read', name, (client) => client.get(name))) ?? undefined;
    },
    async swap(key, present, next) {
      const name = nameOf(keyPrefix, 'kept', key);
      const held = [present === undefined ? '0' : '1', present ?? ''];
      const kept = next ? ['1', next.value, String(next.ttlSeconds)] : ['0', '', '0'];
      const given = { keys: [name], arguments: [...held, ...kept] };
      return (await connection.call('swap', name, (client) => client.eval(SWAP, given))) === 1;
    },
  };
}
