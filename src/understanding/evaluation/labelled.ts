import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import {
  type Entities,
  INTENTS,
  type Intent,
  SENSITIVE_KINDS,
  type SensitiveKind,
} from '../../domain/intent.ts';
import { examplesIn } from '../phrases.ts';

/** One utterance with what is right for it. */
export interface Labelled {
  text: string;
  intent: Intent;
  /** All entities of the text; absent where nobody has noted them. */
  entities?: Entities;
  sensitive?: SensitiveKind[];
  /** What the utterance tries: traditional, typo, negation, … */
  suite?: string;
}

/** A labelled file has another form; the message names file and line. */
export class LabelledError extends Error {
  override readonly name = 'LabelledError';
}

const entities = z.strictObject({
  cardLast4: z.string().optional(),
  bank: z.string().optional(),
  amount: z.number().optional(),
  date: z.string().optional(),
  errorCode: z.string().optional(),
  caseId: z.string().optional(),
  phoneMasked: z.string().optional(),
});
const line = z.object({
  text: z.string(),
  intent: z.string().min(1),
  entities: entities.optional(),
  sensitive: z.array(z.enum(SENSITIVE_KINDS)).optional(),
  suite: z.string().optional(),
});
const rasaFile = z.object({ nlu: z.array(z.object({ intent: z.string().min(1), examples: z.string() })) });

/** Sets of other makers name other intents; to a classifier a name is only a name. */
const asIntent = (name: string) => name as Intent;

function fromLines(text: string, file: string): Labelled[] {
  return text.split('\n').flatMap((content, i) => {
    if (content.trim() === '') return [];
    const where = `${file}:${i + 1}`;
    let json: unknown;
    try {
      json = JSON.parse(content);
    } catch (cause) {
      throw new LabelledError(`${where}: not JSON`, { cause });
    }
    const parsed = line.safeParse(json);
    if (!parsed.success) throw new LabelledError(`${where}: ${z.prettifyError(parsed.error)}`);
    // JSON knows no undefined: an optional key that is there has a value.
    return [{ ...parsed.data, intent: asIntent(parsed.data.intent) } as Labelled];
  });
}

function fromRasa(text: string, file: string): Labelled[] {
  const parsed = rasaFile.safeParse(parse(text));
  if (!parsed.success) throw new LabelledError(`${file}: ${z.prettifyError(parsed.error)}`);
  return parsed.data.nlu.flatMap(({ intent, examples }) =>
    examplesIn(examples).map((example) => ({ text: example, intent: asIntent(intent) })),
  );
}

const READERS: Record<string, (text: string, file: string) => Labelled[]> = {
  '.jsonl': fromLines,
  '.yml': fromRasa,
  '.yaml': fromRasa,
};

/**
 * Reads a JSON-lines file, a Rasa-style YAML file or every such file below a directory, in the
 * order of their names. Throws LabelledError when one has another form or nothing is found.
 */
export function readLabelled(path: string): Labelled[] {
  if (!statSync(path).isDirectory()) {
    const reader = READERS[extname(path)];
    if (!reader) throw new LabelledError(`${path}: neither .jsonl nor .yml`);
    return reader(readFileSync(path, 'utf8'), path);
  }
  const files = readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((file) => extname(file) in READERS)
    .sort();
  const all = files.flatMap((file) => readLabelled(join(path, file)));
  if (all.length === 0) throw new LabelledError(`${path}: no labelled file in it`);
  return all;
}

/** The intents of a set: ours in our order, then those only it knows. */
export function intentsOf(labelled: readonly Labelled[]): Intent[] {
  const named = new Set(labelled.map(({ intent }) => intent));
  const ours = INTENTS.filter((intent) => named.has(intent));
  return [...ours, ...[...named].filter((intent) => !INTENTS.includes(intent)).sort()];
}
