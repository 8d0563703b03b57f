import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'redis';
import type { Log } from '../../domain/log.ts';
import { codeOf, RedisFault } from './fault.ts';

export type RedisClient = ReturnType<typeof makeClient>;

/** A connection that comes back by itself and on which every call ends in time. */
export interface Connection {
  /** Runs commands; throws `RedisFault` when there is no answer within 3 s. */
  call<T>(operation: string, run: (client: RedisClient) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const ANSWER_MS = 3_000;
/** A little less: a command that waits for the connection is withdrawn before its caller is told so. */
const QUEUED_MS = 2_800;
const HEARTBEAT_MS = 5_000;
/** Longer than between heartbeats: ends only connections that hang before they are ready. */
const SOCKET_MS = 12_000;
/** Not once for each of a thousand refused calls. */
const RENEW_EVERY_MS = 1_000;
const CLOSE_MS = 1_000;
const RETRY_MS = { first: 50, most: 2_000 };

const describe = (url: string) => {
  const { hostname, port } = new URL(url);
  return `${hostname}:${port || 6379}`;
};

function makeClient(url: string, reconnectStrategy: (retries: number, cause: Error) => number | Error) {
  return createClient({
    url,
    commandOptions: { timeout: QUEUED_MS },
    socket: { connectTimeout: ANSWER_MS, socketTimeout: SOCKET_MS, reconnectStrategy },
  });
}

/** Connects; throws `RedisFault` that names host and port when it cannot. `onBack` is called after an outage. */
export async function openConnection(parts: {
  url: string;
  log: Log;
  /** What the connection is for, in the log. */
  purpose: string;
  onBack?: () => void;
}): Promise<Connection> {
  const { url, log, purpose } = parts;
  let state: 'starting' | 'up' | 'down' | 'closed' = 'starting';
  let renewedAt = Number.NEGATIVE_INFINITY;
  const client = makeClient(url, (retries, cause) => {
    // At the start the operator is told at once; afterwards there is no giving up.
    if (state === 'starting') return cause;
    const delayMs = Math.min(RETRY_MS.first * 2 ** Math.min(retries, 10), RETRY_MS.most);
    return delayMs * (0.5 + Math.random() / 2);
  });

  function lost(code: string): void {
    if (state !== 'up') return;
    state = 'down';
    log.error({ code, purpose }, 'connection to Redis lost');
  }
  // Without a listener the client would end the process.
  client.on('error', (error: unknown) => lost(codeOf(error)));
  client.on('ready', () => {
    const back = state === 'down';
    if (state !== 'closed') state = 'up';
    if (!back) return;
    log.info({ purpose }, 'connection to Redis is back');
    parts.onBack?.();
  });

  /** A connection that is there but no good: neither the client nor TCP would give it up within minutes. */
  function renew(code: string): void {
    if (!client.isReady || state === 'closed' || performance.now() - renewedAt < RENEW_EVERY_MS) return;
    renewedAt = performance.now();
    lost(code);
    client.destroy();
    client.connect().catch((error: unknown) => lost(codeOf(error)));
  }

  async function call<T>(operation: string, run: (client: RedisClient) => Promise<T>): Promise<T> {
    const late = new AbortController();
    const silence = sleep(ANSWER_MS, undefined, { signal: late.signal }).then(() => {
      renew('silent');
      throw new RedisFault(operation, 'timeout', `no answer within ${ANSWER_MS} ms`);
    });
    try {
      return await Promise.race([run(client), silence]);
    } catch (error) {
      if (error instanceof RedisFault) throw error;
      const code = codeOf(error);
      // The server was demoted to a replica: its address leads to the new one, this connection never will.
      if (code === 'READONLY') renew(code);
      throw new RedisFault(operation, code);
    } finally {
      late.abort();
      silence.catch(() => undefined);
    }
  }

  try {
    await client.connect();
  } catch (error) {
    const code = codeOf(error instanceof Error && 'socketError' in error ? error.socketError : error);
    throw new RedisFault('connecting', code, `cannot connect to Redis at ${describe(url)} (${code})`);
  }
  const heartbeat = setInterval(() => {
    if (client.isReady) call('ping', (c) => c.ping()).catch(() => undefined);
  }, HEARTBEAT_MS);
  heartbeat.unref();

  return {
    call,
    async close() {
      clearInterval(heartbeat);
      state = 'closed';
      const patience = new AbortController();
      if (client.isReady) {
        const tired = sleep(CLOSE_MS, undefined, { signal: patience.signal }).catch(() => undefined);
        await Promise.race([client.close(), tired]);
      }
      patience.abort();
      if (client.isOpen) client.destroy();
    },
  };
}
