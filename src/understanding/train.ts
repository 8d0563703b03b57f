import { createHash } from 'node:crypto';
import { INTENTS, type Intent } from '../domain/intent.ts';
import { COMMITTEE_TRAINING, trainCommittee } from './committee.ts';
import { FEATURES_VERSION } from './features.ts';
import { LEXICON_HASH } from './lexicon.ts';
import { mask } from './mask.ts';
import type { Example } from './model/example.ts';
import { type TrainedModel, writeModel } from './model/model-file.ts';
import { trainBayes } from './natural-bayes.ts';
import { hashPhrases, loadPhrases, PHRASES_DIR, type Phrase } from './phrases.ts';
import { prepareWish } from './prepare.ts';

type Labelled = Pick<Phrase, 'text' | 'intent'>;

/** Identifies everything a trained model depends on. */
export function corpusHash(phrases: readonly Labelled[]): string {
  const parts = [hashPhrases(phrases), LEXICON_HASH, FEATURES_VERSION, COMMITTEE_TRAINING];
  return createHash('sha256').update(parts.join('\n')).digest('hex');
}

/** Phrases as the classifiers learn them; those without a single usable character are left out. */
export function toExamples(phrases: readonly Labelled[]): Example[] {
  return phrases
    .map(({ text, intent }) => ({ intent, features: prepareWish(mask(text).text).wish.features }))
    .filter((example) => example.features.length > 0);
}

/** Trains all classifiers; takes some seconds. `labels`: the intents to tell apart, ours by default. */
export function train(phrases: readonly Labelled[], labels: readonly Intent[] = INTENTS): TrainedModel {
  const examples = toExamples(phrases);
  return {
    corpusHash: corpusHash(phrases),
    committee: trainCommittee(examples, labels),
    bayes: trainBayes(examples, labels),
  };
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
  return { phrases: phrases.length, features: model.committee.vocabulary.positions.size };
}
