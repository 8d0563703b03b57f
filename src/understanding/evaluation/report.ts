import type { ContenderFigures } from './contenders/contender.ts';
import { measureEntities, measureSensitive } from './entity-measures.ts';
import { confusions, type Judged, measure, perIntent, perSuite } from './measures.ts';
import type { ColdStart, Latency } from './speed.ts';

const percent = (share: number | undefined) => (share === undefined ? '-' : (share * 100).toFixed(1));
const row = (name: string, ...cells: (string | number)[]) =>
  `  ${name.padEnd(38)}${cells.map((cell) => String(cell).padStart(10)).join('')}`;

function wholeSection(judged: readonly Judged[]): string[] {
  const m = measure(judged);
  return [
    row('accuracy %', percent(m.accuracy)),
    row('macro-F1 %', percent(m.macroF1)),
    row('right intent among the first three %', percent(m.top3)),
    row('precision of what is accepted %', percent(m.acceptedPrecision)),
    row(
      'accepted / asked / rejected %',
      percent(m.zones.accept),
      percent(m.zones.ask),
      percent(m.zones.reject),
    ),
    row('right intent among those asked %', percent(m.askedHit)),
    row('out-of-scope precision / recall / F1 %', ...outOfScope(m.outOfScope)),
    row('out-of-scope wrongly accepted %', percent(m.outOfScopeAccepted)),
    row('fraud recall %', percent(m.fraudRecall)),
    row('calibration error %', percent(m.calibrationError)),
  ];
}

function outOfScope(of: { precision: number; recall: number; f1: number } | undefined): string[] {
  return of ? [percent(of.precision), percent(of.recall), percent(of.f1)] : ['-'];
}

function intentSection(judged: readonly Judged[]): string[] {
  return [
    row('', 'count', 'precision', 'recall', 'F1'),
    ...perIntent(judged).map((c) =>
      row(c.intent, c.count, percent(c.precision), percent(c.recall), percent(c.f1)),
    ),
  ];
}

function entitySection(judged: readonly Judged[]): string[] {
  const entities = measureEntities(judged);
  const sensitive = measureSensitive(judged);
  return [
    ...(entities
      ? [
          row('', 'count', 'precision', 'recall', 'F1'),
          ...[{ kind: 'all', ...entities.all }, ...entities.kinds].map((e) =>
            row(e.kind, e.wanted, percent(e.precision), percent(e.recall), percent(e.f1)),
          ),
        ]
      : []),
    ...(sensitive
      ? [
          row('sensitive data: count / recall %', sensitive.wanted, percent(sensitive.recall)),
          row('sensitive data: false alarms', sensitive.falseAlarms),
        ]
      : []),
  ];
}

const titled = (title: string, lines: string[]) => (lines.length === 0 ? [] : ['', title, ...lines]);
const MOST_CONFUSED = 15;

/** How well the utterances were understood, as printed lines. */
export function qualityReport(title: string, judged: readonly Judged[]): string[] {
  const pairs = confusions(judged).slice(0, MOST_CONFUSED);
  return [
    `${title}: ${judged.length} utterances`,
    ...wholeSection(judged),
    ...titled(
      'suites',
      perSuite(judged).map((s) => row(s.suite, s.count, percent(s.accuracy))),
    ),
    ...titled('entities', entitySection(judged)),
    ...titled('intents', intentSection(judged)),
    ...titled(
      'most confused (meant, taken for)',
      pairs.map((p) => row(`${p.meant}, ${p.taken}`, p.count)),
    ),
  ];
}

/** This product's figures and the libraries' beside each other. */
export function comparisonReport(all: readonly ContenderFigures[]): string[] {
  return [
    ...titled('beside others, on the same phrases and utterances', [
      row('', 'accuracy', 'macro-F1', 'top-3', 'oos F1', 'train ms', 'us each'),
      ...all.map((c) =>
        row(
          c.name,
          ...[c.accuracy, c.macroF1, c.top3, c.outOfScopeF1].map(percent),
          Math.round(c.trainingMs),
          Math.round(c.microsecondsEach),
        ),
      ),
    ]),
  ];
}

/** Time and memory. */
export function speedReport(latency: Latency, start: ColdStart): string[] {
  return titled('speed', [
    row(
      'one utterance: p50 / p99 us',
      Math.round(latency.p50Microseconds),
      Math.round(latency.p99Microseconds),
    ),
    row('cold start to the first answer, ms', Math.round(start.milliseconds)),
    row('memory of that process / added, MiB', Math.round(start.mebibytes), Math.round(start.addedMebibytes)),
  ]);
}
