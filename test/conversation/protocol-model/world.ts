import type { Claim, ConversationStore, LogEntry } from '../../../src/conversation/store.ts';
import { timeOf } from './invariants.ts';
import type { Schedule } from './schedule.ts';
import { type Message, type SpecClaim, SpecConversation } from './specification.ts';
import type { Stores } from './stores.ts';
import { answeredIn } from './turn.ts';
import { expectSame, expectThat } from './violation.ts';

/** A conversation, and what its specification says of it. */
export interface Talk {
  id: string;
  /** In the printed steps. */
  name: string;
  spec: SpecConversation;
  /** Messages under a key, oldest first. */
  keyed: Message[];
  /** How far its client has read. */
  watermark: number;
}

/** The right to answer, in the hands of a process or left behind by one that died. */
export interface Held {
  process: number;
  talk: Talk;
  claim: Claim;
}

let opened = 0;

/** Conversations, processes and their clocks, and what happened so far in readable form. */
export class World {
  readonly steps: string[] = [];
  readonly talks: Talk[];
  /** Claims that processes believe they have. */
  held: Held[] = [];
  /** Claims of dead or overruled processes, whose commits may be under way. */
  readonly left: Held[] = [];
  time: number;
  readonly #start: number;
  readonly #stores: Stores;
  readonly #skewsMs: readonly number[];

  constructor({ conversations, skewsMs }: Schedule, stores: Stores, start: number) {
    this.#stores = stores;
    this.#skewsMs = skewsMs;
    this.#start = start;
    this.time = start;
    this.talks = Array.from({ length: conversations }, (_, n) => ({
      id: `talk-${++opened}`,
      name: `c${n}`,
      spec: new SpecConversation(),
      keyed: [],
      watermark: 0,
    }));
  }

  talk(number: number): Talk {
    const talk = this.talks[number];
    if (!talk) throw new Error(`no conversation ${number}`);
    return talk;
  }

  /** The time as a process has it. */
  now(process: number): number {
    return this.time + (this.#skewsMs[process] ?? 0);
  }

  call<T>(process: number, run: (store: ConversationStore) => Promise<T>): Promise<T> {
    return this.#stores.at(this.now(process), process, run);
  }

  nthHeld(nth: number): Held | undefined {
    return this.held[nth % Math.max(this.held.length, 1)];
  }

  /** The process no longer believes in its claim; a commit of it may still be under way. */
  drop(held: Held): void {
    this.held = this.held.filter((other) => other !== held);
    this.left.push(held);
  }

  tell(what: string): void {
    const seconds = ((this.time - this.#start) / 1000).toFixed(3);
    this.steps.push(`${String(this.steps.length + 1).padStart(3)}  ${seconds.padStart(9)} s  ${what}`);
  }

  /** Notes the time that the store gave an entry, and checks that the entry is what was appended. */
  appended(talk: Talk, process: number, entry: LogEntry): void {
    const { log } = talk.spec;
    const line = log[entry.seq - 1];
    if (line) line.at = timeOf(entry);
    this.seen(talk, entry);
    const before = log[entry.seq - 2]?.at ?? 0;
    expectThat(timeOf(entry) > before, `entry ${entry.seq} of ${talk.name} is not later than the last`);
    expectThat(timeOf(entry) >= this.now(process), `entry ${entry.seq} of ${talk.name} lies in the past`);
  }

  /** An entry that was appended before has to be the same for ever. */
  seen({ spec, name }: Talk, entry: LogEntry): void {
    const { seq, origin } = entry;
    const found = { seq, origin, text: entry.activity.text ?? '', at: timeOf(entry) };
    expectSame(`entry ${seq} of ${name}`, found, spec.log[seq - 1]);
  }

  /** A claim as the store gave it, against what was promised. */
  claimed(talk: Talk, claim: Claim, promised: SpecClaim): void {
    this.#sameClaim(talk, claim, promised);
    expectThat(talk.spec.fenced(claim.fence), `fence ${claim.fence} of ${talk.name} is not a greater one`);
  }

  /** The same right going on after a commit. */
  kept({ talk, claim }: Held, next: Claim | undefined, promised: SpecClaim | undefined): void {
    expectSame(`lease kept on ${talk.name}`, next !== undefined, promised !== undefined);
    if (!next || !promised) return;
    this.#sameClaim(talk, next, promised);
    expectSame(`fence of ${talk.name} after a commit`, next.fence, claim.fence);
  }

  #sameClaim(talk: Talk, { conversation, mode, state, messages }: Claim, promised: SpecClaim): void {
    for (const message of messages) this.seen(talk, message);
    const found: SpecClaim = {
      mode,
      answered: answeredIn(state),
      messages: messages.map(({ seq, activity, attempts }) => ({ seq, text: activity.text ?? '', attempts })),
    };
    expectSame(`claim of ${talk.name}`, { id: conversation.id, ...found }, { id: talk.id, ...promised });
  }
}
