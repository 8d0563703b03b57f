import { createClient } from 'redis';
import type { RedisAddress, RedisSettings } from './settings.ts';

export type RedisClient = ReturnType<typeof makeClient>;

/** Every answer comes within this time, or none. */
export const ANSWER_MS = 3_000;

/**
 * One connection to one server, for one life: it never comes back. Commands wait for nothing but the answer;
 * a queue for better times would do later what its caller was told had failed.
 */
export function makeClient(
  { host, port }: RedisAddress,
  { username, password, database, tls }: Pick<RedisSettings, 'username' | 'password' | 'tls' | 'database'>,
) {
  const secure = tls && { tls: true as const, ...(tls.ca !== undefined && { ca: tls.ca }) };
  return createClient({
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    database,
    disableOfflineQueue: true,
    // Bounds are this folder's own: the client's would cost a timer and a listener for each command.
    commandOptions: { timeout: 0 },
    maintNotifications: 'disabled',
    socket: { host, port, connectTimeout: ANSWER_MS, reconnectStrategy: false, ...secure },
  });
}

/** What was promised, or an error with this code when it takes too long. For calls that are rare. */
export async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const isLate = () => reject(Object.assign(new Error('late'), { code: 'timeout' }));
    // A process that stood still reads first what came meanwhile.
    timer = setTimeout(() => setImmediate(isLate), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Connects to ask one thing. */
export async function askOnce<T>(
  address: RedisAddress,
  settings: Parameters<typeof makeClient>[1],
  ms: number,
  ask: (client: RedisClient) => Promise<T>,
): Promise<T> {
  const client = makeClient(address, settings);
  // Without a listener the client would end the process.
  client.on('error', () => undefined);
  try {
    return await within(
      ms,
      client.connect().then(() => ask(client)),
    );
  } finally {
    client.destroy();
  }
}
