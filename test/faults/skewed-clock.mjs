/**
 * Preloaded into the product (`NODE_OPTIONS=--import=…`): its `Date` is off by the milliseconds written in
 * `CLOCK_OFFSET_FILE`, as on a machine whose clock is wrong. Timers run as usual.
 */
import { readFileSync } from 'node:fs';

const offsetMs = Number(readFileSync(process.env.CLOCK_OFFSET_FILE, 'utf8'));
const Real = Date;
const now = () => Real.now() + offsetMs;

globalThis.Date = new Proxy(Real, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  apply: () => new Real(now()).toString(),
  get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
});
