import type { Claim, ConversationStore } from '../../../src/conversation/store.ts';
import type { Stores } from './stores.ts';

/** A store in which one protection is gone: what the schedules must find. */
export type Breakage = (store: ConversationStore) => ConversationStore;

/** The same stores with the protection gone. */
export function broken(stores: Stores, breakage: Breakage): Stores {
  const made = new Map<ConversationStore, ConversationStore>();
  const through = (store: ConversationStore) => {
    const known = made.get(store) ?? breakage(store);
    made.set(store, known);
    return known;
  };
  return { ...stores, at: (now, process, call) => stores.at(now, process, (store) => call(through(store))) };
}

/** The newest claim of each conversation, whoever it was given to. */
function rememberClaims(store: ConversationStore) {
  const newest = new Map<string, Claim>();
  const remember = (claim: Claim | undefined) => {
    if (claim) newest.set(claim.conversation.id, claim);
  };
  const remembering: ConversationStore = {
    ...store,
    async accept(id, incoming, leaseMs) {
      const result = await store.accept(id, incoming, leaseMs);
      if (result.kind === 'accepted') remember(result.claim);
      return result;
    },
    async claim(id, leaseMs) {
      const result = await store.claim(id, leaseMs);
      if (result.kind === 'claimed') remember(result.claim);
      return result;
    },
  };
  return { remembering, newest };
}

/** Named by what they get wrong. */
export const BREAKAGES: Record<string, Breakage> = {
  'lets whoever lost the lease commit': (store) => {
    const { remembering, newest } = rememberClaims(store);
    return {
      ...remembering,
      commit(claim, turn) {
        const { fence } = newest.get(claim.conversation.id) ?? claim;
        return store.commit({ ...claim, fence }, turn);
      },
    };
  },

  'writes the answers of a repeated commit again': (store) => ({
    ...store,
    async commit(claim, turn) {
      const result = await store.commit(claim, turn);
      if (result.kind === 'committed' || turn.replies.length === 0) return result;
      const replies = await store.append(claim.conversation.id, 'bot', turn.replies);
      return { kind: 'committed', replies };
    },
  }),

  'takes a repeated message for a new one': (store) => ({
    ...store,
    accept: (id, incoming, leaseMs) => store.accept(id, { ...incoming, dedupeKey: undefined }, leaseMs),
  }),

  'gives away a lease that is held': (store) => {
    const { remembering, newest } = rememberClaims(store);
    return {
      ...remembering,
      async claim(id, leaseMs) {
        const held = newest.get(id);
        if (held) await store.release(id, held.fence);
        return remembering.claim(id, leaseMs);
      },
    };
  },

  'keeps the lease of a conversation that is answered': (store) => {
    const kept = new Set<string>();
    return {
      ...store,
      async commit(claim, turn) {
        const result = await store.commit(claim, turn);
        if (result.kind === 'committed' && !result.claim) kept.add(claim.conversation.id);
        return result;
      },
      async claim(id, leaseMs) {
        return kept.delete(id) ? { kind: 'busy' } : store.claim(id, leaseMs);
      },
    };
  },

  'loses what a turn left in the state': (store) => ({
    ...store,
    commit: (claim, turn) => store.commit(claim, { ...turn, state: claim.state }),
  }),

  'never looks for abandoned conversations': (store) => ({ ...store, pending: async () => [] }),
};
