import type { Clock } from '../../src/domain/clock.ts';

/** A clock that stands still until it is moved. */
export class FakeClock implements Clock {
  #now: number;

  constructor(start = '2026-11-23T10:00:00+08:00') {
    this.#now = Date.parse(start);
  }

  now(): Date {
    return new Date(this.#now);
  }

  advance(ms: number): void {
    this.#now += ms;
  }

  set(time: string): void {
    this.#now = Date.parse(time);
  }
}
