import { INTENTS, type Intent, type RankedIntent } from '../domain/intent.ts';
import { type Classifier, type Example, softmaxRanking } from './model/example.ts';
import { seededRandom, shuffled } from './model/random.ts';

/** What training leaves: one weight per feature and intent, and one bias per intent. */
export interface SoftmaxModel {
  labels: readonly Intent[];
  /** Feature -> row of `weights`. */
  vocabulary: ReadonlyMap<string, number>;
  /** Rows of `labels.length`. */
  weights: Float32Array;
  bias: Float32Array;
}

export const TRAINING = { epochs: 30, rate: 0.5, decay: 1e-5, seed: 20_261_122 };

function vocabularyOf(examples: readonly Example[]): Map<string, number> {
  const vocabulary = new Map<string, number>();
  for (const { features } of examples) {
    for (const feature of features) if (!vocabulary.has(feature)) vocabulary.set(feature, vocabulary.size);
  }
  return vocabulary;
}

interface Row {
  columns: number[];
  /** Each feature's value: 1, divided by the length of the vector. */
  value: number;
  label: number;
}

function rowOf(vocabulary: ReadonlyMap<string, number>, features: readonly string[], label: number): Row {
  const columns = features.flatMap((feature) => vocabulary.get(feature) ?? []);
  return { columns, value: 1 / Math.sqrt(Math.max(1, features.length)), label };
}

function probabilities(row: Row, weights: Float32Array, bias: Float32Array, out: Float64Array): void {
  const size = out.length;
  out.set(bias);
  for (const column of row.columns) {
    const base = column * size;
    for (let k = 0; k < size; k++) out[k] = (out[k] ?? 0) + (weights[base + k] ?? 0) * row.value;
  }
  let highest = Number.NEGATIVE_INFINITY;
  for (const score of out) highest = Math.max(highest, score);
  let sum = 0;
  for (let k = 0; k < size; k++) {
    const weight = Math.exp((out[k] ?? 0) - highest);
    out[k] = weight;
    sum += weight;
  }
  for (let k = 0; k < size; k++) out[k] = (out[k] ?? 0) / sum;
}

/**
 * Trains a softmax regression with Adagrad over binary, length-normalised features.
 * The same examples in the same order give the same weights, bit for bit.
 */
export function trainSoftmax(
  examples: readonly Example[],
  options: Partial<typeof TRAINING> = {},
): SoftmaxModel {
  const { epochs, rate, decay, seed } = { ...TRAINING, ...options };
  const labels = INTENTS;
  const size = labels.length;
  const vocabulary = vocabularyOf(examples);
  const rows = examples.map((e) => rowOf(vocabulary, e.features, labels.indexOf(e.intent)));
  const weights = new Float32Array(vocabulary.size * size);
  const squares = new Float32Array(weights.length).fill(1e-3);
  const bias = new Float32Array(size);
  const biasSquares = new Float32Array(size).fill(1);
  const out = new Float64Array(size);
  const random = seededRandom(seed);

  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const row of shuffled(rows, random)) {
      probabilities(row, weights, bias, out);
      out[row.label] = (out[row.label] ?? 0) - 1;
      for (let k = 0; k < size; k++) {
        const gradient = out[k] ?? 0;
        biasSquares[k] = (biasSquares[k] ?? 0) + gradient * gradient;
        bias[k] = (bias[k] ?? 0) - (rate * gradient) / Math.sqrt(biasSquares[k] ?? 1);
      }
      for (const column of row.columns) {
        const base = column * size;
        for (let k = 0; k < size; k++) {
          const i = base + k;
          const weight = weights[i] ?? 0;
          const gradient = (out[k] ?? 0) * row.value + decay * weight;
          const square = (squares[i] ?? 0) + gradient * gradient;
          squares[i] = square;
          weights[i] = weight - (rate * gradient) / Math.sqrt(square);
        }
      }
    }
  }
  return { labels, vocabulary, weights, bias };
}

/** The classifier that decides. */
export class SoftmaxClassifier implements Classifier {
  #model: SoftmaxModel;

  constructor(model: SoftmaxModel) {
    this.#model = model;
  }

  rank(features: readonly string[], temperature: number): RankedIntent[] {
    const { labels, vocabulary, weights, bias } = this.#model;
    const { columns, value } = rowOf(vocabulary, features, 0);
    const scores = new Float64Array(bias);
    for (const column of columns) {
      const base = column * labels.length;
      for (let k = 0; k < labels.length; k++) scores[k] = (scores[k] ?? 0) + (weights[base + k] ?? 0) * value;
    }
    return softmaxRanking(labels, scores, temperature);
  }

  /** Share of the features that any training phrase had: low for gibberish and other languages. */
  knownShare(features: readonly string[]): number {
    const known = features.filter((feature) => this.#model.vocabulary.has(feature)).length;
    return features.length === 0 ? 0 : known / features.length;
  }
}
