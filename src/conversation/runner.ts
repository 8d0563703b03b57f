import type { Clock } from '../domain/clock.ts';
import type { Claim, ConversationStore, NewActivity, PendingMessage, TurnOutcome } from './store.ts';

/**
 * Answers one message on the claimed state. Must not throw for anything a customer can cause: when it
 * throws, the same message is run again, soon and then ever later, with `attempts` counted up.
 */
export type RunTurn = (claim: Claim, message: PendingMessage) => Promise<Omit<TurnOutcome, 'seq'>>;

export interface TurnRunnerParts {
  store: ConversationStore;
  runTurn: RunTurn;
  clock: Clock;
  /** What a customer sees while a turn takes longer than `typingAfterMs`. */
  typing: NewActivity;
  log: { error(details: object, message: string): void };
  /** Names this process in leases. */
  owner: string;
  leaseMs?: number;
  sweepMs?: number;
  typingAfterMs?: number;
}

export interface TurnRunner {
  /** Says that a message was accepted; returns at once. */
  wake(conversationId: string): void;
  /** Looks for accepted messages that nobody answers, now and from time to time. */
  start(): Promise<void>;
  /** Takes no new turn and waits for the running ones. */
  stop(): Promise<void>;
}

const TYPING_EVERY_MS = 3_000;
const RETRY_BUSY_MS = 500;
/** After the first failure of a turn; twice as long after each further one. */
const RETRY_FAILED_MS = 250;
const SWEEP_BATCH = 100;

/**
 * Runs turns: one at a time per conversation, in order, any number of conversations at once.
 * A turn that dies with its process is found again by the sweep, here or elsewhere, once its lease ended.
 */
export function createTurnRunner(parts: TurnRunnerParts): TurnRunner {
  const { store, runTurn, log, owner } = parts;
  const leaseMs = parts.leaseMs ?? 30_000;
  const sweepMs = parts.sweepMs ?? 5_000;
  const typingAfterMs = parts.typingAfterMs ?? 400;
  /** Conversations being worked on here; true = woken again meanwhile. */
  const working = new Map<string, boolean>();
  const running = new Set<Promise<void>>();
  const timers = new Set<NodeJS.Timeout>();
  let stopping = false;

  function later(ms: number, action: () => void): () => void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      action();
    }, ms);
    timers.add(timer);
    return () => {
      clearTimeout(timer);
      timers.delete(timer);
    };
  }

  /** Typing and the lease are kept up for as long as the turn lasts. */
  function keepAlive(claim: Claim): () => void {
    const id = claim.conversation.id;
    const pass = () => void store.pass(id, parts.typing).catch(() => undefined);
    let cancel = later(typingAfterMs, function type() {
      pass();
      cancel = later(TYPING_EVERY_MS, type);
    });
    const renewal = setInterval(() => {
      // A lost lease shows at the commit, which is refused; nothing to do here.
      store.renew(id, claim.fence, leaseMs).catch(() => undefined);
    }, leaseMs / 3);
    return () => {
      cancel();
      clearInterval(renewal);
    };
  }

  async function answer(claim: Claim, message: PendingMessage): Promise<Claim | undefined> {
    const finish = keepAlive(claim);
    try {
      const outcome = await runTurn(claim, message);
      const result = await store.commit(claim, { ...outcome, seq: message.seq });
      return result.kind === 'committed' ? result.claim : undefined;
    } finally {
      finish();
    }
  }

  /** Gives the lease back at once: until it ran out by itself, the customer would wait. */
  async function tryAgainSoon({ conversation, fence }: Claim, { attempts }: PendingMessage): Promise<void> {
    await store.release(conversation.id, fence).catch(() => undefined);
    if (!stopping) later(RETRY_FAILED_MS * 2 ** (attempts - 1), () => wake(conversation.id));
  }

  async function work(conversationId: string): Promise<void> {
    const result = await store.claim(conversationId, owner, leaseMs);
    if (result.kind === 'busy') {
      if (!stopping) later(RETRY_BUSY_MS, () => wake(conversationId));
      return;
    }
    if (result.kind === 'idle') return;
    let next: Claim | undefined = result.claim;
    while (next) {
      const claim: Claim = next;
      const message = claim.messages[0];
      if (!message) return;
      if (stopping) {
        await store.release(conversationId, claim.fence);
        return;
      }
      try {
        next = await answer(claim, message);
      } catch (error) {
        await tryAgainSoon(claim, message);
        throw error;
      }
    }
  }

  async function drain(conversationId: string): Promise<void> {
    try {
      do {
        working.set(conversationId, false);
        await work(conversationId);
      } while (working.get(conversationId) && !stopping);
    } catch (error) {
      // The message stays pending: whatever else fails, the sweep brings it back.
      log.error({ err: error, conversationId }, 'turn not finished');
    } finally {
      working.delete(conversationId);
    }
  }

  function wake(conversationId: string): void {
    if (stopping) return;
    if (working.has(conversationId)) {
      working.set(conversationId, true);
      return;
    }
    const run = drain(conversationId).finally(() => running.delete(run));
    running.add(run);
  }

  async function sweep(olderThanMs: number): Promise<void> {
    for (const id of await store.pending(olderThanMs, SWEEP_BATCH)) wake(id);
  }

  function sweepLater(): void {
    later(sweepMs, () => {
      sweep(sweepMs)
        .catch((error) => log.error({ err: error }, 'looking for unanswered messages failed'))
        .finally(() => {
          if (!stopping) sweepLater();
        });
    });
  }

  return {
    wake,
    async start() {
      await sweep(0);
      sweepLater();
    },
    async stop() {
      stopping = true;
      for (const timer of timers) clearTimeout(timer);
      await Promise.all(running);
    },
  };
}
