import { z } from 'zod';
import type { Misunderstanding } from '../domain/insight.ts';
import type { Intent } from '../domain/intent.ts';
import { groupSimilar } from './similar.ts';

/** What an operator may ask for; also a body that the admin socket takes. */
export const UnclearCommand = z.object({
  do: z.literal('unclear'),
  days: z.int().min(1).max(3650).default(30),
  yaml: z.boolean().default(false),
});
export type UnclearCommand = z.infer<typeof UnclearCommand>;

const GROUPS = 100;
const EXAMPLES = 5;

const WORDS = {
  rejected: '没听懂',
  asked: '问了是不是这个意思',
  'none-of-these': '都不是',
  'no-answer': '没当成回答',
  corrected: '客户纠正',
  stopped: '进去就停',
} as const;

function mostFrequent<T>(values: readonly T[]): T | undefined {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

/** What a group most likely means: what customers chose, else what understanding took it for. */
function guessOf(group: readonly Misunderstanding[]): Intent {
  const chosen = group.flatMap(({ meant }) => meant ?? []);
  return mostFrequent(chosen) ?? mostFrequent(group.map(({ intent }) => intent)) ?? 'out_of_scope';
}

const distinct = (group: readonly Misunderstanding[]) => [...new Set(group.map(({ text }) => text))];

function reasonsOf(group: readonly Misunderstanding[]): string {
  const whys = group.map(({ why }) => why);
  return [...new Set(whys)]
    .map((why) => `${WORDS[why]} ${whys.filter((it) => it === why).length}`)
    .join('，');
}

function reportOf(groups: readonly Misunderstanding[][]): string {
  const blocks = groups.slice(0, GROUPS).map((group) => {
    const texts = distinct(group);
    const shown = texts.slice(0, EXAMPLES).map((text) => `    ${text.replaceAll('\n', ' ')}`);
    const more = texts.length > EXAMPLES ? [`    …还有 ${texts.length - EXAMPLES} 种说法`] : [];
    return [`${group.length} 次  ${guessOf(group)}?  ${reasonsOf(group)}`, ...shown, ...more].join('\n');
  });
  const more = groups.length > GROUPS ? [`…还有 ${groups.length - GROUPS} 组`] : [];
  return [...blocks, ...more].join('\n\n');
}

/** As the phrases beside the dialogs are written; each group with what it was taken for, to be corrected by hand. */
function phrasesOf(groups: readonly Misunderstanding[][]): string {
  const lines = groups.flatMap((group) => [
    `  # ${group.length} 次：${reasonsOf(group)}`,
    `  - intent: ${guessOf(group)}`,
    '    examples: |',
    ...distinct(group).map((text) => `      - ${text.replaceAll('\n', ' ')}`),
  ]);
  return ['version: "3.1"', 'nlu:', ...lines].join('\n');
}

/** Prints what was not understood in the last days, what is alike together, most frequent first. */
export function createUnclear(parts: {
  insights: { unclear(days: number): Promise<Misunderstanding[]> };
}): (command: UnclearCommand) => Promise<{ ok: boolean; text: string }> {
  return async ({ days, yaml }) => {
    const all = await parts.insights.unclear(days);
    if (all.length === 0) return { ok: true, text: yaml ? 'version: "3.1"\nnlu: []' : '没有没听懂的话。' };
    const groups = groupSimilar(all, ({ text }) => text);
    return { ok: true, text: yaml ? phrasesOf(groups) : reportOf(groups) };
  };
}
