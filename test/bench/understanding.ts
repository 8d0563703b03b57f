import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crossValidate } from '../../src/understanding/evaluation/cross-validation.ts';
import { measure } from '../../src/understanding/evaluation/measures.ts';
import { loadUnderstanding } from '../../src/understanding/index.ts';
import { loadPhrases } from '../../src/understanding/phrases.ts';
import { trainModel } from '../../src/understanding/train.ts';
import type { Figure } from './figure.ts';

function timed<T>(work: () => T): { result: T; ms: number } {
  const start = performance.now();
  const result = work();
  return { result, ms: performance.now() - start };
}

const rounded = (figure: number) => Math.round(figure * 1000) / 1000;

/** Latency, memory and cross-validated quality of understanding. */
export async function bench(): Promise<Figure[]> {
  const directory = mkdtempSync(join(tmpdir(), 'bench-nlu-'));
  const modelFile = join(directory, 'model.bin');
  try {
    const phrases = loadPhrases();
    const training = timed(() => trainModel({ modelFile }));
    const before = process.memoryUsage().rss;
    const loading = timed(() => loadUnderstanding({ modelFile }));
    const memory = process.memoryUsage().rss - before;
    const { understand, mask } = loading.result;
    for (const { text } of phrases) understand(text);
    const understanding = timed(() => phrases.map(({ text }) => understand(text)));
    const masking = timed(() => phrases.map(({ text }) => mask(text)));
    const quality = measure(crossValidate(phrases));
    const figures: Figure[] = [
      { name: 'understanding: training', figure: training.ms, unit: 'ms' },
      { name: 'understanding: loading the model', figure: loading.ms, unit: 'ms' },
      { name: 'understanding: memory of the loaded model', figure: memory / 1024 / 1024, unit: 'MiB' },
      {
        name: 'understanding: one utterance',
        figure: (understanding.ms / phrases.length) * 1000,
        unit: 'µs',
      },
      { name: 'understanding: masking alone', figure: (masking.ms / phrases.length) * 1000, unit: 'µs' },
      { name: 'understanding: cross-validated accuracy', figure: quality.accuracy * 100, unit: '%' },
      {
        name: 'understanding: precision of what is accepted',
        figure: (quality.acceptedPrecision ?? 0) * 100,
        unit: '%',
      },
      { name: 'understanding: accepted', figure: quality.zones.accept * 100, unit: '%' },
    ];
    return figures.map((figure) => ({ ...figure, figure: rounded(figure.figure) }));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
