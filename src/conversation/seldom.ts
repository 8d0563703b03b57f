const EVERY_MS = 60_000;
/** Different things remembered at once: beyond that, some are said again early. */
const MOST = 1_000;

/** How often something was kept quiet since it was last said; undefined when it is to be kept quiet again. */
export type Seldom = (what: string) => number | undefined;

/** Lets the same thing be said once a minute, however often it happens. */
export function createSeldom(everyMs = EVERY_MS): Seldom {
  const said = new Map<string, { at: number; kept: number }>();

  return (what) => {
    const now = performance.now();
    const last = said.get(what);
    if (last && now - last.at < everyMs) {
      last.kept++;
      return undefined;
    }
    if (said.size >= MOST) said.clear();
    said.set(what, { at: now, kept: 0 });
    return last?.kept ?? 0;
  };
}
