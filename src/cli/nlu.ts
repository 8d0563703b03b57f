import { once } from 'node:events';
import { loadUnderstanding, MODEL_FILE } from '../understanding/index.ts';
import { utteranceLines } from '../understanding/lines.ts';

/** `npm run nlu`: one utterance a line on stdin, one JSON a line on stdout. */
async function main(): Promise<void> {
  const log = (message: string) => process.stderr.write(`${message}\n`);
  const { understand } = loadUnderstanding({ modelFile: MODEL_FILE, log });
  for await (const line of utteranceLines(process.stdin)) {
    const { folded: _, ...printed } = understand(line);
    if (!process.stdout.write(`${JSON.stringify(printed)}\n`)) await once(process.stdout, 'drain');
  }
}

// A reader that has seen enough (`| head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
