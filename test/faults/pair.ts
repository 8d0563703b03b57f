import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshPostgres } from '../support/databases.ts';
import { type ProductServer, startServer } from '../support/server.ts';
import { type Platform, startPlatform } from './platform.ts';

/** Which of the two processes. */
export type Which = 0 | 1;
export const other = (which: Which): Which => (which === 0 ? 1 : 0);

/** A process was taken out of service at this moment (epoch ms). */
export interface Outage {
  which: Which;
  at: number;
}

/** The built product as two processes on one Redis and one PostgreSQL, like production. */
export interface Pair {
  processes: readonly [ProductServer, ProductServer];
  databaseUrl: string;
  /** With which the host's backend makes tokens. */
  secret: string;
  outages: Outage[];
  /** Notes an outage that is about to begin. */
  out(which: Which): void;
  /** SIGKILL, and the same process again; resolves once it is ready. */
  crash(which: Which): Promise<void>;
  stop(): Promise<void>;
}

export interface PairOptions {
  /** For both. */
  env: Record<string, string>;
  /** For one of them. */
  own?: Partial<Record<Which, Record<string, string>>>;
  databaseUrl?: string;
}

function sharedEnvironment(platform: Platform, databaseUrl: string, secret: string): Record<string, string> {
  return {
    DATABASE_URL: databaseUrl,
    DIRECT_LINE_SECRET: secret,
    TOKEN_SIGNING_KEY: randomBytes(32).toString('hex'),
    DOCUMENT_KEK: randomBytes(32).toString('base64'),
    PLATFORM_API_URL: platform.url,
    PLATFORM_API_TOKEN: platform.token,
    // As behind a balancer, so that each customer has an address of their own.
    TRUST_PROXY: '1',
  };
}

/** Two data directories with one folder of pictures between them, like a volume that both have mounted. */
function makeFolders(): { root: string; folders: [string, string] } {
  const root = mkdtempSync(join(tmpdir(), 'unbind-pair-'));
  const folders: [string, string] = [join(root, 'a'), join(root, 'b')];
  mkdirSync(join(root, 'blobs'), { mode: 0o700 });
  for (const folder of folders) {
    mkdirSync(folder, { mode: 0o700 });
    symlinkSync(join(root, 'blobs'), join(folder, 'blobs'));
  }
  return { root, folders };
}

/** Starts both and waits until they are ready. */
export async function startPair(options: PairOptions): Promise<Pair> {
  const secret = randomBytes(24).toString('hex');
  const databaseUrl = options.databaseUrl ?? (await freshPostgres());
  const platform = await startPlatform();
  const { root, folders } = makeFolders();
  const env = { ...sharedEnvironment(platform, databaseUrl, secret), ...options.env };
  const start = (which: Which) =>
    startServer({ dataDir: folders[which], env: { ...env, ...options.own?.[which] } });
  const processes = await Promise.all([start(0), start(1)]);
  const outages: Outage[] = [];
  const out = (which: Which) => void outages.push({ which, at: Date.now() });

  return {
    processes,
    databaseUrl,
    secret,
    outages,
    out,
    async crash(which) {
      out(which);
      await processes[which].kill('SIGKILL');
      await processes[which].revive();
    },
    async stop() {
      await Promise.all(processes.map((process) => process.stop()));
      await platform.close();
      rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}
