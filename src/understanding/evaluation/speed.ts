import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Understand } from '../../domain/intent.ts';

export interface Latency {
  p50Microseconds: number;
  p99Microseconds: number;
}

const WARM_UP = 2000;
const MEASURED = 20_000;

/** Time of one utterance, after the first thousands have warmed the code up. */
export function latencyOf(understand: Understand, texts: readonly string[]): Latency {
  const text = (i: number) => texts[i % texts.length] ?? '';
  for (let i = 0; i < WARM_UP; i++) understand(text(i));
  const times = Float64Array.from({ length: MEASURED }, (_, i) => {
    const start = performance.now();
    understand(text(i));
    return (performance.now() - start) * 1000;
  }).sort();
  return {
    p50Microseconds: times[Math.floor(MEASURED * 0.5)] ?? 0,
    p99Microseconds: times[Math.floor(MEASURED * 0.99)] ?? 0,
  };
}

export interface ColdStart {
  /** From the first import to the first answer, in a process of its own. */
  milliseconds: number;
  /** Resident memory of that process, Node included. */
  mebibytes: number;
  /** What of it the understanding has added. */
  addedMebibytes: number;
}

/** Starts the product's understanding in a fresh process, as often as it takes to trust the best time. */
export function coldStart(runs = 3): ColdStart {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const script = fileURLToPath(new URL(`./cold-start.${extension}`, import.meta.url));
  const starts = Array.from({ length: runs }, () => {
    const output = execFileSync(process.execPath, [...process.execArgv, script], { encoding: 'utf8' });
    return JSON.parse(output) as ColdStart;
  });
  return starts.reduce((best, start) => (start.milliseconds < best.milliseconds ? start : best));
}
