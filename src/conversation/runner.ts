import type { TurnInsight } from '../domain/insight.ts';
import { createRests } from './rests.ts';
import { createSeldom } from './seldom.ts';
import type { Accept, Claim, ConversationStore, NewActivity, PendingMessage, TurnOutcome } from './store.ts';

/**
 * Answers one message on the claimed state. Must not throw for anything a customer can cause: when it
 * throws, the same message is run again, soon and then ever later, with `attempts` counted up.
 */
export type RunTurn = (claim: Claim, message: PendingMessage) => Promise<TurnResult>;

/** What a turn has come to, and what reports are to know of it. */
export type TurnResult = Omit<TurnOutcome, 'seq'> & { insight?: TurnInsight };

export interface TurnRunnerParts {
  store: ConversationStore;
  runTurn: RunTurn;
  /** What a customer sees while a turn takes longer than `typingAfterMs`. */
  typing: NewActivity;
  log: { error(details: object, message: string): void };
  /** Is told of each turn once it is committed, and never of one that was not. Must not throw. */
  onInsight?: (insight: TurnInsight) => void;
  /** How long a dead process may keep others from its conversations. */
  leaseMs?: number;
  sweepMs?: number;
  typingAfterMs?: number;
}

export interface TurnRunner {
  /** Stores a message, and has it answered: here, or where the conversation is being worked on. */
  accept: Accept;
  /** Looks for accepted messages that nobody answers, now and from time to time. */
  start(): Promise<void>;
  /** Takes no new turn, waits for the running ones and offers what is left to other processes. */
  stop(): Promise<void>;
}

const TYPING_EVERY_MS = 3_000;
/** After the first failure on a conversation; twice as long after each further one. */
const RETRY_FAILED_MS = 250;
const SWEEP_BATCH = 100;
/** After a full batch: there is more. */
const SWEEP_ON_MS = 500;

/**
 * Runs turns: one at a time per conversation, in order, any number of conversations at once.
 * A turn that dies with its process is found again by the sweep, here or elsewhere, once its lease ended.
 */
