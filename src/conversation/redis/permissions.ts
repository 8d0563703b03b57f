import type { Connection } from './connection.ts';
import { RedisFault } from './fault.ts';
import type { ConversationKeys } from './keys.ts';

/** Says which of the commands in ARGV, words with blanks between them, the user may not run. */
const REFUSED = `#!lua flags=no-writes
local refused = {}
for _, line in ipairs(ARGV) do
  local words = {}
  for word in string.gmatch(line, '%S+') do words[#words + 1] = word end
  if not redis.acl_check_cmd(unpack(words)) then refused[#refused + 1] = words[1] end
end
return refused`;

/** What the store, its scripts and the shared memory run, with as many arguments as a command has to have. */
function usedOn({ conversation, log, index, wake, dedupe }: ConversationKeys): string[] {
  return [
    `HMGET ${conversation} f`,
    `HGET ${conversation} f`,
    `HSET ${conversation} f v`,
    `EXISTS ${conversation}`,
    `EXPIRE ${conversation} 1`,
    `EXPIRE ${log} 1`,
    `XADD ${log} * f v`,
    `XRANGE ${log} - +`,
    `XREVRANGE ${log} - +`,
    `XINFO STREAM ${log}`,
    `ZADD ${index} 1 m`,
    `ZREM ${index} m`,
    `ZCOUNT ${index} 0 1`,
    `ZRANGEBYSCORE ${index} 0 1`,
    `GET ${dedupe('k')}`,
    `SET ${dedupe('k')} v`,
    // What processes remember together lies under the same prefix.
    `GETDEL ${dedupe('k')}`,
    `INCRBY ${dedupe('k')} 1`,
    `PTTL ${dedupe('k')}`,
    `PEXPIRE ${dedupe('k')} 1`,
    `PUBLISH ${wake} m`,
    `SPUBLISH ${wake} m`,
    `SSUBSCRIBE ${wake}`,
    'TIME',
    'WAIT 0 1',
    'EVAL x 0',
    'EVALSHA x 0',
    'SCRIPT LOAD x',
  ];
}

/**
 * Throws `RedisFault` that names the commands which the user of the connection may not run on our keys: found
 * in the middle of a step, they would leave it half done.
 */
export async function checkPermissions(connection: Connection, keys: ConversationKeys): Promise<void> {
  for (const { client, address } of connection.masters()) {
    const answer: unknown = await client.eval(REFUSED, { arguments: usedOn(keys) }).catch(() => []);
    const refused = Array.isArray(answer) ? answer.map(String) : [];
    if (refused.length === 0) continue;
    const what = [...new Set(refused)].join(', ');
    const advice = `allow its user ${what} on the keys and channels that begin as ${keys.conversation.split(':')[0]}:`;
    throw new RedisFault('start', 'NOPERM', `Redis at ${address} has an ACL (NOPERM): ${advice}`);
  }
}
