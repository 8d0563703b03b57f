import { randomUUID } from 'node:crypto';
import type { Cursors } from '../../domain/cursors.ts';
import type { Log } from '../../domain/log.ts';
import type { SharedMemory } from '../../domain/shared-memory.ts';
import type { WecomAccount } from '../accounts.ts';
import type { ChannelCounts } from '../counts.ts';
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
  /** After a failure. Default 5 s. */
  retryMs?: number;
}

export interface Sync {
  /** There is something to fetch. Returns when that is known to all processes, before it is fetched. */
  ring(openKfId: string, token?: string): Promise<void>;
  /** Looks whether a bell was lost, now and from time to time. */
  start(): void;
  /** Waits for what is being fetched. */
  stop(): Promise<void>;
}

/** Renewed before each page. */
const LOCK_SECONDS = 60;
/** As long as the token of a bell. */
const BELL_SECONDS = 600;
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
  const { account, client, memory, cursors, take, counts, log, pollMs = 60_000, retryMs = 5_000 } = parts;
  const running = new Set<Promise<void>>();
  const timers = new Set<NodeJS.Timeout>();
  let stopping = false;

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
    await Promise.all(byCustomer(items).map(takeInOrder));
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

  async function fetchLocked(openKfId: string, owner: string): Promise<boolean> {
    const bell = await memory.take(bellOf(openKfId));
    try {
      const isDone = await fetchAll(openKfId, owner, bell);
      if (!isDone && bell !== undefined) await memory.put(bellOf(openKfId), bell, BELL_SECONDS);
      return isDone;
    } catch (error) {
      // Left for whoever comes next; where that fails, too, there are the looks from time to time.
      if (bell !== undefined) await memory.put(bellOf(openKfId), bell, BELL_SECONDS).catch(() => undefined);
      throw error;
    }
  }

  /** Until nobody has rung meanwhile: who rings while the lock is held leaves it at that. */
  async function fetch(openKfId: string): Promise<void> {
    const owner = randomUUID();
    for (;;) {
      const kept = { value: owner, ttlSeconds: LOCK_SECONDS };
      if (!(await memory.swap(lockOf(openKfId), undefined, kept))) return;
      let isDone = false;
      try {
        isDone = await fetchLocked(openKfId, owner);
      } finally {
        await memory.swap(lockOf(openKfId), owner, undefined).catch(() => undefined);
      }
      const rung = isDone && !stopping ? await memory.take(bellOf(openKfId)) : undefined;
      if (rung === undefined) return;
      await memory.put(bellOf(openKfId), rung, BELL_SECONDS);
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

  return {
    async ring(openKfId, token = '') {
      await memory.put(bellOf(openKfId), token, BELL_SECONDS);
      run(openKfId);
    },
    start: poll,
    async stop() {
      stopping = true;
      for (const timer of timers) clearTimeout(timer);
      await Promise.all(running);
    },
  };
}
