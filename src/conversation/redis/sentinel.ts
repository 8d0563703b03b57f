import { askOnce } from './client.ts';
import { codeOf, RedisFault } from './fault.ts';
import { describeAddress, type RedisAddress, type RedisSettings } from './settings.ts';

const PATIENCE_MS = 1_000;

/**
 * Asks the Sentinels for the present master, one after another until one knows.
 *
 * The client's own `createSentinel` takes a connection from a pool for each command: 20,000 reads took it
 * three to five times as long as one plain connection. It repeats by itself what was under way when the
 * master died, whose outcome nobody knows, keeps its callers waiting for as long as the failover takes, and
 * tells nobody when its subscriptions are back, so that missed wake-ups could not be looked for.
 */
export function sentinelLocator(settings: RedisSettings): () => Promise<RedisAddress> {
  const { servers, tls } = settings;
  if (servers.kind !== 'sentinel') throw new Error('not watched by Sentinels');
  const { master, password } = servers;
  let order = servers.sentinels;

  async function ask(sentinel: RedisAddress): Promise<RedisAddress> {
    const login = { tls, database: 0, ...(password !== undefined && { password }) };
    const answer = await askOnce(sentinel, login, PATIENCE_MS, (client) =>
      client.sendCommand(['SENTINEL', 'GET-MASTER-ADDR-BY-NAME', master]),
    );
    if (!Array.isArray(answer)) throw Object.assign(new Error('unknown master'), { code: 'UNKNOWN-MASTER' });
    return { host: String(answer[0]), port: Number(answer[1]) };
  }

  return async () => {
    // Another one each time: it may be one that does not know of a failover.
    order = [...order.slice(1), ...order.slice(0, 1)];
    const failures: string[] = [];
    let code = '';
    for (const sentinel of order) {
      try {
        return await ask(sentinel);
      } catch (error) {
        code = codeOf(error);
        failures.push(`${describeAddress(sentinel)} (${code})`);
      }
    }
    const reason =
      code === 'UNKNOWN-MASTER'
        ? `no Sentinel knows a master named ${master}`
        : 'no Sentinel can be asked, see REDIS_URL and REDIS_SENTINEL_PASSWORD';
    throw new RedisFault('connecting', code, `${reason}: ${failures.join(', ')}`);
  };
}
