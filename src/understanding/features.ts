import { syllablesOf } from './homophones.ts';
import { CONCEPTS } from './lexicon.ts';
import { segment } from './segmenter.ts';

/** Raised when the features of a text change: models of another version are trained anew. */
export const FEATURES_VERSION = 3;

const concepts = Object.entries(CONCEPTS).map(([name, pattern]) => ({
  name,
  pattern: new RegExp(pattern, 'u'),
}));

function conceptsIn(text: string): string[] {
  return concepts.filter(({ pattern }) => pattern.test(text)).map(({ name }) => name);
}

const LATIN = /^[a-z]+$/;
const isLatin = (character: string | undefined) => character !== undefined && LATIN.test(character);

/** unbind, unbinding, unbound begin alike; so do most English words that belong together. */
const STEM = 5;

function addLatin(text: string, features: Set<string>): void {
  const words = text.split(/[^a-z]+/).filter((word) => word !== '');
  for (const [i, word] of words.entries()) {
    features.add(`e:${word.slice(0, STEM)}`);
    if (i > 0) features.add(`e:${words[i - 1]?.slice(0, STEM)} ${word.slice(0, STEM)}`);
  }
}

/** Characters and pairs of them; letters inside a Latin word say less than the word. */
function addCharacters(text: string, features: Set<string>): void {
  const characters = ['^', ...text, '$'];
  for (const [i, character] of characters.entries()) {
    const before = characters[i - 1];
    if (i > 0 && i < characters.length - 1 && character !== ' ' && !isLatin(character)) {
      features.add(`c:${character}`);
    }
    if (i > 0 && !(isLatin(before) && isLatin(character))) features.add(`c:${before}${character}`);
  }
}

/**
 * The set of features of a canonical text: words (`w:`), beginnings of Latin words and pairs of them
 * (`e:`), characters and pairs of characters (`c:`), pairs of syllables (`p:`), which hold when a
 * word is typed with the wrong character, and concepts alone and in pairs (`k:`), which hold when it
 * is another word or in another language.
 */
export function featuresOf(text: string): string[] {
  const features = new Set<string>();
  for (const word of segment(text)) if (word !== ' ' && !LATIN.test(word)) features.add(`w:${word}`);
  addLatin(text, features);
  addCharacters(text, features);
  const syllables = ['^', ...syllablesOf(text.replaceAll(' ', '').replace(/[a-z]{2,}/g, 'a')), '$'];
  for (let i = 1; i < syllables.length; i++) features.add(`p:${syllables[i - 1]} ${syllables[i]}`);
  const found = conceptsIn(text);
  for (const [i, name] of found.entries()) {
    features.add(`k:${name}`);
    for (const other of found.slice(i + 1)) features.add(`k:${name}+${other}`);
  }
  return [...features];
}

/** How loudly a feature speaks beside the others of a text. */
export function featureWeight(feature: string): number {
  if (feature.startsWith('p:')) return 0.5;
  return feature.startsWith('k:') && !feature.includes('+') ? 3 : 1;
}
