import { sentenceOf } from './sentences.ts';
import { placeSetting, type RedisSettings } from './settings.ts';

/**
 * Redis could not be reached, gave no answer in time or refused. Safe to log: of what Redis or the client
 * said only a code is kept. It names a key of ours where that one is the reason, and never a value.
 */
export class RedisFault extends Error {
  override name = 'RedisFault';
  readonly operation: string;
  /**
   * First word of Redis' refusal (`OOM`, `READONLY`), the system's code (`ECONNREFUSED`) or an error's name;
   * `timeout`: no answer came; `REPLICAS`: written, but too few replicas have it.
   */
  readonly code: string;
  /** A sentence for the operator, where the code does not say it. */
  readonly explanation: string | undefined;

  constructor(operation: string, code: string, explanation?: string) {
    super(`conversation store: ${operation} failed: ${explanation ?? sentenceOf(code) ?? code}`);
    this.operation = operation;
    this.code = code;
    this.explanation = explanation;
  }
}

/** How Redis 7 says NOPERM of a command inside a script. */
const SCRIPT_NOPERM = /^ERR (?:The user executing the script can't|ACL failure)/;

/** The code of whatever the client threw or emitted. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (SCRIPT_NOPERM.test(error.message)) return 'NOPERM';
  return /^[A-Z]{2,}(?= )/.exec(error.message)?.[0] ?? error.constructor.name;
}

const CREDENTIALS = /^(WRONGPASS|NOAUTH|NOPERM)$/;
const CERTIFICATE = /CERT|SIGNATURE|ALTNAME/;

/** Why a server cannot be used, for the operator: names the server and the setting, never its value. */
export function connectingFault(settings: RedisSettings, address: string, error: unknown): RedisFault {
  if (error instanceof RedisFault) return error;
  const code = codeOf(error);
  const server = `Redis at ${address}`;
  const setting = placeSetting(settings);
  if (CREDENTIALS.test(code)) {
    return new RedisFault(
      'connecting',
      code,
      `${server} refused the user or password of ${setting} (${code})`,
    );
  }
  if (CERTIFICATE.test(code)) {
    const advice = 'REDIS_CA_FILE must be the certificate of its authority, and its name the one in';
    return new RedisFault('connecting', code, `${server} is not trusted (${code}): ${advice} ${setting}`);
  }
  if (code === 'READONLY') {
    const advice = 'must name the master, or redis+sentinel:// the Sentinels that know it';
    return new RedisFault('connecting', code, `${server} is a replica: ${setting} ${advice}`);
  }
  return new RedisFault('connecting', code, `cannot connect to ${server} (${code}), see ${setting}`);
}
