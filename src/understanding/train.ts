import { createHash } from 'node:crypto';
import { FEATURES_VERSION } from './features.ts';
import { LEXICON_HASH } from './lexicon.ts';
import { mask } from './mask.ts';
import type { Example } from './model/example.ts';
import { type TrainedModel, writeModel } from './model/model-file.ts';
import { trainBayes } from './natural-bayes.ts';
import { hashPhrases, loadPhrases, PHRASES_DIR, type Phrase } from './phrases.ts';
import { prepare } from './prepare.ts';
import { TRAINING, trainSoftmax } from './softmax.ts';

/** Identifies everything a trained model depends on. */
export function corpusHash(phrases: readonly Phrase[]): string {
  const parts = [hashPhrases(phrases), LEXICON_HASH, FEATURES_VERSION, JSON.stringify(TRAINING)];
  return createHash('sha256').update(parts.join('\n')).digest('hex');
}

/** Phrases as the classifiers learn them; those without a single usable character are left out. */
export function toExamples(phrases: readonly Phrase[]): Example[] {
  return phrases
    .map(({ text, intent }) => ({ intent, features: prepare(mask(text).text).features }))
    .filter((example) => example.features.length > 0);
}

/** Trains both classifiers; takes about a second. */
export function train(phrases: readonly Phrase[]): TrainedModel {
  const examples = toExamples(phrases);
  return { corpusHash: corpusHash(phrases), softmax: trainSoftmax(examples), bayes: trainBayes(examples) };
}

/**
 * Trains from the phrase files and writes the model file: a step of the build.
 * Throws PhrasesError when the phrases are not in order.
 */
export function trainModel(options: { phrasesDir?: string; modelFile: string }): {
  phrases: number;
  features: number;
} {
  const phrases = loadPhrases(options.phrasesDir ?? PHRASES_DIR);
  const model = train(phrases);
  writeModel(options.modelFile, model);
  return { phrases: phrases.length, features: model.softmax.vocabulary.size };
}
