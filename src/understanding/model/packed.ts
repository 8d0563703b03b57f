import type { Vector } from './vocabulary.ts';

/** Numbers in 16 bits each, as multiples of one step: half the memory of float32, and finer than training is. */
export interface Packed {
  numbers: Int16Array;
  step: number;
}

const LARGEST = 32_767;

/** The same numbers give the same, bit for bit. */
export function pack(numbers: Float32Array): Packed {
  let largest = 0;
  for (const number of numbers) largest = Math.max(largest, Math.abs(number));
  const step = largest / LARGEST || 1;
  return { step, numbers: Int16Array.from(numbers, (number) => Math.round(number / step)) };
}

/** Adds to `out` the rows (each as long as `out`) that the vector's first `count` columns name, times their values. */
export function addPackedRows(
  { columns, values }: Vector,
  { numbers, step }: Packed,
  out: Float64Array,
  count = columns.length,
): void {
  const size = out.length;
  for (let j = 0; j < count; j++) {
    const value = (values[j] ?? 0) * step;
    for (let k = 0, i = (columns[j] ?? 0) * size; k < size; k++, i++) {
      out[k] = (out[k] ?? 0) + (numbers[i] ?? 0) * value;
    }
  }
}
