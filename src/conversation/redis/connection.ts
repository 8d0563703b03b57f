import type { Log } from '../../domain/log.ts';
import { createCalls } from './calls.ts';
import type { RedisClient } from './client.ts';
import { openCluster } from './cluster.ts';
import { codeOf, RedisFault } from './fault.ts';
import { Link, type LinkOptions } from './link.ts';
import { createConfirmation } from './replication.ts';
import { sentinelLocator } from './sentinel.ts';
import type { RedisSettings } from './settings.ts';
import { singleTopology, type Topology } from './topology.ts';

export type { RedisClient } from './client.ts';

/** The way to Redis, whatever it is made of: it comes back by itself, and every call on it ends in time. */
export interface Connection {
  /**
   * Runs commands on the master that has this key. Throws `RedisFault` when there is no answer within 3 s; an
   * outage or failover that is over sooner is only felt as time.
   */
  call<T>(operation: string, key: string, run: (client: RedisClient) => Promise<T>): Promise<T>;
  /** The same, and what was written is on as many replicas as the settings ask for. */
  write<T>(
    operation: string,
    key: string,
    run: (client: RedisClient) => Promise<T>,
    /** Is given what was written when too few replicas have it, so that it can be undone. */
    unconfirmed?: (value: T) => void,
  ): Promise<T>;
  /** Throws `RedisFault` while no master answers. */
  ping(): Promise<void>;
  /** The connection to the key's master at this moment; absent during an outage. */
  clientOf(key: string): RedisClient | undefined;
  /** The masters that can be reached, with their addresses. */
  masters(): { client: RedisClient; address: string }[];
  close(): Promise<void>;
}

async function openTopology(options: LinkOptions & { onChange(): void }): Promise<Topology> {
  const { servers } = options.settings;
  if (servers.kind === 'cluster') return openCluster(options);
  const locate =
    servers.kind === 'sentinel' ? sentinelLocator(options.settings) : async () => servers.address;
  const link = new Link(options, locate);
  try {
    await link.start();
  } catch (error) {
    await link.close();
    throw error;
  }
  return singleTopology(link);
}

/** Connects; throws `RedisFault` that names server and setting when it cannot. */
export async function openConnection(parts: {
  settings: RedisSettings;
  log: Log;
  /** What the connection is for, in the log. */
  purpose: string;
  /** A connection is there, the first or another one. */
  onClient?(client: RedisClient): void;
  /** After each of them, and when keys have moved to another server. */
  onChange?(): void;
}): Promise<Connection> {
  const { settings, log, purpose } = parts;
  const { waitReplicas } = settings;
  const confirm = waitReplicas > 0 ? createConfirmation(waitReplicas) : undefined;
  // Links call back from their first connection on, which is before there is a topology.
  let topology: Topology | undefined;
  let calls: ReturnType<typeof createCalls> | undefined;
  const onChange = () => {
    calls?.retry();
    parts.onChange?.();
  };
  const onUp = (client: RedisClient) => {
    parts.onClient?.(client);
    onChange();
  };
  const onDown = () => topology?.refresh();
  const servers = await openTopology({ settings, log, purpose, onUp, onDown, onChange });
  topology = servers;
  calls = createCalls(servers);
  const { call, close } = calls;

  return {
    call,
    write(operation, key, run, unconfirmed) {
      if (!confirm) return call(operation, key, run);
      return call(operation, key, async (client) => {
        const value = await run(client);
        try {
          await confirm(client);
        } catch (error) {
          unconfirmed?.(value);
          throw error instanceof RedisFault ? error : new RedisFault(operation, codeOf(error));
        }
        return value;
      });
    },
    async ping() {
      await call('ping', undefined, (client) => client.ping());
    },
    clientOf: (key) => servers.linkOf(key)?.client,
    masters: () => servers.masters().flatMap(({ client, address }) => (client ? [{ client, address }] : [])),
    async close() {
      await servers.close();
      close();
    },
  };
}
