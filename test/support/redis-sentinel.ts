import { expect } from 'chai';
import type { Certificates } from './certificates.ts';
import { eventually } from './eventually.ts';
import { type RedisServer, startProcess } from './redis-process.ts';

/** One master with two replicas, watched by three Sentinels. */
export interface RedisSentinel {
  /** For `REDIS_URL`. */
  url: string;
  servers: RedisServer[];
  sentinels: RedisServer[];
  /** The master that the Sentinels name now. */
  master(): Promise<RedisServer>;
  /**
   * Makes them choose another master although nothing is wrong; returns when they have. They do not tell the
   * present one beforehand, which goes on taking writes: `isPaused` holds those up, as an operator does.
   */
  failOver(isPaused?: boolean): Promise<void>;
  stop(): Promise<void>;
}

const NAME = 'main';
const FORMED_MS = 60_000;

/** `settings` are for the servers. Sentinels take a server for dead after 1.5 s without an answer. */
export async function startSentinel(
  options: { settings?: Record<string, string>; tls?: Certificates; sentinelPassword?: string } = {},
): Promise<RedisSentinel> {
  const { tls, sentinelPassword } = options;
  const settings = { 'repl-diskless-sync-delay': '0', ...options.settings };
  const first = await startProcess({ settings, tls });
  const replica = { ...settings, replicaof: `127.0.0.1 ${first.port}` };
  const others = await Promise.all([1, 2].map(() => startProcess({ settings: replica, tls })));
  const servers = [first, ...others];
  const sentinel = [
    `sentinel monitor ${NAME} 127.0.0.1 ${first.port} 2`,
    `sentinel down-after-milliseconds ${NAME} 1500`,
    `sentinel failover-timeout ${NAME} 10000`,
    `sentinel parallel-syncs ${NAME} 2`,
    ...(sentinelPassword ? [`sentinel sentinel-pass ${sentinelPassword}`] : []),
  ];
  const login: Record<string, string> = sentinelPassword ? { requirepass: sentinelPassword } : {};
  const sentinels = await Promise.all([1, 2, 3].map(() => startProcess({ sentinel, tls, settings: login })));

  async function masterPort(watcher: RedisServer | undefined): Promise<number> {
    const address = (await watcher?.ask('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', NAME)) as string[] | undefined;
    return Number(address?.[1]);
  }
  async function master(): Promise<RedisServer> {
    const port = await masterPort(sentinels[0]);
    const found = servers.find((server) => server.port === port);
    if (!found) throw new Error('the Sentinels name no master');
    return found;
  }

  await eventually(async () => {
    for (const watcher of sentinels) {
      expect(await watcher.ask('SENTINEL', 'CKQUORUM', NAME)).to.match(/^OK 3 /);
      expect(await watcher.ask('SENTINEL', 'REPLICAS', NAME)).to.have.length(2);
    }
    const info = String(await first.ask('INFO', 'replication'));
    expect(info.match(/state=online/g)).to.have.length(2);
  }, FORMED_MS);

  return {
    url: `${tls ? 'rediss' : 'redis'}+sentinel://${sentinels.map(({ port }) => `127.0.0.1:${port}`).join(',')}/${NAME}`,
    servers,
    sentinels,
    master,
    async failOver(isPaused = true) {
      const before = await masterPort(sentinels[0]);
      if (isPaused) await (await master()).ask('CLIENT', 'PAUSE', '15000', 'WRITE');
      await eventually(() => sentinels[0]?.ask('SENTINEL', 'FAILOVER', NAME), FORMED_MS);
      await eventually(async () => {
        for (const watcher of sentinels) expect(await masterPort(watcher)).to.not.equal(before);
      }, FORMED_MS);
    },
    async stop() {
      await Promise.all([...sentinels, ...servers].map((server) => server.stop()));
    },
  };
}
