import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Something that was kept or said, by name. */
export type Sources = Map<string, Buffer>;

/** Every file below a folder. */
export function filesBelow(folder: string, name: string): Sources {
  const sources: Sources = new Map();
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const below = `${name}/${entry.name}`;
    if (entry.isDirectory()) for (const [file, bytes] of filesBelow(path, below)) sources.set(file, bytes);
    // A socket is no place to keep anything in.
    if (entry.isFile()) sources.set(below, readFileSync(path));
  }
  return sources;
}

function escaped(words: string): string {
  return [...words].map((char) => (char > '~' ? `\\u${char.charCodeAt(0).toString(16)}` : char)).join('');
}

/** Names of the sources that hold the words, as bytes, as JSON may write them, or as addresses do. */
export function placesOf(words: string, sources: Sources): string[] {
  const forms = new Set([words, escaped(words), encodeURIComponent(words)]);
  return [...sources]
    .filter(([, bytes]) => [...forms].some((form) => bytes.includes(form)))
    .map(([name]) => name);
}

const PART = 8;

function partsOf(digits: string): string[] {
  return Array.from({ length: Math.max(0, digits.length - PART + 1) }, (_, at) =>
    digits.slice(at, at + PART),
  );
}

/** Where eight digits in a row of any of these numbers are, however they are grouped: `source: part`. */
export function partsLeft(numbers: readonly string[], sources: Sources): string[] {
  const wanted = new Set(numbers.flatMap(partsOf));
  const found = new Set<string>();
  for (const [name, bytes] of sources) {
    for (const [run] of bytes.toString('latin1').matchAll(/\d(?:[ .,-]?\d){7,}/g))
      for (const part of partsOf(run.replace(/\D/g, ''))) if (wanted.has(part)) found.add(`${name}: ${part}`);
  }
  return [...found];
}
