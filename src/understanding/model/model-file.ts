import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { INTENTS } from '../../domain/intent.ts';
import type { BayesModel } from '../natural-bayes.ts';
import type { SoftmaxModel } from '../softmax.ts';

/** Both classifiers as trained, and from what. */
export interface TrainedModel {
  /** Of phrases, lexicon and features: another hash wants another training. */
  corpusHash: string;
  softmax: SoftmaxModel;
  bayes: BayesModel;
}

const FORMAT = 1;

const modelFile = z.object({
  format: z.literal(FORMAT),
  corpusHash: z.string(),
  labels: z.array(z.enum(INTENTS)),
  vocabulary: z.array(z.string()),
  /** Little-endian float32, base64. */
  weights: z.base64(),
  bias: z.base64(),
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

function toBase64(numbers: Float32Array): string {
  const bytes = Buffer.alloc(numbers.length * 4);
  for (const [i, number] of numbers.entries()) bytes.writeFloatLE(number, i * 4);
  return bytes.toString('base64');
}

function fromBase64(text: string, length: number, what: string): Float32Array {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== length * 4) throw new ModelFileError(`model file: ${what} has another length`);
  const numbers = new Float32Array(length);
  for (let i = 0; i < length; i++) numbers[i] = bytes.readFloatLE(i * 4);
  if (!numbers.every(Number.isFinite)) throw new ModelFileError(`model file: ${what} holds no numbers`);
  return numbers;
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
export function serialiseModel({ corpusHash, softmax, bayes }: TrainedModel): string {
  const file: z.infer<typeof modelFile> = {
    format: FORMAT,
    corpusHash,
    labels: [...softmax.labels],
    vocabulary: [...softmax.vocabulary.keys()],
    weights: toBase64(softmax.weights),
    bias: toBase64(softmax.bias),
    bayes: {
      totals: [...bayes.totals],
      features: [...bayes.counts.keys()],
      counts: [...bayes.counts.values()].map(sparse),
    },
  };
  return JSON.stringify(file);
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
  const { corpusHash, labels, vocabulary, weights, bias, bayes } = parsed.data;
  return {
    corpusHash,
    softmax: {
      labels,
      vocabulary: new Map(vocabulary.map((feature, i) => [feature, i])),
      weights: fromBase64(weights, vocabulary.length * labels.length, 'weights'),
      bias: fromBase64(bias, labels.length, 'bias'),
    },
    bayes: {
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
