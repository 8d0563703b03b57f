import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { z } from 'zod';
import { INTENTS, SENSITIVE_KINDS } from '../../src/domain/intent.ts';
import { fromRoot } from '../../src/root.ts';
import { loadPhrases } from '../../src/understanding/phrases.ts';

const SUITES = ['traditional', 'typo', 'negation', 'english', 'entities', 'sensitive'] as const;
type Suite = (typeof SUITES)[number];

const entitiesSchema = z.strictObject({
  cardLast4: z
    .string()
    .regex(/^\d{4}$/)
    .optional(),
  bank: z.string().endsWith('银行').optional(),
  amount: z.number().positive().optional(),
  date: z.string().min(2).optional(),
  errorCode: z
    .string()
    .regex(/^[A-Z]{1,4}\d{3,6}$/)
    .optional(),
  caseId: z
    .string()
    .regex(/^JB\d{14}$/)
    .optional(),
  phoneMasked: z
    .string()
    .regex(/^1\d{2}\*{4}\d{4}$/)
    .optional(),
});

const lineSchema = z
  .strictObject({
    text: z.string().trim().min(1).max(500),
    intent: z.enum(INTENTS),
    suite: z.enum(SUITES).optional(),
    entities: entitiesSchema.optional(),
    sensitive: z.array(z.enum(SENSITIVE_KINDS)).optional(),
  })
  .refine(({ suite, entities }) => suite !== 'entities' || entities, 'expected entities are missing')
  .refine(({ suite, sensitive }) => suite !== 'sensitive' || sensitive, 'expected kinds are missing');
type Line = z.infer<typeof lineSchema>;

interface Wanted {
  perIntent: [least: number, most: number];
  outOfScope: number;
  suites: Record<Suite, number>;
}

const WANTED: Record<'dev' | 'test', Wanted> = {
  dev: {
    perIntent: [12, 14],
    outOfScope: 130,
    suites: { traditional: 30, typo: 30, negation: 20, english: 25, entities: 50, sensitive: 40 },
  },
  test: {
    perIntent: [16, 18],
    outOfScope: 160,
    suites: { traditional: 60, typo: 60, negation: 40, english: 50, entities: 100, sensitive: 80 },
  },
};

/** Above this share of common character pairs two sentences count as the same one. */
const TOO_ALIKE = 0.8;

function readLines(name: 'dev' | 'test'): Line[] {
  const text = readFileSync(fromRoot(`test/understanding/data/${name}.jsonl`), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => lineSchema.parse(JSON.parse(line)));
}

/** Pairs of neighbouring characters, the edges included, so that even one character has some. */
function pairsOf(text: string): Set<string> {
  const bare = text.toLowerCase().replace(/[\s\p{P}]+/gu, '');
  const units = [...` ${bare || text} `];
  return new Set(units.slice(1).map((unit, index) => `${units[index]}${unit}`));
}

function likeness(a: Set<string>, b: Set<string>): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  // The sizes alone already rule most pairs out; the sets hold thousands of sentences.
  if (small.size <= TOO_ALIKE * large.size) return 0;
  let common = 0;
  for (const pair of small) if (large.has(pair)) common++;
  return common / (a.size + b.size - common);
}

/** Entities and secrets pile up in a few intents by nature, so only the other lines keep the balance. */
const countsForBalance = ({ suite }: Line) => suite !== 'entities' && suite !== 'sensitive';

describe('the labelled sentences', () => {
  const sets = { dev: readLines('dev'), test: readLines('test') };

  for (const name of ['dev', 'test'] as const) {
    const lines = sets[name];
    const wanted = WANTED[name];

    it(`${name} holds the agreed number of every intent`, () => {
      const [least, most] = wanted.perIntent;
      const counts = INTENTS.filter((intent) => intent !== 'out_of_scope').map((intent) => ({
        intent,
        count: lines.filter((line) => line.intent === intent && countsForBalance(line)).length,
      }));
      expect(counts.filter(({ count }) => count < least || count > most)).to.deep.equal([]);
      expect(lines.filter(({ intent }) => intent === 'out_of_scope')).to.have.length.at.least(
        wanted.outOfScope,
      );
    });

    it(`${name} holds enough of every suite`, () => {
      const short = SUITES.map((suite) => ({ suite, count: lines.filter((l) => l.suite === suite).length }));
      expect(short.filter(({ suite, count }) => count < wanted.suites[suite])).to.deep.equal([]);
    });

    it(`${name} names several entities in most lines of its suite, and has texts without any secret`, () => {
      const entities = lines.filter(({ suite }) => suite === 'entities');
      const several = entities.filter((line) => Object.keys(line.entities ?? {}).length > 1);
      expect(several.length).to.be.at.least(0.9 * entities.length);
      const harmless = lines.filter(({ suite, sensitive }) => suite === 'sensitive' && !sensitive?.length);
      expect(harmless.length).to.be.at.least(wanted.suites.sensitive / 4);
    });
  }

  it('holds no sentence twice, neither in one file nor in both', () => {
    const seen: { text: string; pairs: Set<string> }[] = [];
    const twins: string[] = [];
    for (const { text } of [...sets.dev, ...sets.test]) {
      const pairs = pairsOf(text);
      const twin = seen.find((other) => likeness(pairs, other.pairs) > TOO_ALIKE);
      if (twin) twins.push(`${twin.text} | ${text}`);
      seen.push({ text, pairs });
    }
    expect(twins).to.deep.equal([]);
  });

  it('holds no sentence that is as good as a training phrase', () => {
    const phrases = loadPhrases().map(({ text }) => pairsOf(text));
    // Only the own line is shown: whoever rewrites it stays blind to the phrases.
    const known = [...sets.dev, ...sets.test]
      .map(({ text }) => ({ text, pairs: pairsOf(text) }))
      .filter(({ pairs }) => phrases.some((phrase) => likeness(pairs, phrase) > TOO_ALIKE))
      .map(({ text }) => text);
    expect(known).to.deep.equal([]);
  });
});
