import { z } from 'zod';
import type { Misunderstanding, UnclearGroup } from '../domain/insight.ts';
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

/** Each value with how often it is there, most frequent first. */
function counted<T>(values: readonly T[]): [value: T, count: number][] {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}

function asGroup(said: readonly Misunderstanding[]): UnclearGroup {
  const [chosen] = counted(said.flatMap(({ meant }) => meant ?? []));
  const [taken] = counted(said.map(({ intent }) => intent));
  return {
    count: said.length,
    guess: chosen?.[0] ?? taken?.[0] ?? 'out_of_scope',
    whys: counted(said.map(({ why }) => why)).map(([why, count]) => ({ why, count })),
    wordings: [...new Set(said.map(({ text }) => text))],
    latest:
      said
        .map(({ at }) => at)
        .sort()
        .at(-1) ?? '',
  };
}

/** What was not understood in the last days: what is alike together, most frequent first. */
export interface UnclearGroups {
  of(days: number): Promise<UnclearGroup[]>;
}

export function createUnclearGroups(parts: {
  insights: { unclear(days: number): Promise<Misunderstanding[]> };
}): UnclearGroups {
  return {
    async of(days) {
      const all = await parts.insights.unclear(days);
      return groupSimilar(all, ({ text }) => text).map(asGroup);
    },
  };
}

const reasonsOf = ({ whys }: UnclearGroup) =>
  whys.map(({ why, count }) => `${WORDS[why]} ${count}`).join('，');

function reportOf(groups: readonly UnclearGroup[]): string {
  const blocks = groups.slice(0, GROUPS).map((group) => {
    const { count, guess, wordings } = group;
    const shown = wordings.slice(0, EXAMPLES).map((text) => `    ${text}`);
    const more = wordings.length > EXAMPLES ? [`    …还有 ${wordings.length - EXAMPLES} 种说法`] : [];
    return [`${count} 次  ${guess}?  ${reasonsOf(group)}`, ...shown, ...more].join('\n');
  });
  const more = groups.length > GROUPS ? [`…还有 ${groups.length - GROUPS} 组`] : [];
  return [...blocks, ...more].join('\n\n');
}

/** As the phrases beside the dialogs are written; each group with what it may mean, to be corrected by hand. */
export function unclearPhrases(groups: readonly UnclearGroup[]): string {
  if (groups.length === 0) return 'version: "3.1"\nnlu: []\n';
  const lines = groups.flatMap((group) => [
    `  # ${group.count} 次：${reasonsOf(group)}`,
    `  - intent: ${group.guess}`,
    '    examples: |',
    ...group.wordings.map((text) => `      - ${text.trim()}`),
  ]);
  return `${['version: "3.1"', 'nlu:', ...lines].join('\n')}\n`;
}

/** Prints what was not understood. */
export function createUnclear(
  groups: UnclearGroups,
): (command: UnclearCommand) => Promise<{ ok: boolean; text: string }> {
  return async ({ days, yaml }) => {
    const found = await groups.of(days);
    if (yaml) return { ok: true, text: unclearPhrases(found) };
    return { ok: true, text: found.length === 0 ? '没有没听懂的话。' : reportOf(found) };
  };
}
