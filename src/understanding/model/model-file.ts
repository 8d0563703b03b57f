import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { endianness } from 'node:os';
import { dirname } from 'node:path';
import { z } from 'zod';
import { INTENTS } from '../../domain/intent.ts';
import type { CommitteeModel } from '../committee.ts';
import type { BayesModel } from '../natural-bayes.ts';
import { HIDDEN } from './network.ts';
import { ModelFileError, Numbers } from './numbers.ts';
import type { Packed } from './packed.ts';
import type { Vocabulary } from './vocabulary.ts';

const NEWLINE = 0x0a;

/** All classifiers as trained, and from what. */
export interface TrainedModel {
  /** Of phrases, lexicon and features: another hash wants another training. */
  corpusHash: string;
  committee: CommitteeModel;
  bayes: BayesModel;
}

const FORMAT = 4;

/**
 * First line of the file, as JSON. After it the features, a line each, then all numbers: those in 16 bits, and those
 * in 32, each part padded so that the numbers can be used where they lie.
 */
const header = z.object({
  format: z.literal(FORMAT),
  /** Only a machine of the same kind reads the numbers. */
  byteOrder: z.literal(endianness()),
  corpusHash: z.string(),
  /** Of all that follows the first line. */
  bodyHash: z.string(),
  labels: z.array(z.enum(INTENTS)).min(1),
  features: z.int().nonnegative(),
  featuresBytes: z.int().nonnegative(),
  repeated: z.int().nonnegative(),
  networks: z.int().min(1).max(16),
  /** Of the numbers in 16 bits, in their order. */
  steps: z.array(z.number()),
});
type Header = z.infer<typeof header>;

/** The order in which the numbers in 16 bits stand. */
function packedOf({ committee, bayes }: TrainedModel): Packed[] {
  return [committee.linear.weights, ...committee.networks.map(({ inner }) => inner), bayes.features];
}

/** The order in which the others stand. */
function floatsOf({ committee, bayes }: TrainedModel): Float32Array[] {
  const { linear, networks } = committee;
  return [
    linear.bias,
    ...networks.flatMap(({ innerBias, outer, outerBias }) => [innerBias, outer, outerBias]),
    bayes.labelSizes,
  ];
}

const padded = (bytes: Buffer, filler: number) =>
  Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4, filler)]);
const bytesOf = ({ buffer, byteOffset, byteLength }: Int16Array | Float32Array) =>
  Buffer.from(buffer, byteOffset, byteLength);
const hashOf = (body: Buffer) => createHash('sha256').update(body).digest('hex');

/** The same model gives the same bytes. */
export function serialiseModel(model: TrainedModel): Buffer {
  const { labels, vocabulary, networks } = model.committee;
  const names = [...vocabulary.positions.keys()];
  const features = padded(Buffer.from(names.join('\n')), NEWLINE);
  const packed = packedOf(model);
  const numbers = padded(Buffer.concat(packed.map(({ numbers: part }) => bytesOf(part))), 0);
  const body = Buffer.concat([features, numbers, ...floatsOf(model).map(bytesOf)]);
  const first: Header = {
    format: FORMAT,
    byteOrder: endianness(),
    corpusHash: model.corpusHash,
    bodyHash: hashOf(body),
    labels: [...labels],
    features: names.length,
    featuresBytes: features.length,
    repeated: vocabulary.repeated,
    networks: networks.length,
    steps: packed.map(({ step }) => step),
  };
  const line = Buffer.from(JSON.stringify(first));
  const padding = ' '.repeat(3 - (line.length % 4));
  return Buffer.concat([line, Buffer.from(`${padding}\n`), body]);
}

function headerIn(line: string): Header {
  let content: unknown;
  try {
    content = JSON.parse(line);
  } catch (cause) {
    throw new ModelFileError('model file: no JSON at its beginning', { cause });
  }
  const parsed = header.safeParse(content);
  if (!parsed.success) throw new ModelFileError(`model file: ${z.prettifyError(parsed.error)}`);
  if (parsed.data.repeated > parsed.data.features) {
    throw new ModelFileError('model file: the vocabulary is too short');
  }
  return parsed.data;
}

function vocabularyIn(text: string, { features, repeated }: Header): Vocabulary {
  const names = text.split('\n', features);
  if (names.length !== features) throw new ModelFileError('model file: the vocabulary is too short');
  return { positions: new Map(names.map((name, i) => [name, i])), repeated };
}

/** Throws ModelFileError when the bytes are no model of this version. */
export function parseModel(bytes: Buffer): TrainedModel {
  const end = bytes.indexOf(NEWLINE);
  const first = headerIn(bytes.toString('utf8', 0, Math.max(0, end)));
  const body = bytes.subarray(end + 1);
  if (hashOf(body) !== first.bodyHash) throw new ModelFileError('model file: damaged');
  const { corpusHash, labels, features, featuresBytes, repeated, networks } = first;
  const vocabulary = vocabularyIn(body.toString('utf8', 0, featuresBytes), first);
  const numbers = new Numbers(body.subarray(featuresBytes), first.steps);
  const weights = numbers.packed(features * labels.length);
  const inner = Array.from({ length: networks }, () => numbers.packed(repeated * HIDDEN));
  const ofFeatures = numbers.packed(features * labels.length);
  const linear = { weights, bias: numbers.floats(labels.length) };
  const read = inner.map((rows) => ({
    inner: rows,
    innerBias: numbers.floats(HIDDEN),
    outer: numbers.floats(labels.length * HIDDEN),
    outerBias: numbers.floats(labels.length),
  }));
  const bayes = { features: ofFeatures, labelSizes: numbers.floats(labels.length) };
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