export function createTurnRunner(parts: TurnRunnerParts): TurnRunner {
  const { store, runTurn, log } = parts;
  const leaseMs = parts.leaseMs ?? 10_000;
  const sweepMs = parts.sweepMs ?? 5_000;
  const typingAfterMs = parts.typingAfterMs ?? 400;
  const running = new Set<Promise<void>>();
  const timers = new Set<NodeJS.Timeout>();
  const rests = createRests(RETRY_FAILED_MS);
  const seldom = createSeldom();
  let stopping = false;

  function later(ms: number, action: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      action();
    }, ms);
    timers.add(timer);
  }

  /** Typing and the lease are kept up for as long as the turn lasts. One timer, as most turns end before it. */
  function keepAlive({ conversation, fence }: Claim): () => void {
    const { id } = conversation;
    const renewMs = leaseMs / 3;
    let typingIn = typingAfterMs;
    let renewIn = renewMs;
    let timer: NodeJS.Timeout;
    function wait(): void {
      const ms = Math.min(typingIn, renewIn);
      timer = setTimeout(() => {
        typingIn -= ms;
        renewIn -= ms;
        if (typingIn <= 0) {
          store.pass(id, parts.typing).catch(() => undefined);
          typingIn = TYPING_EVERY_MS;
        }
        if (renewIn <= 0) {
          // A lost lease shows at the commit, which is refused; nothing to do here.
          store.renew(id, fence, leaseMs).catch(() => undefined);
          renewIn = renewMs;
        }
        wait();
      }, ms);
    }
    wait();
    return () => clearTimeout(timer);
  }

  async function answer(claim: Claim, message: PendingMessage): Promise<Claim | undefined> {
    const finish = keepAlive(claim);
    try {
      const { insight, ...outcome } = await runTurn(claim, message);
      const result = await store.commit(claim, { ...outcome, seq: message.seq });
      if (result.kind === 'stale') return undefined;
      if (insight) parts.onInsight?.(insight);
      return result.claim;
    } finally {
      finish();
    }
  }

  /**
   * Gives the lease back at once: until it ran out by itself, the customer would wait. When the store is away
   * this is tried until the lease is over anyway.
   */
  async function tryAgainSoon({ conversation, fence }: Claim): Promise<void> {
    const { id } = conversation;
    const over = performance.now() + leaseMs;
    const pauseMs = rests.failed(id);
    const giveBack = async (): Promise<void> => {
      const released = await store.release(id, fence).then(
        () => true,
        () => false,
      );
      if (stopping) return released ? store.offer(id).catch(() => undefined) : undefined;
      if (!released && performance.now() > over) return;
      later(pauseMs, released ? () => take(id) : () => track(id, giveBack()));
    };
    await giveBack();
  }

  async function handOver({ conversation, fence }: Claim): Promise<void> {
    await store.release(conversation.id, fence);
    await store.offer(conversation.id);
  }

  /** Answers until nothing is pending. Meanwhile accepted messages come with the commit before them. */
  async function work(claim: Claim): Promise<void> {
    let next: Claim | undefined = claim;
    while (next) {
      const current: Claim = next;
      const message = current.messages[0];
      if (!message) return;
      if (stopping) return handOver(current);
      try {
        next = await answer(current, message);
      } catch (error) {
        await tryAgainSoon(current);
        throw error;
      }
      rests.over(current.conversation.id);
    }
  }

  /** A store that is out of memory would be told of for each conversation, every few seconds. */
  function report(err: unknown, details: object, message: string): void {
    const before = seldom(`${message} ${err}`);
    if (before === undefined) return;
    log.error({ err, ...details, ...(before > 0 && { timesBefore: before }) }, message);
  }

  function track(conversationId: string, working: Promise<void>): void {
    const run = working
      .catch((error) => {
        // The message stays pending: whatever else fails, the sweep brings it back.
        report(error, { conversationId }, 'turn not finished');
      })
      .finally(() => running.delete(run));
    running.add(run);
  }

  /** Works on a conversation unless somebody else does. */
  function take(conversationId: string): void {
    if (stopping) return;
    const working = store.claim(conversationId, leaseMs).then(
      (result) => {
        if (result.kind === 'claimed') return work(result.claim);
        rests.over(conversationId);
      },
      (error: unknown) => {
        rests.failed(conversationId);
        throw error;
      },
    );
    track(conversationId, working);
  }

  /** What cannot be claimed is found each time: it is tried less and less often. */
  async function sweep(olderThanMs: number): Promise<{ isFull: boolean }> {
    const found = await store.pending(olderThanMs, SWEEP_BATCH);
    const rested = found.filter((id) => !rests.isResting(id));
    for (const id of rested) take(id);
    return { isFull: rested.length === SWEEP_BATCH };
  }

  function sweepLater({ isFull }: { isFull: boolean }): void {
    later(isFull ? Math.min(SWEEP_ON_MS, sweepMs) : sweepMs, () => {
      void sweep(sweepMs)
        .catch((error) => {
          report(error, {}, 'looking for unanswered messages failed');
          return { isFull: false };
        })
        .then((last) => {
          if (!stopping) sweepLater(last);
        });
    });
  }

  return {
    async accept(conversationId, incoming) {
      const accepted = await store.accept(conversationId, incoming, stopping ? 0 : leaseMs);
      if (accepted.kind === 'accepted' && accepted.claim) track(conversationId, work(accepted.claim));
      // Stored by a call that was refused or not heard of: nobody may be working on it.
      if (accepted.kind === 'duplicate') take(conversationId);
      return accepted;
    },
    async start() {
      await store.onOffer(take);
      sweepLater(await sweep(0));
    },
    async stop() {
      stopping = true;
      for (const timer of timers) clearTimeout(timer);
      // What was just being accepted when this began may still add to them.
      while (running.size > 0) await Promise.all(running);
    },
  };
}
