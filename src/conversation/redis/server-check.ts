import type { Log } from '../../domain/log.ts';
import type { RedisClient } from './connection.ts';
import { RedisFault } from './fault.ts';

const OLDEST_MAJOR = 7;

/**
 * Says at warn level which settings of the server can lose messages. Throws `RedisFault` when the server is
 * older than Redis 7.
 */
export async function checkServer(client: RedisClient, log: Log): Promise<void> {
  const version = /^redis_version:(\d+)/m.exec(await client.info('server'))?.[1];
  if (Number(version) < OLDEST_MAJOR) {
    throw new RedisFault('start', 'version', `Redis ${version} is too old; version 7 or newer is needed`);
  }
  // Hosted servers often refuse CONFIG; their settings are then the operator's to look at.
  const settings = await client.configGet(['maxmemory-policy', 'appendonly', 'save']).catch(() => undefined);
  if (!settings) {
    log.info({}, 'Redis does not show its settings; it should run with noeviction and with appendonly');
    return;
  }
  const policy = settings['maxmemory-policy'];
  if (policy && policy !== 'noeviction') {
    log.warn(
      { policy },
      'Redis evicts keys when its memory is full, and conversations with them: set maxmemory-policy to noeviction',
    );
  }
  if (settings.appendonly === 'no' && settings.save === '') {
    log.warn({}, 'Redis keeps nothing on disk: a restart loses every conversation; set appendonly to yes');
  } else if (settings.appendonly === 'no') {
    log.warn({}, 'Redis loses what came after its last snapshot when it restarts: set appendonly to yes');
  }
}
