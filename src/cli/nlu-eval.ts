import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { fromRoot } from '../root.ts';
import { readLabelled } from '../understanding/evaluation/labelled.ts';
import { evaluateByFolds, evaluateFiles } from '../understanding/evaluation/run.ts';
import { PHRASES_DIR } from '../understanding/phrases.ts';

/** Judged by default: what was tuned on, and what nobody tunes on. */
const OWN_SETS = ['dev.jsonl', 'test.jsonl'].map((name) => fromRoot('test', 'understanding', 'data', name));

const USAGE = `npm run nlu:eval -- [--train <file or directory>] [--test <file>]… [<test file>…]
Files are JSON lines {"text","intent","entities"?,"sensitive"?,"suite"?} or Rasa-style YAML.
--train is dialogs/ by default; without a test file the repository's own sets are judged;
with --train alone, its utterances judge each other by cross-validation (--folds for dialogs/).`;

function read(): { train: string; tests: string[] } {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      train: { type: 'string' },
      test: { type: 'string', multiple: true },
      folds: { type: 'boolean' },
    },
  });
  const named = [...(values.test ?? []), ...positionals];
  const own = values.train || values.folds ? [] : OWN_SETS.filter((file) => existsSync(file));
  return { train: values.train ?? PHRASES_DIR, tests: named.length > 0 ? named : own };
}

async function main(): Promise<void> {
  const { train, tests } = read();
  const phrases = readLabelled(train);
  const lines = tests.length > 0 ? evaluateFiles(phrases, tests) : evaluateByFolds(phrases);
  for await (const line of lines) console.log(line);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}\n`);
  process.exitCode = 1;
}
