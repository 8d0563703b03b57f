import type { Connection } from './connection.ts';
import { RedisFault } from './fault.ts';
import { type Keys, SHARDS } from './keys.ts';
import { reply } from './replies.ts';
import type { RunScript } from './scripts.ts';

/** Commands sent at once: other callers' commands get in between. */
const CHUNK = 128;

/**
 * Conversations with old unanswered messages and no live lease, from all shards. Asking every index for one
 * member is cheap and pipelined; only a shard that has some, which is rare, is looked at by script.
 */
export async function findUnleased(parts: {
  connection: Connection;
  runScript: RunScript;
  keys: Keys;
  now: number;
  acceptedBy: number;
  limit: number;
  /** Told of a shard whose index is another program's key; the others are looked at all the same. */
  onForeign(fault: RedisFault): void;
}): Promise<string[]> {
  const { connection, runScript, keys, now, acceptedBy, limit } = parts;
  const found: string[] = [];
  // From anywhere: with more to find than the limit, the last shards would never have their turn.
  const first = Math.floor(Math.random() * SHARDS);

  for (let done = 0; done < SHARDS && found.length < limit; done += CHUNK) {
    const shards = Array.from({ length: CHUNK }, (_, i) => (first + done + i) % SHARDS);
    const probes = await Promise.all(
      shards.map((shard) => {
        const index = keys.indexOf(shard);
        return connection
          .call('pending', index, (client) => client.zCount(index, '-inf', acceptedBy))
          .catch((error: unknown) => {
            if (!(error instanceof RedisFault) || error.code !== 'WRONGTYPE') throw error;
            parts.onForeign(error);
            return 0;
          });
      }),
    );
    const occupied = shards.filter((_, i) => (probes[i] ?? 0) > 0);
    const ids = await Promise.all(
      occupied.map((shard) => {
        const index = keys.indexOf(shard);
        const args = [keys.conversationsOf(shard), now, acceptedBy, limit];
        return connection.call('pending', index, (client) => runScript(client, 'unleased', [index], args));
      }),
    );
    found.push(...ids.flatMap((answer) => reply.unleased.parse(answer)));
  }
  return found.slice(0, limit);
}
