import type { Wake } from '../store.ts';

type Listener = (wake: Wake) => void;

/** Wake-ups inside one process. */
export function createWakeUps() {
  const listeners = new Map<string, Set<Listener>>();

  return {
    wake(conversationId: string, wake: Wake): void {
      for (const listener of listeners.get(conversationId) ?? []) listener(wake);
    },
    subscribe(conversationId: string, listener: Listener): () => Promise<void> {
      const present = listeners.get(conversationId) ?? new Set();
      listeners.set(conversationId, present.add(listener));
      return async () => {
        present.delete(listener);
        if (present.size === 0 && listeners.get(conversationId) === present) listeners.delete(conversationId);
      };
    },
    clear(): void {
      listeners.clear();
    },
  };
}
