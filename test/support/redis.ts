import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'redis';
import { eventually } from './eventually.ts';

/** A Redis of its own for the tests, which keeps everything acknowledged on disk. */
export interface RedisServer {
  url: string;
  /** One command on a connection of its own. */
  ask(...command: string[]): Promise<unknown>;
  /** SIGKILL, SIGSTOP or SIGCONT to the server. */
  signal(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): Promise<void>;
  /** Starts it again on the same port and data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const PROGRAM = '/usr/bin/redis-server';
const READY_MS = 20_000;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return address.port;
}

async function ask(url: string, command: string[]): Promise<unknown> {
  const client = createClient({ url, socket: { reconnectStrategy: false } });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await client.sendCommand(command);
  } finally {
    client.destroy();
  }
}

/** Starts a server on a free port of 127.0.0.1; it dies with this process at the latest. */
export async function startRedis(settings: Record<string, string> = {}): Promise<RedisServer> {
  if (!existsSync(PROGRAM)) throw new Error('Redis is not installed: apt-get install -y redis-server');
  const folder = mkdtempSync(join(tmpdir(), 'unbind-redis-'));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  // A cluster node's second port; its own choice, port + 10000, may be beyond the last one.
  const bus = settings['cluster-enabled'] ? { 'cluster-port': String(await freePort()) } : {};
  const all = {
    bind: '127.0.0.1',
    dir: folder,
    appendonly: 'yes',
    appendfsync: 'always',
    save: '',
    ...bus,
    ...settings,
  };
  const args = Object.entries({ port: String(port), ...all }).flatMap(([name, value]) => [
    `--${name}`,
    value,
  ]);
  let server: ChildProcess;

  async function run(): Promise<void> {
    server = spawn(PROGRAM, args, { stdio: 'ignore' });
    await eventually(async () => {
      if (server.exitCode !== null) throw new Error(`Redis did not start: exit code ${server.exitCode}`);
      // While it loads its data it refuses everything with LOADING.
      await ask(url, ['PING']);
    }, READY_MS);
  }
  const cleanUp = () => {
    server.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  async function signal(name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): Promise<void> {
    const running = server.exitCode === null && server.signalCode === null;
    const ended = name === 'SIGKILL' && running ? once(server, 'exit') : undefined;
    server.kill(name);
    await ended;
  }

  process.once('exit', cleanUp);
  await run();
  return {
    url,
    ask: (...command) => ask(url, command),
    signal,
    restart: run,
    async stop() {
      await signal('SIGKILL');
      process.off('exit', cleanUp);
      cleanUp();
    },
  };
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
