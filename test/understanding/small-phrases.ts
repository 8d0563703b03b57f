import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { INTENTS } from '../../src/domain/intent.ts';
import { loadPhrases, PHRASE_LIMITS } from '../../src/understanding/phrases.ts';

/** Writes as few of the phrases as may be, for what trains often and cares for no quality. */
export function writeSmallPhrases(directory: string): string {
  const phrases = loadPhrases();
  const blocks = INTENTS.map((intent) => {
    const count = intent === 'out_of_scope' ? PHRASE_LIMITS.outOfScope : PHRASE_LIMITS.perIntent;
    const own = phrases.filter((phrase) => phrase.intent === intent).slice(0, count);
    const examples = own.map(({ text }) => `      - ${text}\n`).join('');
    return `  - intent: ${intent}\n    examples: |\n${examples}`;
  });
  mkdirSync(join(directory, 'topic'), { recursive: true });
  writeFileSync(join(directory, 'topic', 'phrases.yml'), `version: "3.1"\nnlu:\n${blocks.join('')}`);
  return directory;
}
