import { syllablesOf } from './homophones.ts';
import { CONCEPTS } from './lexicon.ts';
import { segment } from './segmenter.ts';

/** Raised when the features of a text change: models of another version are trained anew. */
export const FEATURES_VERSION = 2;

const concepts = Object.entries(CONCEPTS).map(([name, pattern]) => ({
  name,
  pattern: new RegExp(pattern, 'u'),
}));

function conceptsIn(text: string): string[] {
  return concepts.filter(({ pattern }) => pattern.test(text)).map(({ name }) => name);
}

/**
 * The set of features of a canonical text: words (`w:`), characters and pairs of characters (`c:`),
 * pairs of syllables (`p:`), which hold when a word is typed with the wrong character, and concepts
 * alone and in pairs (`k:`), which hold when it is another word.
 */
export function featuresOf(text: string): string[] {
  const features = new Set<string>();
  for (const word of segment(text)) if (word !== ' ') features.add(`w:${word}`);
  const characters = ['^', ...text, '$'];
  for (const [i, character] of characters.entries()) {
    if (i > 0 && i < characters.length - 1 && character !== ' ') features.add(`c:${character}`);
    if (i > 0) features.add(`c:${characters[i - 1]}${character}`);
  }
  const syllables = ['^', ...syllablesOf(text.replaceAll(' ', '')), '$'];
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
