import { RedisFault } from './fault.ts';

/** Something else stands under a name of ours. Only those who need this key are refused. */
export function foreignKey(operation: string, key: string): RedisFault {
  const advice = 'another program wrote to it; rename or delete it';
  return new RedisFault(operation, 'WRONGTYPE', `the key ${key} is not of our type (WRONGTYPE): ${advice}`);
}

/** A record that a newer release has written, and that a process of that release has to answer. */
export function laterFormat(operation: string, key: string, format: number): RedisFault {
  const advice = 'it is left to the newer release that wrote it';
  return new RedisFault(operation, 'FORMAT', `the key ${key} has format ${format} (FORMAT): ${advice}`);
}

/** A record that nothing can be done with. */
export function damaged(operation: string, key: string, what: string): RedisFault {
  const advice = 'restore it, or delete it so that the customer can start anew';
  return new RedisFault(operation, 'DAMAGED', `the key ${key} has lost its ${what} (DAMAGED): ${advice}`);
}

/** What `refuse` in scripts/common.lua says; Redis adds where in which script. */
const REFUSED = /^(WRONGTYPE|FORMAT|DAMAGED) (\d) (.*?)(?: script: |$)/;

/** The fault of a script that refused one of its keys, which it names; undefined for any other error. */
export function refusedKey(
  operation: string,
  keys: readonly string[],
  error: unknown,
): RedisFault | undefined {
  const [, code, place, detail = ''] = (error instanceof Error && REFUSED.exec(error.message)) || [];
  const key = keys[Number(place) - 1];
  if (!code || !key) return undefined;
  if (code === 'WRONGTYPE') return foreignKey(operation, key);
  return code === 'FORMAT' ? laterFormat(operation, key, Number(detail)) : damaged(operation, key, detail);
}
