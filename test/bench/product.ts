import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromRoot } from '../../src/root.ts';
import { cpuSecondsOf, memoryMbOf } from './processes.ts';

export interface Product {
  url: string;
  /** Resident memory, in MB (10^6 bytes). */
  memoryMb(): number;
  cpuSeconds(): number;
  /** From the start of the process to its first `ready`. */
  readyMs: number;
  /** What it has written to stdout. */
  output(): string;
  stop(): Promise<void>;
}

export interface ProductOptions {
  /** Absent: a new one, removed by `stop`. */
  dataDir?: string;
  env?: Record<string, string>;
  /** Besides those of `npm start`. */
  nodeArguments?: string[];
}

/** A port that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

async function ready(url: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('the product ended before it was ready; is it built?');
}

/** Starts the built product as `npm start` does, on a free port and a data directory of its own. */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const folder = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'unbind-bench-')));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const begun = performance.now();
  const child = spawn(
    process.execPath,
    [
      '--max-semi-space-size=8',
      '--heap-growing-percent=60',
      '--enable-source-maps',
      ...(options.nodeArguments ?? []),
      fromRoot('dist/src/main.js'),
    ],
    {
      env: {
        ...process.env,
        PORT: String(port),
        DATA_DIR: folder,
        LOG_LEVEL: 'warn',
        TRUST_PROXY: '1',
        // As in `npm start`, like the options above: keeps glibc from holding on to what sharp has freed.
        MALLOC_MMAP_THRESHOLD_: '1000000',
        ...options.env,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk;
  });
  await ready(url, child);
  return {
    url,
    readyMs: performance.now() - begun,
    output: () => output,
    memoryMb: () => memoryMbOf(child.pid),
    cpuSeconds: () => cpuSecondsOf(child.pid),
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      if (!options.dataDir) await rm(folder, { recursive: true, force: true });
    },
  };
}
