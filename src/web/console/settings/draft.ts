import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { changedMeanwhile, useReread } from './data.ts';

interface Kept<T> {
  /** What was read when it was begun. */
  base: T;
  version: number;
  value: T;
}

export interface Draft<T> extends Kept<T> {
  isDirty: boolean;
  /** What somebody else has saved since it was begun. */
  theirs: T | undefined;
  fault: unknown;
  isSaving: boolean;
  change(value: T): void;
  /** Back to what is saved. */
  drop(): void;
  save(): void;
  /** Once more over what somebody else has saved. */
  saveOver(): void;
}

const isEqual = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/**
 * Changes that are not saved yet: while there are some, what is read anew in the background does not touch them.
 * They are saved with the version they began with. If that is not the last one any more, both are there to choose
 * from; but where somebody has changed something else, they are saved over the new version.
 */
export function useDraft<T>(
  saved: { value: T; version: number },
  to: {
    store(value: T, version: number): Promise<unknown>;
    /** This part of what the server says it is now. */
    pick(now: unknown): T;
    saved?(): void;
  },
): Draft<T> {
  const [kept, setKept] = useState<Kept<T>>();
  const reread = useReread();
  const now = kept ?? { base: saved.value, version: saved.version, value: saved.value };

  async function store(version: number): Promise<void> {
    try {
      await to.store(now.value, version);
    } catch (fault) {
      const meanwhile = changedMeanwhile(fault);
      if (!meanwhile || !isEqual(to.pick(meanwhile.now), now.base)) throw fault;
      await to.store(now.value, meanwhile.version);
    }
  }

  const saving = useMutation({
    mutationFn: store,
    onSuccess: async () => {
      await reread();
      setKept(undefined);
      to.saved?.();
    },
  });
  const meanwhile = changedMeanwhile(saving.error);
  const isDirty = kept !== undefined;

  useEffect(() => {
    if (!isDirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isDirty]);

  function drop(): void {
    saving.reset();
    setKept(undefined);
    void reread();
  }

  return {
    ...now,
    isDirty,
    theirs: meanwhile && to.pick(meanwhile.now),
    fault: meanwhile ? undefined : saving.error,
    isSaving: saving.isPending,
    change(value) {
      setKept({ ...now, value });
    },
    drop,
    save: () => saving.mutate(now.version),
    saveOver: () => saving.mutate(meanwhile?.version ?? now.version),
  };
}
