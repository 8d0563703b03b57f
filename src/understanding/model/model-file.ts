import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { endianness } from 'node:os';
import { dirname } from 'node:path';
import { z } from 'zod';
import { INTENTS } from '../../domain/intent.ts';
import type { CommitteeModel } from '../committee.ts';
import type { BayesModel } from '../natural-bayes.ts';
import { HIDDEN } from './network.ts';
import type { Vocabulary } from './vocabulary.ts';

/** All classifiers as trained, and from what. */
export interface TrainedModel {
  /** Of phrases, lexicon and features: another hash wants another training. */
  corpusHash: string;
  committee: CommitteeModel;
  bayes: BayesModel;
}

const FORMAT = 3;

/** First line of the file, as JSON, its length a multiple of 4; after it follow all numbers as float32. */
const header = z.object({
  format: z.literal(FORMAT),
  /** The numbers are used where they lie, so only a machine of the same kind reads them. */
  byteOrder: z.literal(endianness()),
  corpusHash: z.string(),
  labels: z.array(z.enum(INTENTS)).min(1),
  features: z.array(z.string()),
  repeated: z.int().nonnegative(),
  networks: z.int().min(1).max(16),
});

/** The model file cannot be used; it is written anew. */
export class ModelFileError extends Error {
  override readonly name = 'ModelFileError';
}

/** The order in which the numbers stand. */
function numbersOf({ committee, bayes }: TrainedModel): Float32Array[] {
  const { linear, networks } = committee;
  return [
    linear.weights,
    linear.bias,
    ...networks.flatMap(({ inner, innerBias, outer, outerBias }) => [inner, innerBias, outer, outerBias]),
    bayes.counts,
    bayes.totals,
  ];
}

/** The same model gives the same bytes. */
export function serialiseModel(model: TrainedModel): Buffer {
  const { labels, vocabulary, networks } = model.committee;
  const first: z.infer<typeof header> = {
    format: FORMAT,
    byteOrder: endianness(),
    corpusHash: model.corpusHash,
    labels: [...labels],
    features: [...vocabulary.positions.keys()],
    repeated: vocabulary.repeated,
    networks: networks.length,
  };
  const arrays = numbersOf(model);
  const line = Buffer.from(JSON.stringify(first));
  const padding = ' '.repeat(3 - (line.length % 4));
  return Buffer.concat([
    line,
    Buffer.from(`${padding}\n`),
    ...arrays.map((array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength)),
  ]);
}

/** Hands out the numbers one array after the other, without copying them. */
class Numbers {
  readonly #all: Float32Array;
  #next = 0;

  constructor(bytes: Buffer) {
    if (bytes.length % 4 !== 0) throw new ModelFileError('model file: cut off');
    const isAligned = bytes.byteOffset % 4 === 0;
    const { buffer, byteOffset } = isAligned ? bytes : new Uint8Array(bytes);
    this.#all = new Float32Array(buffer, byteOffset, bytes.length / 4);
    if (!this.#all.every(Number.isFinite)) throw new ModelFileError('model file: not only numbers');
  }

  take(length: number): Float32Array {
    const from = this.#next;
    this.#next += length;
    if (this.#next > this.#all.length) throw new ModelFileError('model file: too short');
    return this.#all.subarray(from, this.#next);
  }

  end(): void {
    if (this.#next !== this.#all.length) throw new ModelFileError('model file: too long');
  }
}

function headerIn(line: string): z.infer<typeof header> {
  let content: unknown;
  try {
    content = JSON.parse(line);
  } catch (cause) {
    throw new ModelFileError('model file: no JSON at its beginning', { cause });
  }
  const parsed = header.safeParse(content);
  if (!parsed.success) throw new ModelFileError(`model file: ${z.prettifyError(parsed.error)}`);
  if (parsed.data.repeated > parsed.data.features.length) {
    throw new ModelFileError('model file: the vocabulary is too short');
  }
  return parsed.data;
}

/** Throws ModelFileError when the bytes are no model of this version. */
export function parseModel(bytes: Buffer): TrainedModel {
  const end = bytes.indexOf(0x0a);
  const { corpusHash, labels, features, repeated, networks } = headerIn(
    bytes.toString('utf8', 0, Math.max(0, end)),
  );
  const vocabulary: Vocabulary = {
    positions: new Map(features.map((feature, i) => [feature, i])),
    repeated,
  };
  const numbers = new Numbers(bytes.subarray(end + 1));
  const linear = {
    weights: numbers.take(features.length * labels.length),
    bias: numbers.take(labels.length),
  };
  const read = Array.from({ length: networks }, () => ({
    inner: numbers.take(repeated * HIDDEN),
    innerBias: numbers.take(HIDDEN),
    outer: numbers.take(labels.length * HIDDEN),
    outerBias: numbers.take(labels.length),
  }));
  const bayes = {
    counts: numbers.take(features.length * labels.length),
    totals: numbers.take(labels.length),
  };
  numbers.end();
  return {
    corpusHash,
    committee: { labels, vocabulary, linear, networks: read },
    bayes: { labels, vocabulary, ...bayes },
  };
}

/** Undefined when there is no such file; throws ModelFileError when it is no model. */
export function readModel(path: string): TrainedModel | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw new ModelFileError('model file: cannot be read', { cause });
  }
  return parseModel(bytes);
}

/** Writes beside the file and renames: readers see the old model or the new one, never half of one. */
export function writeModel(path: string, model: TrainedModel): void {
  mkdirSync(dirname(path), { recursive: true });
  const beside = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(beside, serialiseModel(model));
    renameSync(beside, path);
  } finally {
    rmSync(beside, { force: true });
  }
}
