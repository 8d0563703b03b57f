const SETTING = 'REDIS_URL (or REDIS_CLUSTER_NODES)';

/** Refusals that an operator has to end, with the setting that does it. Keys are their codes. */
const SENTENCES = new Map([
  [
    'OOM',
    'Redis is out of memory and takes no writes (OOM): raise its maxmemory; messages are taken again by themselves then',
  ],
  ['READONLY', `Redis is a read-only replica (READONLY): ${SETTING} must lead to the master`],
  ['MISCONF', 'Redis cannot write to its disk and takes no writes (MISCONF): free disk space or see its log'],
  [
    'NOREPLICAS',
    'Redis has too few replicas and takes no writes (NOREPLICAS): see its min-replicas-to-write',
  ],
  ['NOAUTH', `Redis wants a password (NOAUTH): ${SETTING} has to hold one`],
  ['WRONGPASS', `Redis refuses the user or password of ${SETTING} (WRONGPASS)`],
  [
    'NOPERM',
    `Redis does not let the user of ${SETTING} do this (NOPERM): its ACL must allow our keys and channels and the commands for data, scripts and pub/sub`,
  ],
]);

/** What a refusal means for the operator; undefined where the code has to do. */
export function sentenceOf(code: string): string | undefined {
  return SENTENCES.get(code);
}
