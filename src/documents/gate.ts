/** Lets few tasks run at once and few wait; `undefined` = the queue is full, nothing was started. */
export interface Gate {
  run<T>(task: () => Promise<T>): Promise<{ value: T } | undefined>;
}

/** A gate for work that needs much memory: `active` tasks run, `waiting` more wait in order. */
export function createGate(limits: { active: number; waiting: number }): Gate {
  const queue: (() => void)[] = [];
  let active = 0;

  const enter = async (): Promise<void> => {
    if (active < limits.active) {
      active++;
      return;
    }
    // The one who leaves hands its place over, so nobody can slip in between.
    await new Promise<void>((resolve) => queue.push(resolve));
  };

  const leave = (): void => {
    const next = queue.shift();
    if (next) next();
    else active--;
  };

  return {
    async run(task) {
      if (active >= limits.active && queue.length >= limits.waiting) return undefined;
      await enter();
      try {
        return { value: await task() };
      } finally {
        leave();
      }
    },
  };
}
