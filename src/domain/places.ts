/** How many may do something at once: altogether, and under one key. */
export interface Places {
  /** Takes a place; the returned function gives it back, once however often it is called. Undefined = full. */
  take(key: string): (() => void) | undefined;
}

/** Places of one process. */
export function createPlaces(limits: { total: number; perKey: number }): Places {
  const taken = new Map<string, number>();
  let total = 0;

  return {
    take(key) {
      const mine = taken.get(key) ?? 0;
      if (total >= limits.total || mine >= limits.perKey) return undefined;
      total++;
      taken.set(key, mine + 1);
      let held = true;
      return () => {
        if (!held) return;
        held = false;
        total--;
        const left = (taken.get(key) ?? 1) - 1;
        if (left > 0) taken.set(key, left);
        else taken.delete(key);
      };
    },
  };
}
