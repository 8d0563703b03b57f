import type { Log } from '../../domain/log.ts';
import { ANSWER_MS, type RedisClient, within } from './client.ts';
import type { Connection } from './connection.ts';
import { connectingFault, RedisFault } from './fault.ts';
import type { RedisSettings } from './settings.ts';

const OLDEST_MAJOR = 7;

const numberIn = (info: string, name: string) => new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1];

/** Evicting and forgetting servers. Hosted ones often refuse CONFIG; theirs are the operator's to look at. */
async function checkStorage(client: RedisClient, server: string, log: Log): Promise<void> {
  const settings = await client.configGet(['maxmemory-policy', 'appendonly', 'save']).catch(() => undefined);
  if (!settings) {
    log.info(
      { server },
      'Redis does not show its settings; it should run with noeviction and with appendonly',
    );
    return;
  }
  const policy = settings['maxmemory-policy'];
  if (policy && policy !== 'noeviction') {
    log.warn(
      { server, policy },
      'Redis evicts keys when its memory is full, and conversations with them: set maxmemory-policy to noeviction',
    );
  }
  if (settings.appendonly === 'no' && settings.save === '') {
    log.warn(
      { server },
      'Redis keeps nothing on disk: a restart loses every conversation; set appendonly to yes',
    );
  } else if (settings.appendonly === 'no') {
    log.warn(
      { server },
      'Redis loses what came after its last snapshot when it restarts: set appendonly to yes',
    );
  }
}

function checkReplicas(info: string, server: string, waitReplicas: number, log: Log): void {
  const replicas = (info.match(/^slave\d+:.*state=online/gm) ?? []).length;
  if (replicas >= waitReplicas) return;
  log.warn(
    { server, replicas, waitReplicas },
    'Redis has fewer replicas than REDIS_WAIT_REPLICAS asks for: no message is accepted until there are more',
  );
}

async function checkServer(
  { client, address }: { client: RedisClient; address: string },
  settings: RedisSettings,
  log: Log,
): Promise<void> {
  const info = await client.info();
  const version = numberIn(info, 'redis_version');
  if (Number(version) < OLDEST_MAJOR) {
    const why = `Redis ${version} at ${address} is too old; version ${OLDEST_MAJOR} or newer is needed`;
    throw new RedisFault('start', 'version', why);
  }
  if (settings.servers.kind !== 'cluster' && numberIn(info, 'cluster_enabled') === '1') {
    const size = numberIn(await client.clusterInfo(), 'cluster_size');
    if (Number(size) > 1) {
      const why = `Redis at ${address} is a node of a Cluster: name its nodes in REDIS_CLUSTER_NODES instead of REDIS_URL`;
      throw new RedisFault('start', 'cluster', why);
    }
  }
  checkReplicas(info, address, settings.waitReplicas, log);
  await checkStorage(client, address, log);
}

/**
 * Says at warn level which settings of the masters can lose messages or keep them from being accepted. Throws
 * `RedisFault` when one is older than Redis 7, or of another kind than the settings say.
 */
export async function checkServers(connection: Connection, settings: RedisSettings, log: Log): Promise<void> {
  for (const master of connection.masters()) {
    try {
      await within(ANSWER_MS, checkServer(master, settings, log));
    } catch (error) {
      throw connectingFault(settings, master.address, error);
    }
  }
}
