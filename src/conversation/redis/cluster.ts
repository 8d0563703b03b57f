import { ANSWER_MS, askOnce, type RedisClient, within } from './client.ts';
import { codeOf, connectingFault, RedisFault } from './fault.ts';
import { Link, type LinkOptions } from './link.ts';
import { describeAddress, type RedisAddress } from './settings.ts';
import { SLOTS, slotOf } from './slots.ts';
import type { Topology } from './topology.ts';

/** How soon a dead master's successor is found once the Cluster has chosen it. */
const SEARCH_MS = 250;
const REVIEW_MS = 5_000;
const PATIENCE_MS = 1_000;

interface Range {
  from: number;
  to: number;
  master: RedisAddress;
  replicas: RedisAddress[];
}

/** Of a node as nodes write it: `host:port`, an IPv6 host also without brackets. */
function parseAddress(text: string): RedisAddress {
  const colon = text.lastIndexOf(':');
  return { host: text.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(text.slice(colon + 1)) };
}

async function rangesKnownTo(client: RedisClient, asked: RedisAddress): Promise<Range[]> {
  const ranges = await client.clusterSlots();
  // A node that does not know its own address leaves it out: it is the one it was asked at.
  const addressOf = ({ host, port }: RedisAddress) => ({ host: host || asked.host, port });
  return ranges.map(({ from, to, master, replicas }) => ({
    from,
    to,
    master: addressOf(master),
    replicas: replicas.map(addressOf),
  }));
}

/**
 * A link to each master, and who has which slot. Commands are routed here because the client's own
 * `createCluster` keeps those for a dead master in a queue (the last of them failed 5 s after the kill, by
 * the client's own timeout, although the slot had a new master), leaves it open when a subscription is back
 * on another node, so that missed wake-ups could not be looked for, and starts such resubscriptions
 * without anybody to catch their failure, which ends a process.
 */
export async function openCluster(options: LinkOptions & { onChange(): void }): Promise<Topology> {
  const { settings, onChange } = options;
  if (settings.servers.kind !== 'cluster') throw new Error('not a Cluster');
  const seeds = settings.servers.nodes;
  const links = new Map<string, Link>();
  const owners: (Link | undefined)[] = new Array(SLOTS).fill(undefined);
  let known: RedisAddress[] = [];
  let map = '';
  let isClosed = false;
  let update: Promise<void> | undefined;

  async function discover(): Promise<Range[]> {
    // Another one each time: it may be one that is cut off from the rest.
    const present = [...links.values()];
    const first = Math.floor(Math.random() * present.length);
    for (const link of [...present.slice(first), ...present.slice(0, first)]) {
      if (!link.client) continue;
      const asked = within(ANSWER_MS, rangesKnownTo(link.client, parseAddress(link.address)));
      const ranges = await asked.catch(() => []);
      if (ranges.length > 0) return ranges;
    }
    let fault: RedisFault | undefined;
    for (const address of [...known, ...seeds]) {
      try {
        const ranges = await askOnce(address, settings, PATIENCE_MS, (client) =>
          rangesKnownTo(client, address),
        );
        if (ranges.length > 0) return ranges;
        fault = new RedisFault(
          'connecting',
          'CLUSTERDOWN',
          'the Cluster has no slots, see REDIS_CLUSTER_NODES',
        );
      } catch (error) {
        fault = refusalOf(address, error);
      }
    }
    throw fault;
  }

  function refusalOf(address: RedisAddress, error: unknown): RedisFault {
    if (!(error instanceof Error && error.message.includes('cluster support disabled'))) {
      return connectingFault(settings, describeAddress(address), error);
    }
    const why = 'is not part of a Cluster: REDIS_CLUSTER_NODES is for nodes of one, REDIS_URL for one server';
    return new RedisFault('connecting', codeOf(error), `Redis at ${describeAddress(address)} ${why}`);
  }

  function linkTo(address: RedisAddress): { link: Link; isNew: boolean } {
    const name = describeAddress(address);
    const present = links.get(name);
    if (present) return { link: present, isNew: false };
    const link = new Link(options, async () => address);
    links.set(name, link);
    return { link, isNew: true };
  }

  /** Takes over who has what; returns the links that are not connected yet. */
  function apply(ranges: Range[]): Link[] {
    const added: Link[] = [];
    const named = new Set(ranges.map(({ master }) => describeAddress(master)));
    owners.fill(undefined);
    for (const { from, to, master } of ranges) {
      const { link, isNew } = linkTo(master);
      owners.fill(link, from, to + 1);
      if (isNew) added.push(link);
    }
    known = ranges.flatMap(({ master, replicas }) => [master, ...replicas]);
    for (const [name, link] of links) {
      if (named.has(name)) continue;
      links.delete(name);
      link.close().catch(() => undefined);
    }
    return added;
  }

  async function review(): Promise<void> {
    const ranges = await discover();
    const now = JSON.stringify(ranges);
    if (isClosed || now === map) return;
    map = now;
    for (const link of apply(ranges)) link.begin();
    onChange();
  }
  function refresh(): void {
    // What fails is tried again at the next tick.
    if (update) return;
    update = review()
      .catch(() => undefined)
      .finally(() => {
        update = undefined;
      });
  }

  let ticks = 0;
  const timer = setInterval(() => {
    const isDue = ++ticks % (REVIEW_MS / SEARCH_MS) === 0;
    if (isDue || [...links.values()].some((link) => !link.client)) refresh();
  }, SEARCH_MS);
  timer.unref();

  async function close(): Promise<void> {
    isClosed = true;
    clearInterval(timer);
    await Promise.all([...links.values()].map((link) => link.close()));
  }

  try {
    await Promise.all(apply(await discover()).map((link) => link.start()));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    linkOf: (key) => owners[slotOf(key)],
    linkAt(address) {
      if (isClosed) return undefined;
      const { link, isNew } = linkTo(parseAddress(address));
      // A master that is only receiving its first slots; the next review forgets it if it has none by then.
      if (isNew) link.begin();
      return link;
    },
    masters: () => [...new Set(owners.filter((link) => link !== undefined))],
    refresh,
    close,
  };
}
