import { BayesClassifier } from 'natural/lib/natural/classifiers/index.js';
import { segment } from '../../segmenter.ts';
import type { Labelled } from '../labelled.ts';
import type { Contender, Guess } from './contender.ts';

function guess(classifier: BayesClassifier, observation: string | string[]): Guess {
  const ranking = classifier.getClassifications(observation).map(({ label }) => label);
  return { intent: ranking[0], ranking: ranking.slice(0, 3) };
}

async function train(phrases: readonly Labelled[], read: (text: string) => string | string[]) {
  const classifier = new BayesClassifier();
  for (const { text, intent } of phrases) classifier.addDocument(read(text), intent);
  classifier.train();
  return async (text: string) => guess(classifier, read(text));
}

/** `natural` as its README shows it: strings, its own tokenizer and stemmer, default smoothing. */
export const naturalDefault: Contender = {
  name: 'natural, as documented',
  train: (phrases) => train(phrases, (text) => text),
};

/** The same fed with words that jieba has cut, as it cannot cut Chinese itself. */
export const naturalWords: Contender = {
  name: 'natural, words by jieba',
  train: (phrases) => train(phrases, (text) => segment(text).filter((word) => word.trim() !== '')),
};
