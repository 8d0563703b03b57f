import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

/** A PostgreSQL of its own for the tests. */
export interface PostgresServer {
  /** Makes an empty database and returns its URL. */
  createDatabase(): Promise<string>;
  /** SIGKILL; whoever talks to it loses the connection. */
  kill(): Promise<void>;
  /** Starts it again on the same port and data, after `kill`. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const READY_MS = 60_000;
const STOP_MS = 10_000;
const INSTALLED_UNDER = '/usr/lib/postgresql';
const FAST = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'shared_buffers=32MB'];

/** Folder of the newest installed server's programs, if there is any. */
export function postgresPrograms(): string | undefined {
  const versions = existsSync(INSTALLED_UNDER) ? readdirSync(INSTALLED_UNDER) : [];
  return versions
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(INSTALLED_UNDER, version, 'bin'))
    .find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
}

/** PostgreSQL refuses to run as root. */
function identity(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const number = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: number('-u'), gid: number('-g') };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return address.port;
}

async function ask(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    await client.query(statement);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Waits until it answers; false when it ended instead. */
async function becomesReady(url: string, server: ChildProcess, output: () => string): Promise<boolean> {
  const deadline = performance.now() + READY_MS;
  for (;;) {
    try {
      await ask(url, 'select 1');
      return true;
    } catch (error) {
      if (server.exitCode !== null) return false;
      if (performance.now() > deadline)
        throw new Error(`PostgreSQL did not start:\n${output()}`, { cause: error });
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/**
 * Starts a server on a free port of 127.0.0.1; it dies with this process at the latest. It keeps what is committed
 * over a `kill` only if `durable`: everything else is faster without.
 */
export async function startPostgres({ durable = false } = {}): Promise<PostgresServer> {
  const programs = postgresPrograms();
  if (!programs) throw new Error('PostgreSQL is not installed: apt-get install -y postgresql');
  const as = identity();
  const folder = mkdtempSync(join(tmpdir(), 'unbind-postgres-'));
  if (as.uid !== undefined && as.gid !== undefined) chownSync(folder, as.uid, as.gid);
  const data = join(folder, 'data');
  const options = { ...as, cwd: folder };
  execFileSync(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'tester', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { ...options, stdio: 'pipe' },
  );
  const port = await freePort();
  const settings = durable ? [] : FAST.flatMap((set) => ['-c', set]);
  let server: ChildProcess;
  let output = '';

  function launch(): void {
    server = spawn(
      join(programs ?? '', 'postgres'),
      ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder, ...settings],
      { ...options, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    server.stderr?.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-4000);
    });
  }
  const cleanUp = () => {
    if (server.exitCode === null) server.kill('SIGQUIT');
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  process.once('exit', cleanUp);
  const urlOf = (database: string) => `postgres://tester@127.0.0.1:${port}/${database}`;
  async function start(): Promise<void> {
    const deadline = performance.now() + READY_MS;
    do launch();
    while (
      // What a killed one has forked may hold its memory for another moment.
      !(await becomesReady(urlOf('postgres'), server, () => output)) &&
      performance.now() < deadline
    );
    if (server.exitCode !== null) throw new Error(`PostgreSQL did not start:\n${output}`);
  }
  await start();

  let made = 0;
  return {
    async createDatabase() {
      made += 1;
      const name = `test_${made}`;
      await ask(urlOf('postgres'), `create database ${name}`);
      return urlOf(name);
    },
    async kill() {
      const ended = once(server, 'exit');
      server.kill('SIGKILL');
      await ended;
    },
    restart: start,
    async stop() {
      const ended = once(server, 'exit');
      const late = setTimeout(() => server.kill('SIGKILL'), STOP_MS);
      server.kill('SIGINT');
      await ended;
      clearTimeout(late);
      process.off('exit', cleanUp);
      cleanUp();
    },
  };
}
