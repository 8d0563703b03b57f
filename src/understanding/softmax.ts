import { INTENTS, type Intent, type RankedIntent } from '../domain/intent.ts';
import { featureWeight } from './features.ts';
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

export const TRAINING = { epochs: 15, rate: 0.8, decay: 1e-5, seed: 20_261_122 };

function vocabularyOf(examples: readonly Example[]): Map<string, number> {
  const vocabulary = new Map<string, number>();
  for (const { features } of examples) {
    for (const feature of features) if (!vocabulary.has(feature)) vocabulary.set(feature, vocabulary.size);
  }
  return vocabulary;
}

interface Row {
  columns: number[];
  /** Weights of the features, scaled to a vector of length 1. */
  values: number[];
  label: number;
}

function rowOf(vocabulary: ReadonlyMap<string, number>, features: readonly string[], label: number): Row {
  const columns: number[] = [];
  const values: number[] = [];
  let squares = 0;
  for (const feature of features) {
    const weight = featureWeight(feature);
    squares += weight * weight;
    const column = vocabulary.get(feature);
    if (column === undefined) continue;
    columns.push(column);
    values.push(weight);
  }
  // Unknown features count in the length: a text of unknown words is judged with little confidence.
  const length = Math.sqrt(squares) || 1;
  return { columns, values: values.map((value) => value / length), label };
}

/** Adds the row's part of the scores of all intents to `out`. */
function addScores({ columns, values }: Row, weights: Float32Array, out: Float64Array): void {
  const size = out.length;
  for (const [j, column] of columns.entries()) {
    const base = column * size;
    const value = values[j] ?? 0;
    for (let k = 0; k < size; k++) out[k] = (out[k] ?? 0) + (weights[base + k] ?? 0) * value;
  }
}

function toProbabilities(scores: Float64Array): void {
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

/** One Adagrad step of one weight against its gradient. */
function step(numbers: Float32Array, squares: Float32Array, i: number, gradient: number, rate: number): void {
  const square = (squares[i] ?? 0) + gradient * gradient;
  squares[i] = square;
  numbers[i] = (numbers[i] ?? 0) - (rate * gradient) / Math.sqrt(square);
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
      out.set(bias);
      addScores(row, weights, out);
      toProbabilities(out);
      out[row.label] = (out[row.label] ?? 0) - 1;
      for (let k = 0; k < size; k++) step(bias, biasSquares, k, out[k] ?? 0, rate);
      for (const [j, column] of row.columns.entries()) {
        const value = row.values[j] ?? 0;
        for (let k = 0, i = column * size; k < size; k++, i++) {
          step(weights, squares, i, (out[k] ?? 0) * value + decay * (weights[i] ?? 0), rate);
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
    const scores = new Float64Array(bias);
    addScores(rowOf(vocabulary, features, 0), weights, scores);
    return softmaxRanking(labels, scores, temperature);
  }

  /** Share of the features that any training phrase had: low for gibberish and other languages. */
  knownShare(features: readonly string[]): number {
    const known = features.filter((feature) => this.#model.vocabulary.has(feature)).length;
    return features.length === 0 ? 0 : known / features.length;
  }
}
