import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Understand } from '../../domain/intent.ts';

export interface Latency {
  p50Microseconds: number;
  p99Microseconds: number;
}

const ROUNDS = 10;

/** Time of each utterance, warmed up: the best of several rounds, so that the machine's other work does not count. */
export function latencyOf(understand: Understand, texts: readonly string[]): Latency {
  const best = new Float64Array(texts.length).fill(Number.POSITIVE_INFINITY);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, text] of texts.entries()) {
      const start = performance.now();
      understand(text);
      best[i] = Math.min(best[i] ?? 0, (performance.now() - start) * 1000);
    }
  }
  best.sort();
  return {
    p50Microseconds: best[Math.floor(texts.length * 0.5)] ?? 0,
    p99Microseconds: best[Math.floor(texts.length * 0.99)] ?? 0,
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
