const MOST_MS = 30_000;
/** Conversations remembered at once: beyond that, some are tried again early. */
const MOST = 10_000;

/** Conversations on which something failed: left alone for a while, for twice as long after each further failure. */
export function createRests(firstMs: number) {
  const rests = new Map<string, { ms: number; until: number }>();

  return {
    /** Begins a rest and says how long it is. */
    failed(conversationId: string): number {
      const before = rests.get(conversationId)?.ms;
      const ms = before === undefined ? firstMs : Math.min(before * 2, MOST_MS);
      if (rests.size >= MOST) rests.clear();
      rests.set(conversationId, { ms, until: performance.now() + ms });
      return ms;
    },
    /** It works again. */
    over(conversationId: string): void {
      rests.delete(conversationId);
    },
    isResting(conversationId: string): boolean {
      return performance.now() < (rests.get(conversationId)?.until ?? 0);
    },
  };
}
