import { createHash } from 'node:crypto';

/** Logical shards, fixed for good: each is one hash tag, so one slot of a Redis Cluster. */
export const SHARDS = 1024;

/** The keys of one step's script, in the order `scripts/common.lua` takes them. */
export interface ConversationKeys {
  conversation: string;
  log: string;
  index: string;
  /** Channel of the wake-ups; sharded pub/sub hashes it like a key. */
  wake: string;
  /** The customer's key is hashed: it has any length and any characters, and is theirs. */
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
      const shard = createHash('sha1').update(id).digest().readUInt16BE(0) % SHARDS;
      return {
        conversation: inShard(shard, `c:${id}`),
        log: inShard(shard, `l:${id}`),
        index: inShard(shard, 'pending'),
        wake: inShard(shard, `w:${id}`),
        dedupe(key) {
          const hash = createHash('sha256').update(key, 'utf16le').digest('base64url');
          return inShard(shard, `d:${id}:${hash}`);
        },
      };
    },
  };
}

export type Keys = ReturnType<typeof createKeys>;
