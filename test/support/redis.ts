import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import type { Certificates } from './certificates.ts';
import { freePort, type RedisServer, startProcess } from './redis-process.ts';

export { type RedisCluster, startCluster } from './redis-cluster.ts';
export type { RedisServer } from './redis-process.ts';
export { type RedisSentinel, startSentinel } from './redis-sentinel.ts';

/** Starts one server with everything on disk; `tls` makes it one for rediss:// only. */
export async function startRedis(
  settings: Record<string, string> = {},
  tls?: Certificates,
): Promise<RedisServer> {
  // A cluster node's second port; its own choice, port + 10000, may be beyond the last one.
  const bus = settings['cluster-enabled'] ? { 'cluster-port': String(await freePort()) } : {};
  return startProcess({ settings: { ...bus, ...settings }, tls });
}

/** A network between a store and its server, for what networks do. */
export interface Network {
  url: string;
  /** Present connections stay and carry nothing any more; new ones work. */
  freeze(): void;
  /** Ends all connections and takes no new ones until `mend`. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

/** Starts a way to the server that can fail. */
export async function startNetwork(serverUrl: string): Promise<Network> {
  const { port, hostname } = new URL(serverUrl);
  const pairs = new Set<[Socket, Socket]>();
  let isCut = false;
  const end = () => {
    for (const socket of [...pairs].flat()) socket.destroy();
    pairs.clear();
  };
  const listener = createServer((near) => {
    if (isCut) return void near.destroy();
    const far = connect(Number(port), hostname);
    pairs.add([near, far]);
    for (const socket of [near, far]) socket.on('error', () => undefined);
    near.pipe(far).pipe(near);
  }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');

  return {
    url: `redis://127.0.0.1:${address.port}`,
    freeze() {
      for (const [near, far] of pairs) {
        near.unpipe(far).pause();
        far.unpipe(near).pause();
      }
    },
    cut() {
      isCut = true;
      end();
    },
    mend() {
      isCut = false;
    },
    async close() {
      end();
      listener.close();
      await once(listener, 'close');
    },
  };
}
