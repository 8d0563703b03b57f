import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'redis';
import type { Certificates } from './certificates.ts';
import { eventually } from './eventually.ts';

/** A Redis of its own for the tests, which keeps everything acknowledged on disk. */
export interface RedisServer {
  url: string;
  port: number;
  /** One command on a connection of its own. */
  ask(...command: string[]): Promise<unknown>;
  /** SIGKILL, SIGSTOP or SIGCONT to the server. */
  signal(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): Promise<void>;
  /** Starts it again on the same port and data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface ProcessOptions {
  settings?: Record<string, string>;
  /** Listens with TLS only, also to other servers. */
  tls?: Certificates | undefined;
  /** Lines of a Sentinel's configuration: makes the process one. */
  sentinel?: string[];
}

const PROGRAM = '/usr/bin/redis-server';
/** Ends the server with this process, even when that is killed. */
const LEASH = existsSync('/usr/bin/setpriv') ? ['/usr/bin/setpriv', '--pdeathsig', 'KILL'] : [];
const READY_MS = 60_000;

const cleanUps = new Set<() => void>();
process.once('exit', () => {
  for (const cleanUp of cleanUps) cleanUp();
});

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return address.port;
}

function argumentsFor(port: number, folder: string, options: ProcessOptions): string[] {
  const { tls, sentinel } = options;
  const network = tls
    ? {
        port: '0',
        'tls-port': String(port),
        'tls-cert-file': tls.certificateFile,
        'tls-key-file': tls.keyFile,
        'tls-ca-cert-file': tls.caFile,
        'tls-auth-clients': 'no',
        'tls-replication': 'yes',
      }
    : { port: String(port) };
  const data = { appendonly: 'yes', appendfsync: 'always', save: '' };
  const all = { ...network, bind: '127.0.0.1', dir: folder, ...(!sentinel && data), ...options.settings };
  const lines = Object.entries(all).map(([name, value]) => `${name} ${value === '' ? '""' : value}`);
  const file = join(folder, 'redis.conf');
  writeFileSync(file, [...lines, ...(sentinel ?? [])].join('\n'));
  return sentinel ? [file, '--sentinel'] : [file];
}

/** Starts a server on a free port of 127.0.0.1; it dies with this process at the latest. */
export async function startProcess(options: ProcessOptions = {}): Promise<RedisServer> {
  if (!existsSync(PROGRAM)) throw new Error('Redis is not installed: apt-get install -y redis-server');
  const folder = mkdtempSync(join(tmpdir(), 'unbind-redis-'));
  const port = await freePort();
  const url = `${options.tls ? 'rediss' : 'redis'}://127.0.0.1:${port}`;
  const ca = options.tls?.ca;
  const args = argumentsFor(port, folder, options);
  let server: ChildProcess;

  async function ask(...command: string[]): Promise<unknown> {
    const socket = { reconnectStrategy: false as const, ...(ca !== undefined && { tls: true as const, ca }) };
    const password = options.settings?.requirepass;
    const client = createClient({ url, socket, ...(password && { password }) });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await client.sendCommand(command);
    } finally {
      client.destroy();
    }
  }
  async function run(): Promise<void> {
    const [program = PROGRAM, ...rest] = [...LEASH, PROGRAM, ...args];
    server = spawn(program, rest, { stdio: 'ignore' });
    await eventually(async () => {
      if (server.exitCode !== null) throw new Error(`Redis did not start: exit code ${server.exitCode}`);
      // While it loads its data it refuses everything with LOADING.
      await ask('PING');
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

  cleanUps.add(cleanUp);
  await run();
  return {
    url,
    port,
    ask,
    signal,
    restart: run,
    async stop() {
      await signal('SIGKILL');
      cleanUps.delete(cleanUp);
      cleanUp();
    },
  };
}
