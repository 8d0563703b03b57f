import type { Mode } from '../../../src/domain/conversation.ts';
import { DAY_MS } from './schedule.ts';

/** A line of the log as the specification has it; `at` is the store's, once it is known. */
export interface SpecEntry {
  seq: number;
  origin: 'customer' | 'system' | 'bot' | 'agent';
  text: string;
  at: number;
}

/** A customer's message, or the system's. */
export interface Message {
  origin: 'customer' | 'system';
  text: string;
  key?: string;
}

/** What a claim has to look like; the fence is the store's to choose. */
export interface SpecClaim {
  mode: Mode;
  answered: number[];
  messages: { seq: number; text: string; attempts: number }[];
}

export interface SpecTurn {
  seq: number;
  answered: number[];
  mode: Mode;
  replies: string[];
}

/** What the store port promises for one conversation, without any regard to how: small enough to be read. */
export class SpecConversation {
  readonly log: SpecEntry[] = [];
  readonly accepted: { seq: number; text: string }[] = [];
  answered: number[] = [];
  #mode: Mode = 'bot';
  #fence = 0;
  #leaseUntil = 0;
  #waitingSince = Number.POSITIVE_INFINITY;
  readonly #pending = new Map<number, { attempts: number; acceptedAt: number }>();
  readonly #keys = new Map<string, { seq: number; at: number }>();

  get unanswered(): number {
    return this.#pending.size;
  }

  accept(now: number, message: Message, leaseMs = 0) {
    const known = message.key === undefined ? undefined : this.#keys.get(message.key);
    if (known && known.at > now - DAY_MS) return { kind: 'duplicate' as const, seq: known.seq };
    const seq = this.add(message.origin, message.text);
    this.accepted.push({ seq, text: message.text });
    if (message.key !== undefined) this.#keys.set(message.key, { seq, at: now });
    if (this.#pending.size === 0) this.#waitingSince = now;
    this.#pending.set(seq, { attempts: 0, acceptedAt: now });
    const claim = leaseMs > 0 ? this.claim(now, leaseMs) : undefined;
    return { kind: 'accepted' as const, seq, claim: typeof claim === 'object' ? claim : undefined };
  }

  claim(now: number, leaseMs: number): SpecClaim | 'busy' | 'idle' {
    if (this.#pending.size === 0) return 'idle';
    if (this.#leaseUntil > now) return 'busy';
    this.#leaseUntil = now + leaseMs;
    return this.#take();
  }

  /** The number that came with a claim: greater than all before, or false is returned. */
  fenced(fence: number): boolean {
    const grows = fence > this.#fence;
    this.#fence = fence;
    return grows;
  }

  renew(now: number, fence: number, leaseMs: number): boolean {
    if (fence !== this.#fence || this.#leaseUntil === 0) return false;
    this.#leaseUntil = now + leaseMs;
    return true;
  }

  release(fence: number): void {
    if (fence === this.#fence) this.#leaseUntil = 0;
  }

  commit(now: number, fence: number, turn: SpecTurn, leaseMs: number) {
    if (fence !== this.#fence || !this.#pending.has(turn.seq)) return { kind: 'stale' as const };
    this.#pending.delete(turn.seq);
    const replies = turn.replies.map((text) => this.add('bot', text));
    this.answered = turn.answered;
    this.#mode = turn.mode;
    const more = this.#pending.size > 0;
    this.#leaseUntil = more ? now + leaseMs : 0;
    this.#waitingSince = now;
    return { kind: 'committed' as const, replies, claim: more ? this.#take() : undefined };
  }

  add(origin: SpecEntry['origin'], text: string): number {
    const seq = this.log.length + 1;
    this.log.push({ seq, origin, text, at: 0 });
    return seq;
  }

  /**
   * Whether a sweep has to find it, must not, or may. With right clocks there is hardly a "may": it is for
   * clocks that disagree about when a message was accepted.
   */
  sweep(now: number, olderThanMs: number): 'must' | 'may' | 'never' {
    if (this.#pending.size === 0 || this.#leaseUntil > now) return 'never';
    const times = [...this.#pending.values()].map((message) => message.acceptedAt);
    const [oldest] = times;
    const by = now - olderThanMs;
    if (oldest !== undefined && Math.max(oldest, this.#waitingSince) <= by) return 'must';
    return Math.min(...times, this.#waitingSince) > by ? 'never' : 'may';
  }

  #take(): SpecClaim {
    const [first] = this.#pending.values();
    if (first) first.attempts++;
    const messages = [...this.#pending].map(([seq, { attempts }]) => ({
      seq,
      text: this.log[seq - 1]?.text ?? '',
      attempts,
    }));
    return { mode: this.#mode, answered: this.answered, messages };
  }
}
