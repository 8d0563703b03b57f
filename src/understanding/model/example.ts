import type { Intent, RankedIntent } from '../../domain/intent.ts';

/** A phrase as a classifier sees it. */
export interface Example {
  features: readonly string[];
  intent: Intent;
}

/** What a classifier makes of a set of features. */
export interface Reading {
  /** All its intents, best first; the confidences add up to 1. */
  ranking: RankedIntent[];
  /** Share of the features that any training phrase had: low for gibberish and other languages. */
  knownShare: number;
}

export interface Classifier {
  readonly labels: readonly Intent[];
  read(features: readonly string[], temperature: number): Reading;
}

/** Scores in log space -> probabilities, best first. Equal scores keep the order of `labels`. */
export function softmaxRanking(
  labels: readonly Intent[],
  scores: ArrayLike<number>,
  temperature: number,
): RankedIntent[] {
  let highest = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < labels.length; k++) highest = Math.max(highest, scores[k] ?? highest);
  const weights = labels.map((_, k) => Math.exp(((scores[k] ?? highest) - highest) / temperature));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return labels
    .map((intent, k) => ({ intent, confidence: (weights[k] ?? 0) / sum }))
    .sort((a, b) => b.confidence - a.confidence);
}
