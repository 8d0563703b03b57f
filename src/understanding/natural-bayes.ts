// The package's main entry loads database drivers, reads `.env` and prints to stdout; this part does not.
import { BayesClassifier } from 'natural/lib/natural/classifiers/index.js';
import type { Intent, RankedIntent } from '../domain/intent.ts';
import { type Classifier, type Example, softmaxRanking } from './model/example.ts';

/** natural's default of 1 drifts to the intent with the fewest phrases. */
const SMOOTHING = 0.03;

/** What natural has counted. */
export interface BayesModel {
  labels: readonly Intent[];
  /** Feature -> per label in how many phrases it stands, smoothed; 0 = none. */
  counts: ReadonlyMap<string, readonly number[]>;
  /** Phrases per label, plus one. */
  totals: readonly number[];
}

/** Character pairs and words are enough for the second opinion; syllables would count everything twice. */
const isUsed = (feature: string) => !feature.startsWith('p:');

/** Trains natural's Bayes classifier and takes its counts. */
export function trainBayes(examples: readonly Example[], labels: readonly Intent[]): BayesModel {
  const positions = new Map<string, number>();
  for (const feature of examples.flatMap((example) => example.features.filter(isUsed))) {
    if (!positions.has(feature)) positions.set(feature, positions.size);
  }
  const natural = new BayesClassifier(undefined, SMOOTHING);
  for (const { features, intent } of examples) {
    const observed = features.filter(isUsed).map((feature) => positions.get(feature) ?? 0);
    // By position: natural's own vectors are each as long as the vocabulary.
    natural.classifier.addExample({ ...observed }, intent);
  }
  const { classFeatures } = natural.classifier;
  const counts = new Map<string, number[]>();
  for (const [feature, position] of positions) {
    counts.set(
      feature,
      labels.map((intent) => classFeatures[intent]?.[position] ?? 0),
    );
  }
  // Examples given by position are left out of natural's own totals.
  const totals = labels.map((intent) => examples.filter((example) => example.intent === intent).length + 1);
  return { labels, counts, totals };
}

/** natural's rule, P(class) · Π P(feature | class), summed as logarithms: the product underflows in long texts. */
export class NaturalBayesClassifier implements Classifier {
  readonly labels: readonly Intent[];
  readonly #counts: BayesModel['counts'];
  readonly #logTotals: readonly number[];

  constructor({ labels, counts, totals }: BayesModel) {
    this.labels = labels;
    this.#counts = counts;
    this.#logTotals = totals.map(Math.log);
  }

  rank(features: readonly string[], temperature: number): RankedIntent[] {
    const scores = Float64Array.from(this.#logTotals);
    for (const feature of features) {
      const row = isUsed(feature) ? this.#counts.get(feature) : undefined;
      if (!row) continue;
      for (let k = 0; k < scores.length; k++) {
        scores[k] = (scores[k] ?? 0) + Math.log(row[k] || SMOOTHING) - (this.#logTotals[k] ?? 0);
      }
    }
    return softmaxRanking(this.labels, scores, temperature);
  }

  /** As the committee's; syllables are left out. */
  knownShare(features: readonly string[]): number {
    const used = features.filter(isUsed);
    return used.length === 0 ? 0 : used.filter((feature) => this.#counts.has(feature)).length / used.length;
  }
}
