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

/** Reads the scripts. They are sent to a server that does not have them, at the first call. */
export async function loadScripts(): Promise<RunScript> {
  const read = (name: string) => readFile(fromRoot('src/conversation/redis/scripts', `${name}.lua`), 'utf8');
  const common = await read('common');
  const scripts = new Map<ScriptName, { source: string; sha: string }>();
  const add = (name: ScriptName, source: string) =>
    scripts.set(name, { source, sha: createHash('sha1').update(source).digest('hex') });
  for (const name of STEPS) add(name, `${common}\n${await read(name)}`);
  add('unleased', await read('unleased'));

  return async (client, name, keys, args) => {
    const script = scripts.get(name);
    if (!script) throw new Error(`no such script: ${name}`);
    const given = { keys, arguments: args.map(String) };
    try {
      return await client.evalSha(script.sha, given);
    } catch (error) {
      // A new or restarted server, or SCRIPT FLUSH. Sending the source also keeps it there.
      if (!isUnknown(error)) throw error;
      return client.eval(script.source, given);
    }
  };
}
