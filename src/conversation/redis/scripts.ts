import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fromRoot } from '../../root.ts';
import type { RedisClient } from './connection.ts';
import { refusedKey } from './refusal.ts';

const STEPS = ['open', 'accept', 'claim', 'renew', 'release', 'commit', 'append'] as const;
/** They give back or keep what is there: also when Redis is out of memory, which is when it is needed. */
const SMALL = new Set<string>(['renew', 'release']);
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
  for (const name of STEPS) {
    const first = SMALL.has(name) ? common.replace('#!lua', '#!lua flags=allow-oom') : common;
    add(name, `${first}\n${await read(name)}`);
  }
  add('unleased', await read('unleased'));

  return async (client, name, keys, args) => {
    const script = scripts.get(name);
    if (!script) throw new Error(`no such script: ${name}`);
    const command = ['EVALSHA', script.sha, String(keys.length), ...keys, ...args.map(String)];
    const named = (error: unknown) => refusedKey(name, keys, error) ?? error;
    try {
      return await client.sendCommand(command);
    } catch (error) {
      // A new or restarted server, or SCRIPT FLUSH.
      if (!isUnknown(error)) throw named(error);
      await client.scriptLoad(script.source);
      return client.sendCommand(command).catch((refused: unknown) => Promise.reject(named(refused)));
    }
  };
}
