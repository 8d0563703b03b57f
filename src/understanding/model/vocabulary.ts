import { featureWeight } from '../features.ts';
import type { Example } from './example.ts';

/** The features of the training phrases; those of two phrases or more have the first positions. */
export interface Vocabulary {
  positions: ReadonlyMap<string, number>;
  /** How many features stand in two phrases or more. */
  repeated: number;
}

/** The features of one text as a vector of length 1, known ones only. */
export interface Vector {
  columns: Int32Array;
  values: Float32Array;
  /** So many at the beginning are of the vocabulary's repeated features. */
  repeated: number;
}

/** Collects the features of the examples, in the order of their first occurrence. */
export function vocabularyOf(examples: readonly Example[]): Vocabulary {
  const counts = new Map<string, number>();
  for (const { features } of examples) {
    for (const feature of features) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  }
  const all = [...counts];
  const often = all.filter(([, count]) => count > 1).map(([feature]) => feature);
  const once = all.filter(([, count]) => count === 1).map(([feature]) => feature);
  return {
    positions: new Map([...often, ...once].map((feature, i) => [feature, i])),
    repeated: often.length,
  };
}

/** What the classifiers read of a text. */
export function vectorOf(vocabulary: Vocabulary, features: readonly string[]): Vector {
  const columns = new Int32Array(features.length);
  const values = new Float32Array(features.length);
  const once: [column: number, weight: number][] = [];
  let [repeated, squares] = [0, 0];
  for (const feature of features) {
    const weight = featureWeight(feature);
    squares += weight * weight;
    const column = vocabulary.positions.get(feature);
    if (column === undefined) continue;
    if (column >= vocabulary.repeated) {
      once.push([column, weight]);
      continue;
    }
    columns[repeated] = column;
    values[repeated++] = weight;
  }
  for (const [i, [column, weight]] of once.entries()) {
    columns[repeated + i] = column;
    values[repeated + i] = weight;
  }
  // Unknown features count in the length: a text of unknown words is judged with little confidence.
  const length = Math.sqrt(squares) || 1;
  const known = repeated + once.length;
  for (let j = 0; j < known; j++) values[j] = (values[j] ?? 0) / length;
  return { columns: columns.subarray(0, known), values: values.subarray(0, known), repeated };
}

/** The vector with a share of its features left out and the others louder by as much. */
export function thinned(vector: Vector, share: number, random: () => number): Vector {
  const kept: number[] = [];
  for (let j = 0; j < vector.columns.length; j++) if (random() >= share) kept.push(j);
  const { columns, values, repeated } = vector;
  return {
    repeated: kept.filter((j) => j < repeated).length,
    columns: Int32Array.from(kept, (j) => columns[j] ?? 0),
    values: Float32Array.from(kept, (j) => (values[j] ?? 0) / (1 - share)),
  };
}

/** A vector with the number of its intent. */
export interface Row {
  vector: Vector;
  label: number;
}
