import type { Decision, Intent, Understand, Understanding } from '../domain/intent.ts';
import { seededRandom, shuffled } from './model/random.ts';
import { NaturalBayesClassifier } from './natural-bayes.ts';
import type { Phrase } from './phrases.ts';
import { SoftmaxClassifier } from './softmax.ts';
import { train } from './train.ts';
import { createUnderstand } from './understand.ts';

/** One phrase and how it was understood by a model that had not seen it. */
export interface Judged {
  phrase: Phrase;
  understanding: Understanding;
  /** First choice of natural's Bayes classifier alone. */
  bayes: Intent | undefined;
}

/**
 * Splits the phrases into `folds` parts and lets models trained on the others judge each. The same
 * seed gives the same parts. Takes a training per fold.
 */
export function crossValidate(phrases: readonly Phrase[], folds = 5, seed = 7): Judged[] {
  const order = shuffled(phrases, seededRandom(seed));
  return Array.from({ length: folds }).flatMap((_, fold) => {
    const model = train(order.filter((_phrase, i) => i % folds !== fold));
    const second = new NaturalBayesClassifier(model.bayes);
    const understand = createUnderstand({
      kind: 'softmax',
      first: new SoftmaxClassifier(model.softmax),
      second,
    });
    const alone = createUnderstand({ kind: 'bayes', first: second });
    return order.filter((_phrase, i) => i % folds === fold).map((phrase) => judge(phrase, understand, alone));
  });
}

function judge(phrase: Phrase, understand: Understand, alone: Understand): Judged {
  return { phrase, understanding: understand(phrase.text), bayes: alone(phrase.text).intent };
}

/** Shares are of 1. */
export interface Figures {
  accuracy: number;
  bayesAccuracy: number;
  /** Of what is accepted, how much is right. */
  acceptedPrecision: number;
  /** How much is accepted, asked and rejected. */
  zones: Record<Decision, number>;
  /** Of what is asked, how often the right intent is among the three offered. */
  askedHit: number;
  /** Of out-of-scope phrases, how many were taken for a wish of ours and acted on. */
  outOfScopeAccepted: number;
}

const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);

/** Sums judgements up. */
export function figuresOf(judged: readonly Judged[]): Figures {
  const isRight = (j: Judged) => j.understanding.intent === j.phrase.intent;
  const inZone = (zone: Decision) => judged.filter((j) => j.understanding.decision === zone);
  const [accepted, asked, rejected] = [inZone('accept'), inZone('ask'), inZone('reject')];
  const offered = asked.filter((j) => j.understanding.ranking.some((r) => r.intent === j.phrase.intent));
  const outOfScope = judged.filter((j) => j.phrase.intent === 'out_of_scope');
  return {
    accuracy: share(judged.filter(isRight).length, judged.length),
    bayesAccuracy: share(judged.filter((j) => j.bayes === j.phrase.intent).length, judged.length),
    acceptedPrecision: share(accepted.filter(isRight).length, accepted.length),
    zones: {
      accept: share(accepted.length, judged.length),
      ask: share(asked.length, judged.length),
      reject: share(rejected.length, judged.length),
    },
    askedHit: share(offered.length, asked.length),
    outOfScopeAccepted: share(
      outOfScope.filter((j) => j.understanding.decision === 'accept' && !isRight(j)).length,
      outOfScope.length,
    ),
  };
}
