import { addRows, Learned, toProbabilities } from './arithmetic.ts';
import { addPackedRows, type Packed, pack } from './packed.ts';
import { seededRandom, shuffled } from './random.ts';
import { type Row, thinned, type Vector } from './vocabulary.ts';

/** A network with one hidden layer: what the words have in common, then the intents. */
export interface NetworkModel {
  /** A row of HIDDEN for each feature that is repeated in training. */
  inner: Packed;
  innerBias: Float32Array;
  /** A row of HIDDEN for each intent. */
  outer: Float32Array;
  outerBias: Float32Array;
}

/** Width of the hidden layer. */
export const HIDDEN = 64;

/** Two of another pace and beginning err in other places. */
export const NETWORK_TRAINING = {
  epochs: 20,
  thinning: 0.2,
  hiddenThinning: 0.3,
  /** Beside `rate`, which is the inner weights'. */
  outerRate: 0.3,
  members: [
    { rate: 0.2, seed: 1 },
    { rate: 0.1, seed: 2 },
  ],
};

const NEGLIGIBLE = 1e-4;

class Trainee {
  readonly inner: Learned;
  readonly innerBias = new Learned(new Float32Array(HIDDEN), 1);
  readonly outer: Learned;
  readonly outerBias: Learned;
  readonly #hidden = new Float64Array(HIDDEN);
  readonly #awake = new Uint8Array(HIDDEN);
  readonly #back = new Float64Array(HIDDEN);
  readonly #out: Float64Array;

  constructor(features: number, labels: number, random: () => number) {
    const small = () => (random() - 0.5) * 0.4;
    this.inner = new Learned(Float32Array.from({ length: features * HIDDEN }, small), 1e-2);
    this.outer = new Learned(Float32Array.from({ length: labels * HIDDEN }, small), 0.1);
    this.outerBias = new Learned(new Float32Array(labels), 1);
    this.#out = new Float64Array(labels);
  }

  learn(vector: Vector, label: number, rate: number, random: () => number): void {
    const { hiddenThinning, outerRate } = NETWORK_TRAINING;
    const louder = 1 / (1 - hiddenThinning);
    this.#hidden.set(this.innerBias.numbers);
    addRows(vector, this.inner.numbers, this.#hidden, vector.repeated);
    for (let i = 0; i < HIDDEN; i++) {
      const awake = (this.#hidden[i] ?? 0) > 0 && random() >= hiddenThinning;
      this.#awake[i] = awake ? 1 : 0;
      this.#hidden[i] = awake ? (this.#hidden[i] ?? 0) * louder : 0;
    }
    addOuter(this.outer.numbers, this.outerBias.numbers, this.#hidden, this.#out);
    toProbabilities(this.#out);
    this.#out[label] = (this.#out[label] ?? 0) - 1;
    this.#learnOuter(rate * outerRate);
    this.#learnInner(vector, rate, louder);
  }

  #learnOuter(rate: number): void {
    this.#back.fill(0);
    for (let k = 0; k < this.#out.length; k++) {
      const error = this.#out[k] ?? 0;
      this.outerBias.step(k, error, rate / NETWORK_TRAINING.outerRate);
      if (Math.abs(error) < NEGLIGIBLE) continue;
      for (let i = 0, o = k * HIDDEN; i < HIDDEN; i++, o++) {
        if (!this.#awake[i]) continue;
        this.#back[i] = (this.#back[i] ?? 0) + (this.outer.numbers[o] ?? 0) * error;
        this.outer.step(o, error * (this.#hidden[i] ?? 0), rate);
      }
    }
  }

  #learnInner({ columns, values, repeated }: Vector, rate: number, louder: number): void {
    for (let i = 0; i < HIDDEN; i++) {
      if (this.#awake[i]) this.innerBias.step(i, (this.#back[i] ?? 0) * louder, rate * 0.3);
    }
    for (let j = 0; j < repeated; j++) {
      const value = (values[j] ?? 0) * louder;
      for (let i = 0, a = (columns[j] ?? 0) * HIDDEN; i < HIDDEN; i++, a++) {
        if (this.#awake[i]) this.inner.step(a, (this.#back[i] ?? 0) * value, rate);
      }
    }
  }
}

function addOuter(weights: Float32Array, bias: Float32Array, hidden: Float64Array, out: Float64Array): void {
  for (let k = 0; k < out.length; k++) {
    let sum = bias[k] ?? 0;
    for (let i = 0, o = k * HIDDEN; i < HIDDEN; i++, o++) sum += (weights[o] ?? 0) * (hidden[i] ?? 0);
    out[k] = sum;
  }
}

/** Reads the `features` that are repeated in the vocabulary. The same rows give the same network, bit for bit. */
export function trainNetwork(
  rows: readonly Row[],
  features: number,
  labels: number,
  { rate, seed }: { rate: number; seed: number },
): NetworkModel {
  const random = seededRandom(seed);
  const trainee = new Trainee(features, labels, random);
  for (let epoch = 0; epoch < NETWORK_TRAINING.epochs; epoch++) {
    for (const { vector, label } of shuffled(rows, random)) {
      trainee.learn(thinned(vector, NETWORK_TRAINING.thinning, random), label, rate, random);
    }
  }
  return {
    inner: pack(trainee.inner.numbers),
    innerBias: trainee.innerBias.numbers,
    outer: trainee.outer.numbers,
    outerBias: trainee.outerBias.numbers,
  };
}

/** Scores of all intents, in log space. */
export function networkScores(model: NetworkModel, vector: Vector): Float64Array {
  const hidden = new Float64Array(model.innerBias);
  addPackedRows(vector, model.inner, hidden, vector.repeated);
  for (let i = 0; i < HIDDEN; i++) hidden[i] = Math.max(0, hidden[i] ?? 0);
  const out = new Float64Array(model.outerBias.length);
  addOuter(model.outer, model.outerBias, hidden, out);
  return out;
}
