import { INTENTS, type Mask, type MaskInTalk, type Understand } from '../domain/intent.ts';
import { fromRoot } from '../root.ts';
import { Committee } from './committee.ts';
import { mask } from './mask.ts';
import { maskInTalk } from './mask-in-talk.ts';
import { readModel, type TrainedModel, writeModel } from './model/model-file.ts';
import { NaturalBayesClassifier, trainBayes } from './natural-bayes.ts';
import { loadPhrases, PHRASES_DIR, type Phrase } from './phrases.ts';
import { corpusHash, toExamples, train } from './train.ts';
import { type Classifiers, createUnderstand } from './understand.ts';

export { createFindFact } from './answers.ts';

/** Where the build puts the model. */
export const MODEL_FILE = fromRoot('dist', 'model.bin');

/** The part as its users see it. */
export interface LoadedUnderstanding {
  understand: Understand;
  mask: Mask;
  maskInTalk: MaskInTalk;
  /** Which classifier decides: `bayes` only when the other could be neither read nor trained. */
  kind: 'committee' | 'bayes';
}

export interface UnderstandingOptions {
  /** Directory of the topics; the repository's `dialogs` by default. */
  phrasesDir?: string;
  modelFile: string;
  /** Told in a sentence when the model had to be trained or could not be saved. */
  log?: (message: string, cause?: unknown) => void;
}

type Log = NonNullable<UnderstandingOptions['log']>;

function readUsable(path: string, hash: string, log: Log): TrainedModel | undefined {
  try {
    const model = readModel(path);
    if (model?.corpusHash === hash) return model;
    log(model ? 'the model was trained on other phrases: training' : 'there is no trained model: training');
  } catch (cause) {
    log('the model file cannot be used: training', cause);
  }
  return undefined;
}

function trainAndSave(path: string, phrases: readonly Phrase[], log: Log): TrainedModel | undefined {
  let model: TrainedModel;
  try {
    model = train(phrases);
  } catch (cause) {
    log('training failed: the Bayes classifier decides alone', cause);
    return undefined;
  }
  try {
    writeModel(path, model);
  } catch (cause) {
    log('the trained model cannot be saved: it is trained again at the next start', cause);
  }
  return model;
}

function classifiersOf(model: TrainedModel | undefined, phrases: readonly Phrase[]): Classifiers {
  if (!model)
    return { kind: 'bayes', first: new NaturalBayesClassifier(trainBayes(toExamples(phrases), INTENTS)) };
  return {
    kind: 'committee',
    first: new Committee(model.committee),
    second: new NaturalBayesClassifier(model.bayes),
  };
}

/**
 * Loads the trained model, or trains it (some seconds) when it is missing, damaged or older than
 * the phrases. Throws PhrasesError when the phrases are not in order.
 */
export function loadUnderstanding(options: UnderstandingOptions): LoadedUnderstanding {
  const log = options.log ?? (() => undefined);
  const phrases = loadPhrases(options.phrasesDir ?? PHRASES_DIR);
  const saved = readUsable(options.modelFile, corpusHash(phrases), log);
  const classifiers = classifiersOf(saved ?? trainAndSave(options.modelFile, phrases, log), phrases);
  return { understand: createUnderstand(classifiers), mask, maskInTalk, kind: classifiers.kind };
}
