import { createRequire } from 'node:module';
import type { Intent, RankedIntent } from '../domain/intent.ts';
import { type Classifier, type Example, softmaxRanking } from './model/example.ts';
import { type Vocabulary, vocabularyOf } from './model/vocabulary.ts';

/** natural's default of 1 drifts to the intent with the fewest phrases. */
const SMOOTHING = 0.03;

/** What natural has counted. */
export interface BayesModel {
  labels: readonly Intent[];
  vocabulary: Vocabulary;
  /** A row of labels for each feature: in how many phrases it stands, smoothed; 0 = none. */
  counts: Float32Array;
  /** Phrases per label, plus one. */
  totals: Float32Array;
}

/** Character pairs and words are enough for the second opinion; syllables would count everything twice. */
const isUsed = (feature: string) => !feature.startsWith('p:');

/**
 * natural is needed to train, not to start: it costs 35 MiB. The package's main entry would besides
 * load database drivers, read `.env` and print to stdout; this part does not.
 */
function natural(): typeof import('natural/lib/natural/classifiers/index.js') {
  return createRequire(import.meta.url)('natural/lib/natural/classifiers/index.js');
}

/** Trains natural's Bayes classifier and takes its counts. */
export function trainBayes(examples: readonly Example[], labels: readonly Intent[]): BayesModel {
  const vocabulary = vocabularyOf(examples);
  const { BayesClassifier } = natural();
  const { classifier } = new BayesClassifier(undefined, SMOOTHING);
  for (const { features, intent } of examples) {
    const observed = features.filter(isUsed).map((feature) => vocabulary.positions.get(feature) ?? 0);
    // By position: natural's own vectors are each as long as the vocabulary.
    classifier.addExample({ ...observed }, intent);
  }
  const counts = new Float32Array(vocabulary.positions.size * labels.length);
  for (const [k, intent] of labels.entries()) {
    for (const [position, count] of Object.entries(classifier.classFeatures[intent] ?? {})) {
      counts[Number(position) * labels.length + k] = count;
    }
  }
  // Examples given by position are left out of natural's own totals.
  const phrasesOf = (intent: Intent) => examples.filter((example) => example.intent === intent).length;
  return { labels, vocabulary, counts, totals: Float32Array.from(labels, (intent) => phrasesOf(intent) + 1) };
}

/** natural's rule, P(class) · Π P(feature | class), summed as logarithms: the product underflows in long texts. */
export class NaturalBayesClassifier implements Classifier {
  readonly labels: readonly Intent[];
  readonly #positions: ReadonlyMap<string, number>;
  readonly #counts: Float32Array;
  readonly #logTotals: Float32Array;

  constructor({ labels, vocabulary, counts, totals }: BayesModel) {
    this.labels = labels;
    this.#positions = vocabulary.positions;
    this.#logTotals = totals.map(Math.log);
    this.#counts = counts;
  }

  rank(features: readonly string[], temperature: number): RankedIntent[] {
    const scores = Float64Array.from(this.#logTotals);
    for (const feature of features) {
      const position = isUsed(feature) ? this.#positions.get(feature) : undefined;
      if (position === undefined) continue;
      const row = position * scores.length;
      for (let k = 0; k < scores.length; k++) {
        const count = this.#counts[row + k] || SMOOTHING;
        scores[k] = (scores[k] ?? 0) + Math.log(count) - (this.#logTotals[k] ?? 0);
      }
    }
    return softmaxRanking(this.labels, scores, temperature);
  }

  /** As the committee's; syllables are left out. */
  knownShare(features: readonly string[]): number {
    const used = features.filter(isUsed);
    return used.length === 0 ? 0 : used.filter((f) => this.#positions.has(f)).length / used.length;
  }
}
