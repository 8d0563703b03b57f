import type { Labelled } from '../labelled.ts';
import { type Judged, measure } from '../measures.ts';
import type { Contender, ContenderFigures, Guess } from './contender.ts';
import { naturalDefault, naturalWords } from './natural.ts';
import { nlpjs } from './nlpjs.ts';

/** The libraries that customers of this product would otherwise install. */
export const CONTENDERS: readonly Contender[] = [naturalDefault, naturalWords, nlpjs];

function asJudged(labelled: Labelled, { intent, ranking }: Guess): Judged {
  const named = (name: string | undefined) => (name ?? '') as Labelled['intent'];
  return {
    labelled,
    understanding: {
      text: '',
      folded: '',
      intent: named(intent),
      confidence: 0,
      decision: 'ask',
      ranking: [intent, ...ranking.filter((other) => other !== intent)]
        .slice(0, 3)
        .map((name) => ({ intent: named(name), confidence: 0 })),
      entities: {},
      sensitive: [],
    },
  };
}

/** Trains a library on the same phrases and lets it judge the same utterances; undefined when it is not installed. */
export async function compare(
  contender: Contender,
  phrases: readonly Labelled[],
  test: readonly Labelled[],
): Promise<ContenderFigures | undefined> {
  const start = performance.now();
  const classify = await contender.train(phrases);
  if (!classify) return undefined;
  const trained = performance.now();
  const judged: Judged[] = [];
  for (const labelled of test) judged.push(asJudged(labelled, await classify(labelled.text)));
  const ended = performance.now();
  const { accuracy, macroF1, top3, outOfScope } = measure(judged);
  return {
    name: contender.name,
    accuracy,
    macroF1,
    top3,
    outOfScopeF1: outOfScope?.f1 ?? 0,
    trainingMs: trained - start,
    microsecondsEach: ((ended - trained) / test.length) * 1000,
  };
}
