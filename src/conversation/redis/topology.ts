import type { Link } from './link.ts';

/** Which server has which key, now. */
export interface Topology {
  /** The link to the master that has the key; absent while nobody is known to have it. */
  linkOf(key: string): Link | undefined;
  /** The link to a server that a server spoke of (`host:port`). */
  linkAt(address: string): Link | undefined;
  /** The links to all masters. */
  masters(): Link[];
  /** A server's answer shows that what is known is out of date. */
  refresh(): void;
  close(): Promise<void>;
}

/** One server has everything. */
export function singleTopology(link: Link): Topology {
  const masters = [link];
  return {
    linkOf: () => link,
    linkAt: () => undefined,
    masters: () => masters,
    refresh: () => undefined,
    close: () => link.close(),
  };
}
