import type { Vector } from './vocabulary.ts';

/** Scores -> probabilities, in place. */
export function toProbabilities(scores: Float64Array): void {
  let highest = Number.NEGATIVE_INFINITY;
  for (const score of scores) highest = Math.max(highest, score);
  let sum = 0;
  for (let k = 0; k < scores.length; k++) {
    const weight = Math.exp((scores[k] ?? 0) - highest);
    scores[k] = weight;
    sum += weight;
  }
  for (let k = 0; k < scores.length; k++) scores[k] = (scores[k] ?? 0) / sum;
}

/** Adds to `out` the rows of `weights` (each as long as `out`) that the vector's first `count` columns name, times their values. */
export function addRows(
  { columns, values }: Vector,
  weights: Float32Array,
  out: Float64Array,
  count = columns.length,
): void {
  const size = out.length;
  for (let j = 0; j < count; j++) {
    const base = (columns[j] ?? 0) * size;
    const value = values[j] ?? 0;
    for (let k = 0; k < size; k++) out[k] = (out[k] ?? 0) + (weights[base + k] ?? 0) * value;
  }
}

/** Numbers that are learned: Adagrad gives each its own rate, smaller the more it has moved. */
export class Learned {
  readonly numbers: Float32Array;
  readonly #squares: Float32Array;

  /** `inertia`: how much movement is assumed before the first step. */
  constructor(numbers: Float32Array, inertia: number) {
    this.numbers = numbers;
    this.#squares = new Float32Array(numbers.length).fill(inertia);
  }

  /** One step of one number against its gradient. */
  step(i: number, gradient: number, rate: number): void {
    const square = (this.#squares[i] ?? 0) + gradient * gradient;
    this.#squares[i] = square;
    this.numbers[i] = (this.numbers[i] ?? 0) - (rate * gradient) / Math.sqrt(square);
  }
}
