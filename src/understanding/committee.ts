import type { Intent } from '../domain/intent.ts';
import { type Classifier, type Example, type Reading, softmaxRanking } from './model/example.ts';
import { LINEAR_TRAINING, type LinearModel, linearScores, trainLinear } from './model/linear.ts';
import { NETWORK_TRAINING, type NetworkModel, networkScores, trainNetwork } from './model/network.ts';
import { type Vocabulary, vectorOf, vocabularyOf } from './model/vocabulary.ts';

/** A softmax regression and networks over the same features, whose scores are averaged. */
export interface CommitteeModel {
  labels: readonly Intent[];
  vocabulary: Vocabulary;
  linear: LinearModel;
  networks: readonly NetworkModel[];
}

/** Everything beside the examples that the trained numbers depend on. */
export const COMMITTEE_TRAINING = JSON.stringify([LINEAR_TRAINING, NETWORK_TRAINING]);

/** The same examples in the same order give the same model, bit for bit. */
export function trainCommittee(examples: readonly Example[], labels: readonly Intent[]): CommitteeModel {
  const vocabulary = vocabularyOf(examples);
  const rows = examples.map(({ features, intent }) => ({
    vector: vectorOf(vocabulary, features),
    label: labels.indexOf(intent),
  }));
  return {
    labels,
    vocabulary,
    linear: trainLinear(rows, vocabulary.positions.size, labels.length),
    networks: NETWORK_TRAINING.members.map((member) =>
      trainNetwork(rows, vocabulary.repeated, labels.length, member),
    ),
  };
}

/** The classifier that decides. */
export class Committee implements Classifier {
  readonly labels: readonly Intent[];
  readonly #model: CommitteeModel;

  constructor(model: CommitteeModel) {
    this.#model = model;
    this.labels = model.labels;
  }

  read(features: readonly string[], temperature: number): Reading {
    const { vocabulary, linear, networks } = this.#model;
    const vector = vectorOf(vocabulary, features);
    const scores = linearScores(linear, vector);
    for (const network of networks) {
      const others = networkScores(network, vector);
      // The networks together weigh as much as the regression.
      for (let k = 0; k < scores.length; k++) {
        scores[k] = (scores[k] ?? 0) + (others[k] ?? 0) / networks.length;
      }
    }
    for (let k = 0; k < scores.length; k++) scores[k] = (scores[k] ?? 0) / 2;
    return {
      ranking: softmaxRanking(this.labels, scores, temperature),
      knownShare: features.length === 0 ? 0 : vector.columns.length / features.length,
    };
  }
}
