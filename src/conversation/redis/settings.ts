export interface RedisAddress {
  host: string;
  port: number;
}

/** Where Redis is and what a write has to survive: one description for every kind of installation. */
export interface RedisSettings {
  servers:
    | { kind: 'standalone'; address: RedisAddress }
    | { kind: 'sentinel'; sentinels: RedisAddress[]; master: string; password?: string }
    /** Some of the nodes; they name the others. */
    | { kind: 'cluster'; nodes: RedisAddress[] };
  username?: string;
  password?: string;
  /** A Cluster has only 0. */
  database: number;
  /** `ca`: PEM of a private authority, trusted instead of the public ones. */
  tls: false | { ca?: string };
  /** How many replicas must have a write before it counts. */
  waitReplicas: number;
}

const PORTS = { redis: 6379, sentinel: 26_379 };
const USUAL_REPLICAS = { standalone: 0, sentinel: 1, cluster: 1 };

type Place = Omit<RedisSettings, 'waitReplicas'>;

function addressOf(text: string, port: number): RedisAddress | undefined {
  const found = /^(?:\[([^\]]+)\]|([^:@[\],\s]+))(?::(\d{1,5}))?$/.exec(text.trim());
  const host = found?.[1] ?? found?.[2];
  const given = Number(found?.[3] ?? port);
  return host && given > 0 && given < 65_536 ? { host, port: given } : undefined;
}

function addressesOf(texts: string[], port: number): RedisAddress[] | undefined {
  const addresses = texts.map((text) => addressOf(text, port));
  const known = addresses.filter((address) => address !== undefined);
  return known.length > 0 && known.length === addresses.length ? known : undefined;
}

/** Of `user:password` in a URL; undefined when it is not well encoded. */
function credentialsOf(text: string | undefined): Pick<Place, 'username' | 'password'> | undefined {
  if (!text) return {};
  const colon = text.indexOf(':');
  try {
    const username = decodeURIComponent(colon < 0 ? text : text.slice(0, colon));
    const password = colon < 0 ? '' : decodeURIComponent(text.slice(colon + 1));
    return { ...(username && { username }), ...(password && { password }) };
  } catch {
    return undefined;
  }
}

function databaseOf(text: string | null | undefined): number | undefined {
  if (!text) return 0;
  return /^\d{1,4}$/.test(text) ? Number(text) : undefined;
}

/**
 * Reads `redis://user:password@host:port/db` (`rediss` with TLS) or
 * `redis+sentinel://user:password@host:port,host:port/master-name?db=n`. Undefined when it is neither.
 */
export function parseRedisUrl(text: string): Place | undefined {
  const parts = /^(rediss?)(\+sentinel)?:\/\/(?:([^/?#]*)@)?([^/?#@]+)(?:\/([^?#]*))?(?:\?([^#]*))?$/.exec(
    text,
  );
  if (!parts) return undefined;
  const [, scheme, viaSentinel, who, hosts = '', path = '', query] = parts;
  const credentials = credentialsOf(who);
  if (!credentials) return undefined;
  const tls = scheme === 'rediss' && {};

  if (!viaSentinel) {
    const address = addressOf(hosts, PORTS.redis);
    const database = databaseOf(path);
    if (!address || database === undefined || query) return undefined;
    return { servers: { kind: 'standalone', address }, ...credentials, database, tls };
  }
  const sentinels = addressesOf(hosts.split(','), PORTS.sentinel);
  const database = databaseOf(new URLSearchParams(query).get('db'));
  if (!sentinels || database === undefined || !/^[\w.-]+$/.test(path)) return undefined;
  return { servers: { kind: 'sentinel', sentinels, master: path }, ...credentials, database, tls };
}

/**
 * Reads `host:port` or `redis(s)://user:password@host:port`, several with commas. Credentials and TLS are
 * for all of them. Undefined when one cannot be read or they contradict each other.
 */
export function parseClusterNodes(text: string): Place | undefined {
  const nodes: RedisAddress[] = [];
  const schemes = new Set<string>();
  let credentials: Pick<Place, 'username' | 'password'> = {};
  for (const part of text.split(',').map((node) => node.trim())) {
    const [, scheme = 'redis', who, host = ''] =
      /^(?:(rediss?):\/\/)?(?:([^/?#]*)@)?([^/?#@]+)\/?$/.exec(part) ?? [];
    const address = addressOf(host, PORTS.redis);
    const given = credentialsOf(who);
    if (!address || !given) return undefined;
    nodes.push(address);
    schemes.add(scheme);
    if (who) credentials = given;
  }
  if (schemes.size !== 1) return undefined;
  return {
    servers: { kind: 'cluster', nodes },
    ...credentials,
    database: 0,
    tls: schemes.has('rediss') && {},
  };
}

/** Completes what a URL or list of nodes says. Without a number, one replica is awaited where there are some. */
export function redisSettings(
  place: Place,
  more: {
    ca?: string | undefined;
    sentinelPassword?: string | undefined;
    waitReplicas?: number | undefined;
  } = {},
): RedisSettings {
  const { ca, sentinelPassword } = more;
  const { servers } = place;
  return {
    ...place,
    servers:
      servers.kind === 'sentinel' && sentinelPassword !== undefined
        ? { ...servers, password: sentinelPassword }
        : servers,
    tls: place.tls && ca !== undefined ? { ca } : place.tls,
    waitReplicas: more.waitReplicas ?? USUAL_REPLICAS[servers.kind],
  };
}

/** The settings that a `REDIS_URL` alone makes. Throws when it is none. */
export function redisAt(url: string): RedisSettings {
  const place = parseRedisUrl(url);
  if (!place) throw new Error('not the URL of a Redis');
  return redisSettings(place);
}

export const describeAddress = ({ host, port }: RedisAddress): string =>
  `${host.includes(':') ? `[${host}]` : host}:${port}`;

/** The environment variable that says where Redis is. */
export const placeSetting = ({ servers }: RedisSettings): string =>
  servers.kind === 'cluster' ? 'REDIS_CLUSTER_NODES' : 'REDIS_URL';
