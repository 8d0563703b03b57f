import { addRows, Learned, toProbabilities } from './arithmetic.ts';
import { addPackedRows, type Packed, pack } from './packed.ts';
import { seededRandom, shuffled } from './random.ts';
import { type Row, thinned, type Vector } from './vocabulary.ts';

/** Softmax regression: one weight per feature and intent, and one bias per intent. */
export interface LinearModel {
  /** A row of intents for each feature of the vocabulary. */
  weights: Packed;
  bias: Float32Array;
}

export const LINEAR_TRAINING = { epochs: 20, rate: 0.8, decay: 1e-5, thinning: 0.2, seed: 20_261_122 };

/** The same rows in the same order give the same weights, bit for bit. */
export function trainLinear(rows: readonly Row[], features: number, labels: number): LinearModel {
  const { epochs, rate, decay, thinning, seed } = LINEAR_TRAINING;
  const weights = new Learned(new Float32Array(features * labels), 1e-3);
  const bias = new Learned(new Float32Array(labels), 1);
  const out = new Float64Array(labels);
  const random = seededRandom(seed);
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const row of shuffled(rows, random)) {
      const vector = thinned(row.vector, thinning, random);
      out.set(bias.numbers);
      addRows(vector, weights.numbers, out);
      toProbabilities(out);
      out[row.label] = (out[row.label] ?? 0) - 1;
      for (let k = 0; k < labels; k++) bias.step(k, out[k] ?? 0, rate);
      for (let j = 0; j < vector.columns.length; j++) {
        const value = vector.values[j] ?? 0;
        for (let k = 0, i = (vector.columns[j] ?? 0) * labels; k < labels; k++, i++) {
          weights.step(i, (out[k] ?? 0) * value + decay * (weights.numbers[i] ?? 0), rate);
        }
      }
    }
  }
  return { weights: pack(weights.numbers), bias: bias.numbers };
}

/** Scores of all intents, in log space. */
export function linearScores({ weights, bias }: LinearModel, vector: Vector): Float64Array {
  const out = new Float64Array(bias);
  addPackedRows(vector, weights, out);
  return out;
}
