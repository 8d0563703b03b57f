import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { INTENTS } from '../domain/intent.ts';
import { fromRoot } from '../root.ts';

const contents: string[] = [];

function readLexicon<T>(name: string, schema: z.ZodType<T>): T {
  const text = readFileSync(fromRoot('src', 'understanding', 'lexicon', `${name}.yml`), 'utf8');
  const parsed = schema.safeParse(parse(text));
  if (!parsed.success) throw new Error(`lexicon/${name}.yml: ${z.prettifyError(parsed.error)}`);
  contents.push(text);
  return parsed.data;
}

const words = z.array(z.string().min(1));
const share = z.number().min(0).max(1);

/** Banks by full name, with the other names they go by. */
export const BANKS = readLexicon(
  'banks',
  z.array(
    z.object({
      name: z.string().endsWith('银行'),
      aliases: words.default([]),
      weak: words.default([]),
      codes: words.default([]),
    }),
  ),
);

/** Words before 银行 that name no bank. */
export const NOT_BANKS: ReadonlySet<string> = new Set(readLexicon('not-banks', words));

/** User dictionary of the word segmenter. */
export const BUSINESS_WORDS = readLexicon('words', words);

/** The one word the phrases use -> what customers write instead. */
export const SYNONYMS = readLexicon('synonyms', z.record(z.string(), words));

/** Rules above the model, in order of precedence. */
export const RULES = readLexicon(
  'rules',
  z.array(z.object({ intent: z.enum(INTENTS), when: words, unless: words.default([]) })),
);

/** Concept -> pattern of the words that share it. */
export const CONCEPTS = readLexicon('concepts', z.record(z.string(), z.string().min(1)));

/** What the files that shape the features hold; a trained model fits only these. */
export const LEXICON_HASH = createHash('sha256').update(contents.join('\0')).digest('hex');

const zone = z.object({
  /** Flattens over-confident probabilities (> 1) or sharpens them (< 1). */
  temperature: z.number().positive(),
  accept: share,
  /** Wanted where the second opinion names another intent. */
  acceptDespiteDoubt: share,
  /** Distance to the second that `accept` wants. */
  margin: share,
  ask: share,
  /** Likelier than this that it is nothing of ours: a wish of ours is asked about, not acted on. */
  outOfScope: share,
});

/** Thresholds of the three zones, per classifier. */
export const POLICY = readLexicon(
  'policy',
  z.object({ committee: zone, bayes: zone, knownShare: z.object({ accept: share, ask: share }) }),
);
export type Zone = z.infer<typeof zone>;
