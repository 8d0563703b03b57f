import { readFileSync } from 'node:fs';
import { z } from 'zod';
import {
  parseClusterNodes,
  parseRedisUrl,
  type RedisSettings,
  redisSettings,
} from './conversation/redis/settings.ts';

/** What a reader makes of a text; undefined is refused. */
const parsed = <T>(read: (text: string) => T | undefined, message: string) =>
  z
    .string()
    .transform((text, context) => {
      const value = read(text);
      if (value !== undefined) return value;
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    })
    .optional();

function readCertificates(file: string): string | undefined {
  try {
    const text = readFileSync(file, 'utf8');
    return text.includes('-----BEGIN CERTIFICATE-----') ? text : undefined;
  } catch {
    return undefined;
  }
}

/** The environment variables that describe Redis. */
export const redisVariables = {
  REDIS_URL: parsed(
    parseRedisUrl,
    'must be redis://user:password@host:port/db or redis+sentinel://user:password@host:port,host:port/master-name?db=n (rediss with TLS)',
  ),
  REDIS_CLUSTER_NODES: parsed(
    parseClusterNodes,
    'must be host:port or redis(s)://user:password@host:port, several with commas, all with TLS or none',
  ),
  REDIS_CA_FILE: parsed(readCertificates, 'must be a file that can be read and has PEM certificates'),
  REDIS_SENTINEL_PASSWORD: z.string().optional(),
  REDIS_WAIT_REPLICAS: z.coerce.number().int().min(0).max(10).optional(),
};

type Env = z.infer<z.ZodObject<typeof redisVariables>>;

/** The one description of Redis that they make; undefined when they name none. */
export function redisOf(env: Env): RedisSettings | undefined {
  const place = env.REDIS_URL ?? env.REDIS_CLUSTER_NODES;
  if (!place) return undefined;
  return redisSettings(place, {
    ca: env.REDIS_CA_FILE,
    sentinelPassword: env.REDIS_SENTINEL_PASSWORD,
    waitReplicas: env.REDIS_WAIT_REPLICAS,
  });
}

/** What only makes sense together, or not together. */
export function redisFaults(env: Env): string[] {
  const faults: string[] = [];
  const place = env.REDIS_URL ?? env.REDIS_CLUSTER_NODES;
  if (env.REDIS_URL && env.REDIS_CLUSTER_NODES) faults.push('set REDIS_URL or REDIS_CLUSTER_NODES, not both');
  if (env.REDIS_CA_FILE && !place?.tls) faults.push('REDIS_CA_FILE is for rediss:// addresses only');
  if (env.REDIS_SENTINEL_PASSWORD && place?.servers.kind !== 'sentinel') {
    faults.push('REDIS_SENTINEL_PASSWORD is for a REDIS_URL that begins with redis+sentinel:// only');
  }
  if (env.REDIS_WAIT_REPLICAS !== undefined && !place) {
    faults.push('REDIS_WAIT_REPLICAS needs REDIS_URL or REDIS_CLUSTER_NODES');
  }
  return faults;
}
