import { expect } from 'chai';
import type { Certificates } from './certificates.ts';
import { eventually } from './eventually.ts';
import { freePort, type RedisServer, startProcess } from './redis-process.ts';

/** Three masters, with a replica each unless another number is asked for. */
export interface RedisCluster {
  /** For `REDIS_CLUSTER_NODES`. */
  nodes: string;
  servers: RedisServer[];
  /** The server that is the master of a slot now, asked of a server that lives. */
  masterOf(slot: number): Promise<RedisServer>;
  stop(): Promise<void>;
}

const MASTERS = 3;
const SLOTS = 16_384;
const FORMED_MS = 60_000;

/** `settings` are for all servers. A server that does not answer for 2 s is taken for dead. */
export async function startCluster(
  options: { settings?: Record<string, string>; tls?: Certificates; replicas?: 0 | 1 | 2 } = {},
): Promise<RedisCluster> {
  const { tls, replicas = 1 } = options;
  const servers = await Promise.all(
    Array.from({ length: MASTERS * (1 + replicas) }, async () => {
      const bus = await freePort();
      const settings = {
        'cluster-enabled': 'yes',
        'cluster-port': String(bus),
        'cluster-node-timeout': '2000',
        'repl-diskless-sync-delay': '0',
        ...(tls && { 'tls-cluster': 'yes' }),
        ...options.settings,
      };
      return { ...(await startProcess({ settings, tls })), bus };
    }),
  );
  const masters = servers.slice(0, MASTERS);
  const [first] = servers;

  for (const { port, bus } of servers.slice(1)) {
    await first?.ask('CLUSTER', 'MEET', '127.0.0.1', String(port), String(bus));
  }
  for (const [n, server] of masters.entries()) {
    const [from, to] = [n, n + 1].map((part) => Math.round((part * SLOTS) / MASTERS));
    await server.ask('CLUSTER', 'ADDSLOTSRANGE', String(from), String((to ?? 0) - 1));
    // Each its own, so that no two claim one epoch.
    await server.ask('CLUSTER', 'SET-CONFIG-EPOCH', String(n + 1)).catch(() => undefined);
  }
  const everyone = (check: (server: RedisServer) => Promise<unknown>) =>
    eventually(() => Promise.all(servers.map(check)), FORMED_MS);
  const expectInfo = async (server: RedisServer, ...parts: string[]) => {
    const info = await server.ask('CLUSTER', 'INFO');
    for (const part of parts) expect(info).to.contain(part);
  };
  await everyone((server) => expectInfo(server, `cluster_known_nodes:${servers.length}`));
  for (const [n, server] of servers.slice(MASTERS).entries()) {
    const id = String(await masters[n % MASTERS]?.ask('CLUSTER', 'MYID'));
    await eventually(() => server.ask('CLUSTER', 'REPLICATE', id), FORMED_MS);
  }
  await everyone(async (server) => {
    await expectInfo(server, 'cluster_state:ok', `cluster_size:${MASTERS}`);
    const info = String(await server.ask('INFO', 'replication'));
    if (masters.includes(server as (typeof masters)[number])) {
      expect(info.match(/state=online/g) ?? []).to.have.length(replicas);
    } else expect(info).to.contain('master_link_status:up');
    const shown = String(await server.ask('CLUSTER', 'NODES'));
    expect(shown.match(/ (myself,)?slave /g) ?? []).to.have.length(MASTERS * replicas);
  });

  return {
    nodes: servers.map((server) => (tls ? server.url : `127.0.0.1:${server.port}`)).join(','),
    servers,
    async masterOf(slot) {
      for (const server of servers) {
        const ranges = await server.ask('CLUSTER', 'SLOTS').catch(() => []);
        for (const [from, to, [, port]] of ranges as [number, number, [string, number]][]) {
          const owner = servers.find((other) => other.port === port);
          if (slot >= from && slot <= to && owner) return owner;
        }
      }
      throw new Error('no server lives');
    },
    async stop() {
      await Promise.all(servers.map((server) => server.stop()));
    },
  };
}
