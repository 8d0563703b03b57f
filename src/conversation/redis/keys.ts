import { createHash } from 'node:crypto';

/** Logical shards, fixed for good: each is one hash tag, so one slot of a Redis Cluster. */
export const SHARDS = 1024;

/** What clients usually send: a UUID behind a word. */
const PLAIN = /^[\w:.-]{1,64}$/;

/** The keys of one step's script, in the order `scripts/common.lua` takes them. */
export interface ConversationKeys {
  conversation: string;
  log: string;
  index: string;
  /** Channel of the wake-ups; sharded pub/sub hashes it like a key. */
  wake: string;
  /** The customer's key, hashed unless it is short and plain: it may have any length and any characters. */
  dedupe(key: string): string;
}

/** Names of all keys; everything of one conversation and of its shard's index is in one slot. */
export function createKeys(prefix: string) {
  const inShard = (shard: number, name: string) => `${prefix}:{${shard}}:${name}`;

  return {
    /** Channel on which conversations are offered to all processes. */
    offers: `${prefix}:offers`,
    indexOf: (shard: number) => inShard(shard, 'pending'),
    /** What conversation keys of this shard begin with; the id follows. */
    conversationsOf: (shard: number) => inShard(shard, 'c:'),
    of(id: string): ConversationKeys {
      const shard = shardOf(id);
      return {
        conversation: inShard(shard, `c:${id}`),
        log: inShard(shard, `l:${id}`),
        index: inShard(shard, 'pending'),
        wake: inShard(shard, `w:${id}`),
        dedupe(key) {
          if (PLAIN.test(key)) return inShard(shard, `d:${id}:${key}`);
          const hash = createHash('sha256').update(key, 'utf16le').digest('base64url');
          return inShard(shard, `d:${id}:#${hash}`);
        },
      };
    },
  };
}

/** FNV-1a, its upper bits: spreads ids evenly and costs a tenth of a cryptographic hash. */
function shardOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let n = 0; n < id.length; n++) hash = Math.imul(hash ^ id.charCodeAt(n), 0x01000193);
  return (hash >>> 16) % SHARDS;
}

export type Keys = ReturnType<typeof createKeys>;
