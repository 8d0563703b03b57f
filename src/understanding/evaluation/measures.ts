import type { Decision, Intent, Understanding } from '../../domain/intent.ts';
import type { Labelled } from './labelled.ts';

/** An utterance and how it was understood by a model that had not seen it. */
export interface Judged {
  labelled: Labelled;
  understanding: Understanding;
}

/** Shares are of 1; those of nothing (no fraud in the set) are undefined. */
export interface Measures {
  count: number;
  accuracy: number;
  macroF1: number;
  /** The right intent is among the three likeliest. */
  top3: number;
  /** Of what is accepted, how much is right. */
  acceptedPrecision: number | undefined;
  zones: Record<Decision, number>;
  /** Of what is asked, how often the right intent is among the three offered. */
  askedHit: number | undefined;
  /** Out-of-scope as one class against all others. */
  outOfScope: { precision: number; recall: number; f1: number } | undefined;
  /** Of out-of-scope utterances, how many were taken for a wish of ours and acted on. */
  outOfScopeAccepted: number | undefined;
  fraudRecall: number | undefined;
  /** Mean distance of confidence and being right, over ten bins. */
  calibrationError: number;
}

export interface ClassMeasures {
  intent: Intent;
  count: number;
  precision: number;
  recall: number;
  f1: number;
}

const share = (part: number, whole: number) => (whole === 0 ? undefined : part / whole);
const isRight = ({ labelled, understanding }: Judged) => labelled.intent === understanding.intent;

/** Precision, recall and F1 of every intent that occurs or was guessed. */
export function perIntent(judged: readonly Judged[]): ClassMeasures[] {
  const intents = new Set(judged.flatMap((j) => [j.labelled.intent, j.understanding.intent]));
  return [...intents].sort().map((intent) => {
    const meant = judged.filter((j) => j.labelled.intent === intent).length;
    const guessed = judged.filter((j) => j.understanding.intent === intent).length;
    const both = judged.filter((j) => j.labelled.intent === intent && isRight(j)).length;
    const precision = share(both, guessed) ?? 0;
    const recall = share(both, meant) ?? 0;
    return { intent, count: meant, precision, recall, f1: share(2 * both, meant + guessed) ?? 0 };
  });
}

const BINS = 10;

/** Expected calibration error of the first choice. */
export function calibrationError(judged: readonly Judged[]): number {
  const bins = Array.from({ length: BINS }, () => ({ right: 0, confidence: 0 }));
  for (const j of judged) {
    const { confidence } = j.understanding;
    const bin = bins[Math.min(BINS - 1, Math.floor(confidence * BINS))];
    if (!bin) continue;
    bin.right += isRight(j) ? 1 : 0;
    bin.confidence += confidence;
  }
  const off = bins.reduce((sum, bin) => sum + Math.abs(bin.right - bin.confidence), 0);
  return share(off, judged.length) ?? 0;
}

/** Sums judgements up. */
export function measure(judged: readonly Judged[]): Measures {
  const of = (part: readonly Judged[]) => share(part.length, judged.length) ?? 0;
  const inZone = (zone: Decision) => judged.filter((j) => j.understanding.decision === zone);
  const offered = (j: Judged) => j.understanding.ranking.some((r) => r.intent === j.labelled.intent);
  const [accepted, asked, rejected] = [inZone('accept'), inZone('ask'), inZone('reject')];
  const outOfScope = judged.filter((j) => j.labelled.intent === 'out_of_scope');
  const fraud = judged.filter((j) => j.labelled.intent === 'fraud_report');
  const classes = perIntent(judged);
  const meant = classes.filter((c) => c.count > 0);
  return {
    count: judged.length,
    accuracy: of(judged.filter(isRight)),
    macroF1:
      share(
        meant.reduce((sum, c) => sum + c.f1, 0),
        meant.length,
      ) ?? 0,
    top3: of(judged.filter(offered)),
    acceptedPrecision: share(accepted.filter(isRight).length, accepted.length),
    zones: { accept: of(accepted), ask: of(asked), reject: of(rejected) },
    askedHit: share(asked.filter(offered).length, asked.length),
    outOfScope: meant.find((c) => c.intent === 'out_of_scope'),
    outOfScopeAccepted: share(
      outOfScope.filter((j) => j.understanding.decision === 'accept' && !isRight(j)).length,
      outOfScope.length,
    ),
    fraudRecall: share(fraud.filter(isRight).length, fraud.length),
    calibrationError: calibrationError(judged),
  };
}

/** Pairs of intents taken for each other, most frequent first. */
export function confusions(judged: readonly Judged[]): { meant: Intent; taken: Intent; count: number }[] {
  const counts = new Map<string, { meant: Intent; taken: Intent; count: number }>();
  for (const j of judged) {
    if (isRight(j)) continue;
    const [meant, taken] = [j.labelled.intent, j.understanding.intent];
    const pair = counts.get(`${meant} ${taken}`) ?? { meant, taken, count: 0 };
    pair.count += 1;
    counts.set(`${meant} ${taken}`, pair);
  }
  return [...counts.values()].sort((a, b) => b.count - a.count);
}

/** Accuracy of each suite that the set names. */
export function perSuite(judged: readonly Judged[]): { suite: string; count: number; accuracy: number }[] {
  const suites = new Set(judged.flatMap((j) => j.labelled.suite ?? []));
  return [...suites].sort().map((suite) => {
    const own = judged.filter((j) => j.labelled.suite === suite);
    return { suite, count: own.length, accuracy: share(own.filter(isRight).length, own.length) ?? 0 };
  });
}
