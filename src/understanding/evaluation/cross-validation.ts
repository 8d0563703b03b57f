import type { Intent, Understand } from '../../domain/intent.ts';
import { Committee } from '../committee.ts';
import type { TrainedModel } from '../model/model-file.ts';
import { seededRandom, shuffled } from '../model/random.ts';
import { NaturalBayesClassifier } from '../natural-bayes.ts';
import { train } from '../train.ts';
import { createUnderstand } from '../understand.ts';
import { intentsOf, type Labelled } from './labelled.ts';
import type { Judged } from './measures.ts';

/** The product's understanding on a model that was just trained. */
export function understandWith({ committee, bayes }: TrainedModel): Understand {
  const second = new NaturalBayesClassifier(bayes);
  return createUnderstand({ kind: 'committee', first: new Committee(committee), second });
}

/** Lets a model judge utterances. */
export function judge(understand: Understand, test: readonly Labelled[]): Judged[] {
  return test.map((labelled) => ({ labelled, understanding: understand(labelled.text) }));
}

/** Parts of a set: each is judged by what is learned from the others. The same seed gives the same parts. */
export function foldsOf<T>(set: readonly T[], folds = 5, seed = 7): { train: T[]; test: T[] }[] {
  const order = shuffled(set, seededRandom(seed));
  return Array.from({ length: folds }, (_, fold) => ({
    train: order.filter((_item, i) => i % folds !== fold),
    test: order.filter((_item, i) => i % folds === fold),
  }));
}

/** Every utterance judged by a model that has not seen it; takes a training per fold. */
export function crossValidate(
  set: readonly Labelled[],
  labels: readonly Intent[] = intentsOf(set),
): Judged[] {
  return foldsOf(set).flatMap((fold) => judge(understandWith(train(fold.train, labels)), fold.test));
}
