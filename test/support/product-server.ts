import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fromRoot } from '../../src/root.ts';
import { eventually } from './eventually.ts';

const BUILD_MS = 180_000;
const READY_MS = 60_000;
/** How long it has to end by itself. */
export const STOP_MS = 15_000;
const ADDRESS = /ready at (http:\S+)/;

export interface ServerOptions {
  /** Absent: a new one, removed by `stop`. */
  dataDir?: string;
  env?: Record<string, string>;
}

/** The built product in a process of its own. */
export interface ProductServer {
  url: string;
  dataDir: string;
  /** All it has written to stdout and stderr, over all its lives. */
  output(): string;
  /** Ends the process and waits until it is gone; the data stays. Its exit code, `null` when a signal ended it. */
  kill(signal: NodeJS.Signals): Promise<number | null>;
  /** Starts the product again on the same data and port, after `kill`. */
  revive(): Promise<void>;
  stop(): Promise<void>;
}

let built: Promise<unknown> | undefined;

/** Builds what its sources have outrun, once in a run. */
export function buildProduct(): Promise<unknown> {
  const command = ['--import=tsx', fromRoot('src', 'cli', 'build.ts'), '--if-stale'];
  built ??= promisify(execFile)(process.execPath, command, { cwd: fromRoot(), timeout: BUILD_MS });
  return built;
}

/** The environment of this machine without settings of the product, so that none of them reach the test. */
export function plainEnvironment(more: Record<string, string>): Record<string, string> {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'NODE_V8_COVERAGE'];
  const own = kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  return { ...Object.fromEntries(own), ...more };
}

/** Starts the product and waits until `GET /readyz` says so; the process dies with this one at the latest. */
export async function startServer(options: ServerOptions = {}): Promise<ProductServer> {
  await buildProduct();
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'unbind-e2e-'));
  let output = '';
  let child: ChildProcess;

  const cleanUp = () => {
    if (child.exitCode === null) child.kill('SIGKILL');
    if (!options.dataDir) rmSync(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  process.once('exit', cleanUp);

  async function launch(port: string): Promise<string> {
    const seen = output.length;
    const launched = spawn(process.execPath, ['--enable-source-maps', fromRoot('dist', 'src', 'main.js')], {
      cwd: fromRoot(),
      env: plainEnvironment({
        LOG_LEVEL: 'warn',
        ...options.env,
        HOST: '127.0.0.1',
        PORT: port,
        DATA_DIR: dataDir,
      }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = launched;
    for (const stream of [launched.stdout, launched.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
      });
    }
    let url = '';
    await eventually(async () => {
      url = ADDRESS.exec(output.slice(seen))?.[1] ?? '';
      if (launched.exitCode !== null) return true;
      return url !== '' && (await fetch(`${url}/readyz`)).ok;
    }, READY_MS).catch((cause) => {
      launched.kill('SIGKILL');
      throw new Error(`the server is not ready:\n${output.slice(seen)}`, { cause });
    });
    if (launched.exitCode !== null) throw new Error(`the server ended at once:\n${output.slice(seen)}`);
    return url;
  }

  async function kill(signal: NodeJS.Signals): Promise<number | null> {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const ended = once(child, 'exit');
    child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(late);
    return child.exitCode;
  }

  const url = await launch('0');
  return {
    url,
    dataDir,
    output: () => output,
    kill,
    async revive() {
      await launch(new URL(url).port);
    },
    async stop() {
      await kill('SIGTERM');
      process.off('exit', cleanUp);
      cleanUp();
    },
  };
}
