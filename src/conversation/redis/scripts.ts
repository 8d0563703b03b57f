import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fromRoot } from '../../root.ts';
import type { RedisClient } from './connection.ts';

const STEPS = ['open', 'accept', 'claim', 'renew', 'release', 'commit', 'append'] as const;
type ScriptName = (typeof STEPS)[number] | 'unleased';

/** Runs one script; its reply still has to be checked. */
export type RunScript = (
  client: RedisClient,
  name: ScriptName,
  keys: string[],
  args: (string | number)[],
) => Promise<unknown>;

const isUnknown = (error: unknown) => error instanceof Error && error.message.startsWith('NOSCRIPT');

/**
 * Reads the scripts. They are sent to a server that does not have them, at the first call. With `tellsLater`
 * they leave it to the caller to wake others.
 */
export async function loadScripts(tellsLater = false): Promise<RunScript> {
  const read = (name: string) => readFile(fromRoot('src/conversation/redis/scripts', `${name}.lua`), 'utf8');
  const parts = tellsLater ? ['common', 'told-later'] : ['common'];
  const common = (await Promise.all(parts.map(read))).join('\n');
  const scripts = new Map<ScriptName, { source: string; sha: string }>();
  const add = (name: ScriptName, source: string) =>
    scripts.set(name, { source, sha: createHash('sha1').update(source).digest('hex') });
  for (const name of STEPS) add(name, `${common}\n${await read(name)}`);
  add('unleased', await read('unleased'));

  return async (client, name, keys, args) => {
    const script = scripts.get(name);
    if (!script) throw new Error(`no such script: ${name}`);
    const command = ['EVALSHA', script.sha, String(keys.length), ...keys, ...args.map(String)];
    try {
      return await client.sendCommand(command);
    } catch (error) {
      // A new or restarted server, or SCRIPT FLUSH.
      if (!isUnknown(error)) throw error;
      await client.scriptLoad(script.source);
      return client.sendCommand(command);
    }
  };
}
