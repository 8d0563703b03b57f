import type { Intent } from '../../domain/intent.ts';
import { train } from '../train.ts';
import { CONTENDERS, compare } from './contenders/compare.ts';
import type { ContenderFigures } from './contenders/contender.ts';
import { crossValidate, foldsOf, judge, understandWith } from './cross-validation.ts';
import { intentsOf, type Labelled, readLabelled } from './labelled.ts';
import { type Judged, measure } from './measures.ts';
import { comparisonReport, qualityReport, speedReport } from './report.ts';
import { coldStart, latencyOf } from './speed.ts';

function ownFigures(
  judged: readonly Judged[],
  trainingMs: number,
  microsecondsEach: number,
): ContenderFigures {
  const { accuracy, macroF1, top3, outOfScope } = measure(judged);
  return {
    name: 'this',
    accuracy,
    macroF1,
    top3,
    outOfScopeF1: outOfScope?.f1 ?? 0,
    trainingMs,
    microsecondsEach,
  };
}

async function comparison(
  own: ContenderFigures,
  phrases: readonly Labelled[],
  test: readonly Labelled[],
): Promise<string[]> {
  const others: ContenderFigures[] = [];
  const missing: string[] = [];
  for (const contender of CONTENDERS) {
    const figures = await compare(contender, phrases, test);
    if (figures) others.push(figures);
    else missing.push(`  ${contender.name} is not installed: npm ci brings it`);
  }
  return [...comparisonReport([own, ...others]), ...missing];
}

function labelsOf(...sets: readonly Labelled[][]): Intent[] {
  return intentsOf(sets.flat());
}

/** Reports on test files by a model trained on `phrases`; yields printed lines. */
export async function* evaluateFiles(phrases: Labelled[], files: readonly string[]): AsyncGenerator<string> {
  const sets = files.map((file) => ({ file, test: readLabelled(file) }));
  const labels = labelsOf(phrases, ...sets.map(({ test }) => test));
  const start = performance.now();
  const understand = understandWith(train(phrases, labels));
  const trainingMs = performance.now() - start;
  const latency = latencyOf(
    understand,
    sets.flatMap(({ test }) => test.map(({ text }) => text)),
  );
  for (const { file, test } of sets) {
    const judged = judge(understand, test);
    yield* qualityReport(file, judged);
    yield* await comparison(ownFigures(judged, trainingMs, latency.p50Microseconds), phrases, test);
    yield '';
  }
  yield* speedReport(latency, coldStart());
}

/** Reports on the phrases themselves, each judged by a model that was trained on others. */
export async function* evaluateByFolds(phrases: Labelled[]): AsyncGenerator<string> {
  const judged = crossValidate(phrases);
  yield* qualityReport('cross-validation on the phrases, five parts', judged);
  // The libraries get one of the parts: one training each.
  const [fold] = foldsOf(phrases);
  if (!fold) return;
  const start = performance.now();
  const understand = understandWith(train(fold.train, labelsOf(phrases)));
  const trainingMs = performance.now() - start;
  const latency = latencyOf(
    understand,
    fold.test.map(({ text }) => text),
  );
  const own = ownFigures(judge(understand, fold.test), trainingMs, latency.p50Microseconds);
  yield* await comparison(own, fold.train, fold.test);
  yield* speedReport(latency, coldStart());
}
