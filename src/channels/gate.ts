/** Lets only so many through at a time, those in a hurry first. */
export type Gate = <T>(work: () => Promise<T>, urgent?: boolean) => Promise<T>;

/** Opens a gate for `width` at a time. */
export function createGate(width: number): Gate {
  const urgentOnes: (() => void)[] = [];
  const others: (() => void)[] = [];
  let inside = 0;
  return async (work, urgent = false) => {
    if (inside < width) inside++;
    else await new Promise<void>((enter) => (urgent ? urgentOnes : others).push(enter));
    try {
      return await work();
    } finally {
      // Whoever is next takes the place over.
      const next = urgentOnes.shift() ?? others.shift();
      if (next) next();
      else inside--;
    }
  };
}
