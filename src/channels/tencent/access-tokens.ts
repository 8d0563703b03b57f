import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import type { Clock } from '../../domain/clock.ts';
import type { Log } from '../../domain/log.ts';
import type { SharedMemory } from '../../domain/shared-memory.ts';
import type { ApiResult } from './outcome.ts';

export interface AccessToken {
  token: string;
  /** Epoch ms. */
  expiresAt: number;
}

/** The access tokens of one account, of which all processes use the same. */
export interface AccessTokens {
  /** One that is good for some minutes. */
  current(): Promise<ApiResult<string>>;
  /**
   * Another one than that which the platform has refused. It may give the same again; when it refuses that, too, say
   * `force`, by which the platform makes a new one.
   */
  instead(refused: string, force?: boolean): Promise<ApiResult<string>>;
}

/** The platform renews a token itself five minutes before its end, and both are good until then. */
const RENEW_BEFORE_MS = 300_000;
/** Longer than a call may take, so that who holds the lock is done by then. */
const LOCK_SECONDS = 12;
const WAIT_MS = 100;
const PATIENCE_MS = 5_000;
/** The platform makes no new one sooner. */
const FORCE_EVERY_MS = 30_000;

const stored = z.object({ token: z.string().min(1), expiresAt: z.number() });

function readStored(text: string | undefined): AccessToken | undefined {
  try {
    return stored.safeParse(JSON.parse(text ?? '')).data;
  } catch {
    return undefined;
  }
}

/**
 * Keeps one token per account in the shared memory: one process renews it while the others go on with the old one, and
 * looks again after it has got the lock whether somebody else was quicker. While the memory is away, each process has
 * its own, which the platform's stable tokens allow.
 */
export function createAccessTokens(parts: {
  memory: SharedMemory;
  /** Of the account. */
  key: string;
  clock: Clock;
  log: Log;
  fetchToken(force: boolean): Promise<ApiResult<{ token: string; expiresInSeconds: number }>>;
}): AccessTokens {
  const { memory, clock, log } = parts;
  const key = `token:${parts.key}`;
  const lockKey = `token-lock:${parts.key}`;
  let own: AccessToken | undefined;
  /** What this process is waiting for already. */
  const waiting = new Map<string, Promise<ApiResult<string>>>();

  const leftMs = (it: AccessToken) => it.expiresAt - clock.now().getTime();
  const isGood = (it: AccessToken | undefined, refused: string | undefined): it is AccessToken =>
    it !== undefined && leftMs(it) > 0 && it.token !== refused;
  const done = ({ token }: AccessToken): ApiResult<string> => ({ kind: 'done', value: token });

  async function fetchOne(force: boolean): Promise<ApiResult<AccessToken>> {
    const fetched = await parts.fetchToken(force);
    if (fetched.kind !== 'done') return fetched;
    const { token, expiresInSeconds } = fetched.value;
    own = { token, expiresAt: clock.now().getTime() + expiresInSeconds * 1000 };
    return { kind: 'done', value: own };
  }

  /** Writes it unless there is one that lasts longer: the answer of a slow call must not undo a quicker one's. */
  async function keep(made: AccessToken, refused: string | undefined): Promise<AccessToken> {
    for (;;) {
      const text = await memory.read(key);
      const present = readStored(text);
      if (present && isGood(present, refused) && present.expiresAt > made.expiresAt) return present;
      const ttlSeconds = Math.max(1, Math.floor(leftMs(made) / 1000));
      if (await memory.swap(key, text, { value: JSON.stringify(made), ttlSeconds })) return made;
    }
  }

  async function renewLocked(refused: string | undefined, force: boolean): Promise<ApiResult<string>> {
    const present = readStored(await memory.read(key));
    const isRenewed = present && isGood(present, refused) && leftMs(present) > RENEW_BEFORE_MS;
    if (isRenewed) return done(present);
    const mayForce = force && (await memory.hit(`token-force:${parts.key}`, 1, FORCE_EVERY_MS)).count === 1;
    const made = await fetchOne(mayForce);
    if (made.kind === 'done') return done(await keep(made.value, force ? refused : undefined));
    return isGood(present, refused) ? done(present) : made;
  }

  async function renew(refused: string | undefined, force: boolean): Promise<ApiResult<string>> {
    const owner = randomUUID();
    const until = performance.now() + PATIENCE_MS;
    for (;;) {
      if (await memory.swap(lockKey, undefined, { value: owner, ttlSeconds: LOCK_SECONDS })) {
        try {
          return await renewLocked(refused, force);
        } finally {
          // Left to its end where that fails: nobody waits for a lock longer than for a token.
          await memory.swap(lockKey, owner, undefined).catch(() => undefined);
        }
      }
      const present = readStored(await memory.read(key));
      if (isGood(present, refused)) return done(present);
      if (performance.now() > until) return { kind: 'unreachable' };
      await setTimeout(WAIT_MS);
    }
  }

  async function alone(
    error: unknown,
    refused: string | undefined,
    force: boolean,
  ): Promise<ApiResult<string>> {
    if (isGood(own, refused) && leftMs(own) > RENEW_BEFORE_MS) return done(own);
    log.warn(
      { err: error, account: parts.key },
      'the shared memory is away; an access token of our own is used',
    );
    const made = await fetchOne(force);
    return made.kind === 'done' ? done(made.value) : made;
  }

  /** Once in this process, however many wait for it. */
  function once(refused: string | undefined, force: boolean): Promise<ApiResult<string>> {
    const name = `${refused} ${force}`;
    const present = waiting.get(name);
    if (present) return present;
    const renewing = renew(refused, force)
      .catch((error: unknown) => alone(error, refused, force))
      .finally(() => waiting.delete(name));
    waiting.set(name, renewing);
    return renewing;
  }

  return {
    async current() {
      const present = await memory.read(key).then(readStored, () => own);
      if (isGood(present, undefined) && leftMs(present) > RENEW_BEFORE_MS) return done(present);
      return once(undefined, false);
    },
    async instead(refused, force = false) {
      // Only that very one: another process may have put a good one in its place.
      const text = await memory.read(key).catch(() => undefined);
      if (readStored(text)?.token === refused) await memory.swap(key, text, undefined).catch(() => false);
      if (own?.token === refused) own = undefined;
      return once(refused, force);
    },
  };
}
