import { createRequire } from 'node:module';
import type { Intent } from '../domain/intent.ts';
import { type Classifier, type Example, type Reading, softmaxRanking } from './model/example.ts';
import { type Packed, pack } from './model/packed.ts';
import { type Vocabulary, vocabularyOf } from './model/vocabulary.ts';

/** natural's default of 1 drifts to the intent with the fewest phrases. */
const SMOOTHING = 0.03;

/** What natural has counted, as logarithms. */
export interface BayesModel {
  labels: readonly Intent[];
  vocabulary: Vocabulary;
  /** A row of labels for each feature: how likely it stands in a phrase of the label. */
  features: Packed;
  /** How many phrases a label has, plus one. */
  labelSizes: Float32Array;
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
  // Examples given by position are left out of natural's own totals.
  const phrasesOf = (intent: Intent) => examples.filter((example) => example.intent === intent).length;
  const labelSizes = Float32Array.from(labels, (intent) => Math.log(phrasesOf(intent) + 1));
  const likely = new Float32Array(vocabulary.positions.size * labels.length);
  for (const [k, intent] of labels.entries()) {
    const counted = classifier.classFeatures[intent] ?? {};
    for (let position = 0; position < vocabulary.positions.size; position++) {
      const count = counted[position] ?? SMOOTHING;
      likely[position * labels.length + k] = Math.log(count) - (labelSizes[k] ?? 0);
    }
  }
  return { labels, vocabulary, features: pack(likely), labelSizes };
}

/** natural's rule, P(class) · Π P(feature | class), summed as logarithms: the product underflows in long texts. */
export class NaturalBayesClassifier implements Classifier {
  readonly labels: readonly Intent[];
  readonly #positions: ReadonlyMap<string, number>;
  readonly #features: Packed;
  readonly #labelSizes: Float32Array;

  constructor({ labels, vocabulary, features, labelSizes }: BayesModel) {
    this.labels = labels;
    this.#positions = vocabulary.positions;
    this.#features = features;
    this.#labelSizes = labelSizes;
  }

  /** Syllables are left out, also of the share that is known. */
  read(features: readonly string[], temperature: number): Reading {
    const { numbers, step } = this.#features;
    const scores = Float64Array.from(this.#labelSizes);
    let [used, known] = [0, 0];
    for (const feature of features) {
      if (!isUsed(feature)) continue;
      used++;
      const position = this.#positions.get(feature);
      if (position === undefined) continue;
      known++;
      for (let k = 0, i = position * scores.length; k < scores.length; k++, i++)
        scores[k] = (scores[k] ?? 0) + (numbers[i] ?? 0) * step;
    }
    return {
      ranking: softmaxRanking(this.labels, scores, temperature),
      knownShare: used === 0 ? 0 : known / used,
    };
  }
}
