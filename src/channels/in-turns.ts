import type { Deliveries } from '../domain/delivery.ts';
import { createGate } from './gate.ts';

/** Of the database's connections: what comes in must not wait for what goes out. */
const QUERIES_AT_ONCE = 4;

/** What a worker needs of the deliveries. */
type Worked = Pick<Deliveries, 'due' | 'expect' | 'claim' | 'step' | 'end'>;

/** Few at a time, and first those of conversations that somebody is at: their time runs. */
export function inTurns({ due, expect, claim, step, end }: Worked): Worked {
  const gate = createGate(QUERIES_AT_ONCE);
  return {
    due: (limit) => gate(() => due(limit)),
    expect: (id, when) => gate(() => expect(id, when)),
    claim: (id, leaseMs) => gate(() => claim(id, leaseMs)),
    step: (id, fence, rest, leaseMs) => gate(() => step(id, fence, rest, leaseMs), true),
    end: (id, fence, how) => gate(() => end(id, fence, how), true),
  };
}
