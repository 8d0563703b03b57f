import { randomUUID } from 'node:crypto';
import type { Cursors } from '../../domain/cursors.ts';
import type { Log } from '../../domain/log.ts';
import type { SharedMemory } from '../../domain/shared-memory.ts';
import type { WecomAccount } from '../accounts.ts';
import type { ChannelCounts } from '../counts.ts';
import { createGate } from '../gate.ts';
import type { WecomClient } from './client.ts';
import type { TakeItem } from './take.ts';

export interface SyncParts {
  account: Pick<WecomAccount, 'name' | 'openKfIds'>;
  client: Pick<WecomClient, 'sync'>;
  memory: SharedMemory;
  cursors: Cursors;
  take: TakeItem;
  counts: ChannelCounts;
  log: Log;
  /** Without a bell. Default 60 s. */
  pollMs?: number;
  /** After a failure. Default 2 s. */
  retryMs?: number;
  /** Between looks for a bell that whoever heard it has left. Default 5 s. */
  lookMs?: number;
}

export interface Sync {
  /** There is something to fetch. Returns when that is known to all processes, before it is fetched. */
  ring(openKfId: string, token?: string): Promise<void>;
  /** Looks whether a bell was lost, now and from time to time. */
  start(): void;
  /** Waits for what is being fetched. */
  stop(): Promise<void>;
}

/** Renewed while somebody fetches: what is left by who dies waits no longer. */
const LOCK_SECONDS = 15;
/** As long as the token of a bell. */
const BELL_SECONDS = 600;
/** Customers whose messages are taken at the same time: a full page would hold up everything else. */
const CUSTOMERS_AT_ONCE = 4;
/** A platform that says "more" for ever and gives nothing. */
const MAX_EMPTY_PAGES = 50;

/** The customer of an item, as far as it can be seen from outside: items of one are taken in order. */
function customerOf(item: unknown): string {
  const { external_userid, event } = item as {
    external_userid?: unknown;
    event?: { external_userid?: unknown };
  };
  return String(external_userid ?? event?.external_userid ?? '');
}

function byCustomer(items: readonly unknown[]): unknown[][] {
  const groups = new Map<string, unknown[]>();
  for (const item of items) {
    const customer = typeof item === 'object' && item !== null ? customerOf(item) : '';
    groups.set(customer, [...(groups.get(customer) ?? []), item]);
  }
  return [...groups.values()];
}

/**
 * Fetches what WeCom's bell announces: one process per customer-service account, others leave word. The cursor is
 * saved after the messages before it, so a process that dies in between fetches them again, and none is lost.
 */
export function createSync(parts: SyncParts): Sync {
  const { account, client, memory, cursors, take, counts, log, pollMs = 60_000 } = parts;
  const { retryMs = 2_000, lookMs = 5_000 } = parts;
  const running = new Set<Promise<void>>();
  const timers = new Set<NodeJS.Timeout>();
  const taking = createGate(CUSTOMERS_AT_ONCE);
  let stopping = false;

  /** Each ring is another one, also of the same token. */
  const tokenIn = (rung: string) => rung.slice(rung.indexOf(' ') + 1);
  const bellOf = (openKfId: string) => `wecom-bell:${openKfId}`;
  const lockOf = (openKfId: string) => `wecom-sync:${openKfId}`;

  function later(ms: number, action: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (!stopping) action();
    }, ms);
    timers.add(timer);
  }

  async function takePage(openKfId: string, items: readonly unknown[], isReplay: boolean): Promise<void> {
    const takeInOrder = async (mine: unknown[]) => {
      for (const item of mine)
        counts.callback('wecom', account.name, await take(item, { openKfId, isReplay }));
    };
    await Promise.all(byCustomer(items).map((mine) => taking(() => takeInOrder(mine))));
  }

  /** All there is now. False when the lock was lost: somebody else goes on. Throws when it could not be finished. */
  async function fetchAll(openKfId: string, owner: string, bell: string | undefined): Promise<boolean> {
    const name = `wecom:${openKfId}`;
    let cursor = await cursors.read(name);
    // All of three days comes again; what the bot has answered before it must not answer now.
    const isReplay = cursor === undefined;
    let token = bell || undefined;
    for (let empty = 0; empty < MAX_EMPTY_PAGES; ) {
      const kept = { value: owner, ttlSeconds: LOCK_SECONDS };
      if (stopping || !(await memory.swap(lockOf(openKfId), owner, kept))) return false;
      const page = await client.sync(openKfId, { cursor, token });
      if (page.kind === 'refused' && page.reason === 'sync-token' && token !== undefined) {
        token = undefined;
        continue;
      }
      if (page.kind !== 'done')
        throw Object.assign(new Error(`sync_msg: ${page.kind}`), { code: JSON.stringify(page) });
      const { items, cursor: next, more } = page.value;
      await takePage(openKfId, items, isReplay);
      if (next !== undefined && next !== cursor) await cursors.save(name, next);
      cursor = next ?? cursor;
      if (!more) return true;
      empty = items.length === 0 ? empty + 1 : 0;
    }
    return true;
  }

  /** The bell is silenced after it was followed, unless it has rung again: whoever dies over it leaves it to others. */
  async function follow(openKfId: string, owner: string): Promise<boolean> {
    const rung = await memory.read(bellOf(openKfId));
    const isDone = await fetchAll(openKfId, owner, rung && tokenIn(rung));
    if (isDone && rung !== undefined) await memory.swap(bellOf(openKfId), rung, undefined);
    return isDone;
  }

  /** Until nobody has rung meanwhile: who rings while the lock is held leaves it at that. */
  async function fetch(openKfId: string): Promise<void> {
    const owner = randomUUID();
    const kept = { value: owner, ttlSeconds: LOCK_SECONDS };
    for (let isDone = true; isDone && !stopping; ) {
      if (!(await memory.swap(lockOf(openKfId), undefined, kept))) return;
      const renewing = setInterval(
        // A lock that is lost shows before the next page.
        () => memory.swap(lockOf(openKfId), owner, kept).catch(() => false),
        (LOCK_SECONDS * 1000) / 3,
      );
      try {
        isDone = await follow(openKfId, owner);
      } finally {
        clearInterval(renewing);
        await memory.swap(lockOf(openKfId), owner, undefined).catch(() => undefined);
      }
      if ((await memory.read(bellOf(openKfId))) === undefined) return;
    }
  }

  function run(openKfId: string): void {
    if (stopping) return;
    const fetching = fetch(openKfId)
      .catch((error: unknown) => {
        counts.callback('wecom', account.name, 'failed');
        log.error({ err: error, account: account.name }, 'fetching from WeCom failed');
        later(retryMs, () => run(openKfId));
      })
      .finally(() => running.delete(fetching));
    running.add(fetching);
  }

  function poll(): void {
    for (const openKfId of account.openKfIds) run(openKfId);
    later(pollMs, poll);
  }

  async function look(): Promise<void> {
    for (const openKfId of account.openKfIds) {
      const rung = await memory.read(bellOf(openKfId)).catch(() => undefined);
      if (rung !== undefined) run(openKfId);
    }
    later(lookMs, look);
  }

  return {
    async ring(openKfId, token = '') {
      const rung = { value: `${randomUUID()} ${token}`, ttlSeconds: BELL_SECONDS };
      const key = bellOf(openKfId);
      while (!(await memory.swap(key, await memory.read(key), rung)));
      run(openKfId);
    },
    start() {
      poll();
      later(lookMs, look);
    },
    async stop() {
      stopping = true;
      for (const timer of timers) clearTimeout(timer);
      await Promise.all(running);
    },
  };
}
