import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { INTENTS } from '../../domain/intent.ts';
import type { CommitteeModel } from '../committee.ts';
import type { BayesModel } from '../natural-bayes.ts';
import { HIDDEN } from './network.ts';

/** All classifiers as trained, and from what. */
export interface TrainedModel {
  /** Of phrases, lexicon and features: another hash wants another training. */
  corpusHash: string;
  committee: CommitteeModel;
  bayes: BayesModel;
}

const FORMAT = 2;

/** Little-endian float32, base64. */
const numbers = z.string();

const modelFile = z.object({
  format: z.literal(FORMAT),
  corpusHash: z.string(),
  labels: z.array(z.enum(INTENTS)),
  vocabulary: z.object({ features: z.array(z.string()), repeated: z.int().nonnegative() }),
  linear: z.object({ weights: numbers, bias: numbers }),
  networks: z.array(z.object({ inner: numbers, innerBias: numbers, outer: numbers, outerBias: numbers })),
  bayes: z.object({
    totals: z.array(z.number().positive()).length(INTENTS.length),
    features: z.array(z.string()),
    /** Per feature: intent, count, intent, count, … without the zeros. */
    counts: z.array(z.array(z.number())),
  }),
});

/** The model file cannot be used; it is written anew. */
export class ModelFileError extends Error {
  override readonly name = 'ModelFileError';
}

function toBase64(values: Float32Array): string {
  const bytes = Buffer.alloc(values.length * 4);
  for (let i = 0; i < values.length; i++) bytes.writeFloatLE(values[i] ?? 0, i * 4);
  return bytes.toString('base64');
}

function fromBase64(text: string, length: number, what: string): Float32Array {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== length * 4) throw new ModelFileError(`model file: ${what} has another length`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const values = new Float32Array(length);
  for (let i = 0; i < length; i++) values[i] = view.getFloat32(i * 4, true);
  if (!values.every(Number.isFinite)) throw new ModelFileError(`model file: ${what} holds no numbers`);
  return values;
}

function sparse(row: readonly number[]): number[] {
  return row.flatMap((count, intent) => (count === 0 ? [] : [intent, count]));
}

function dense(pairs: readonly number[]): number[] {
  const row = new Array<number>(INTENTS.length).fill(0);
  for (let i = 0; i + 1 < pairs.length; i += 2) row[pairs[i] ?? 0] = pairs[i + 1] ?? 0;
  return row;
}

/** The same model gives the same bytes. */
export function serialiseModel({ corpusHash, committee, bayes }: TrainedModel): string {
  const { labels, vocabulary, linear, networks } = committee;
  const file: z.infer<typeof modelFile> = {
    format: FORMAT,
    corpusHash,
    labels: [...labels],
    vocabulary: { features: [...vocabulary.positions.keys()], repeated: vocabulary.repeated },
    linear: { weights: toBase64(linear.weights), bias: toBase64(linear.bias) },
    networks: networks.map(({ inner, innerBias, outer, outerBias }) => ({
      inner: toBase64(inner),
      innerBias: toBase64(innerBias),
      outer: toBase64(outer),
      outerBias: toBase64(outerBias),
    })),
    bayes: {
      totals: [...bayes.totals],
      features: [...bayes.counts.keys()],
      counts: [...bayes.counts.values()].map(sparse),
    },
  };
  return JSON.stringify(file);
}

type ModelFile = z.infer<typeof modelFile>;

function committeeIn({ labels, vocabulary, linear, networks }: ModelFile): CommitteeModel {
  const { features, repeated } = vocabulary;
  if (repeated > features.length) throw new ModelFileError('model file: the vocabulary is too short');
  return {
    labels,
    vocabulary: { positions: new Map(features.map((feature, i) => [feature, i])), repeated },
    linear: {
      weights: fromBase64(linear.weights, features.length * labels.length, 'weights'),
      bias: fromBase64(linear.bias, labels.length, 'bias'),
    },
    networks: networks.map(({ inner, innerBias, outer, outerBias }) => ({
      inner: fromBase64(inner, repeated * HIDDEN, 'inner weights'),
      innerBias: fromBase64(innerBias, HIDDEN, 'inner bias'),
      outer: fromBase64(outer, labels.length * HIDDEN, 'outer weights'),
      outerBias: fromBase64(outerBias, labels.length, 'outer bias'),
    })),
  };
}

/** Throws ModelFileError when the text is no model of this version. */
export function parseModel(text: string): TrainedModel {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw new ModelFileError('model file: not JSON', { cause });
  }
  const parsed = modelFile.safeParse(content);
  if (!parsed.success) throw new ModelFileError(`model file: ${z.prettifyError(parsed.error)}`);
  const { corpusHash, labels, bayes } = parsed.data;
  return {
    corpusHash,
    committee: committeeIn(parsed.data),
    bayes: {
      labels,
      totals: bayes.totals,
      counts: new Map(bayes.features.map((feature, i) => [feature, dense(bayes.counts[i] ?? [])])),
    },
  };
}

/** Undefined when there is no such file; throws ModelFileError when it is no model. */
export function readModel(path: string): TrainedModel | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw new ModelFileError('model file: cannot be read', { cause });
  }
  return parseModel(text);
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
