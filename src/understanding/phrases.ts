import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { INTENTS, type Intent } from '../domain/intent.ts';
import { fromRoot } from '../root.ts';

/** One training phrase, without entity annotations. */
export interface Phrase {
  text: string;
  intent: Intent;
  /** Path relative to the phrases directory: `risk-lock/phrases.yml`. */
  file: string;
}

export interface PhraseLimits {
  perIntent: number;
  outOfScope: number;
}

/** Fewer phrases than this teach an intent badly. */
export const PHRASE_LIMITS: PhraseLimits = { perIntent: 30, outOfScope: 150 };

/** Where the topics keep their phrases. */
export const PHRASES_DIR = fromRoot('dialogs');

/** The phrase files are wrong; the message lists every finding with file and phrase. */
export class PhrasesError extends Error {
  override readonly name = 'PhrasesError';
}

const phrasesFile = z.object({
  version: z.string(),
  nlu: z.array(z.object({ intent: z.enum(INTENTS), examples: z.string() })),
});

/** `尾号[7788](cardLast4)的` -> `尾号7788的` */
function withoutAnnotations(example: string): string {
  return example.replace(/\[([^[\]]*)\]\([A-Za-z][\w:]*\)/g, '$1');
}

/** What makes two phrases the same: width, case and spaces aside. */
function sameness(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');
}

/** The lines of an `examples` block, without list marks and annotations. */
export function examplesIn(block: string): string[] {
  return block
    .split('\n')
    .map((line) => withoutAnnotations(line.replace(/^\s*-\s?/, '')).trim())
    .filter((text) => text !== '');
}

function yamlIn(path: string, file: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new PhrasesError(`${file}: ${cause instanceof Error ? cause.message : 'not YAML'}`, { cause });
  }
}

function phrasesOf(path: string, file: string): Phrase[] {
  const parsed = phrasesFile.safeParse(yamlIn(path, file));
  if (!parsed.success) throw new PhrasesError(`${file}: ${z.prettifyError(parsed.error)}`);
  return parsed.data.nlu.flatMap(({ intent, examples }) =>
    examplesIn(examples).map((text) => ({ text, intent, file })),
  );
}

function findDuplicates(phrases: readonly Phrase[]): string[] {
  const findings: string[] = [];
  const first = new Map<string, Phrase>();
  for (const phrase of phrases) {
    const key = sameness(phrase.text);
    const other = first.get(key);
    if (!other) {
      first.set(key, phrase);
      continue;
    }
    const what = other.intent === phrase.intent ? 'stands twice' : 'stands under two intents';
    findings.push(
      `"${phrase.text}" ${what}: ${other.intent} in ${other.file}, ${phrase.intent} in ${phrase.file}`,
    );
  }
  return findings;
}

function findGaps(phrases: readonly Phrase[], limits: PhraseLimits): string[] {
  return INTENTS.flatMap((intent) => {
    const wanted = intent === 'out_of_scope' ? limits.outOfScope : limits.perIntent;
    const count = phrases.filter((phrase) => phrase.intent === intent).length;
    return count < wanted ? [`${intent} has ${count} phrases, at least ${wanted} are needed`] : [];
  });
}

/**
 * Reads `<topic>/phrases.yml` of every topic, in the order of their names.
 * Throws PhrasesError when a file has another form, an intent has too few phrases or a phrase repeats.
 */
export function loadPhrases(directory: string = PHRASES_DIR, limits: PhraseLimits = PHRASE_LIMITS): Phrase[] {
  const topics = readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  const phrases: Phrase[] = [];
  for (const topic of topics) {
    const file = `${topic}/phrases.yml`;
    if (readdirSync(join(directory, topic)).includes('phrases.yml')) {
      phrases.push(...phrasesOf(join(directory, file), file));
    }
  }
  const findings = [...findDuplicates(phrases), ...findGaps(phrases, limits)];
  if (findings.length > 0) throw new PhrasesError(`training phrases:\n  ${findings.join('\n  ')}`);
  return phrases;
}

/** Changes whenever a phrase, its intent or the order changes. */
export function hashPhrases(phrases: readonly Pick<Phrase, 'text' | 'intent'>[]): string {
  const hash = createHash('sha256');
  for (const { intent, text } of phrases) hash.update(`${intent}\t${text}\n`);
  return hash.digest('hex');
}
