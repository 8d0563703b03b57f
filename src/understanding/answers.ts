import type { Intent } from '../domain/intent.ts';
import { mask } from './mask.ts';
import { prepare } from './prepare.ts';

/** What the index needs of a fact: how people ask for it, and what those mean who do. */
export interface Asked {
  asked: readonly string[];
  intent: Intent;
}

/** How much of a question has to be in common with one that is known. */
const NEAR = 0.33;
/** How much nearer than the next fact it has to be. */
const AHEAD = 0.08;
/** What the classifier thinks of nothing like it has to be so much nearer. */
const UNLIKELY = 0.7;

/** What only makes a question of a sentence: 「有啥区别」 and 「是什么意思」 name nothing. */
const FORM =
  /为什么|为啥|什么|怎么样?|怎样|区别|不同|意思|关系|[有是啥咋吗呢呀啊的了这那个它]|\b(?:what|whats|is|the|why|how|it|that|this|does|do|difference|mean)\b/gu;
const SHORTEST_MATTER = 2;

/** Whether anything is left of a question once its form is taken away. */
function namesSomething(canonical: string): boolean {
  return canonical.replace(FORM, '').replace(/[^\p{L}\p{N}]/gu, '').length >= SHORTEST_MATTER;
}

interface Wording {
  fact: number;
  length: number;
}

/** A feature's entry in the index: which wordings have it. */
interface Posting {
  weight: number;
  wordings: number[];
}

function rarity(facts: number, having: number): number {
  return Math.log((facts + 1) / (having + 1)) + 0.2;
}

/** How loudly kinds of features speak: words and beginnings of words more than pairs of sounds. */
function loudness(feature: string): number {
  return feature.startsWith('p:') ? 0.4 : 1;
}

/** Inverted index over the wordings of all facts, weighted by how few facts a feature belongs to. */
function indexOf(facts: readonly Asked[]): { postings: Map<string, Posting>; wordings: Wording[] } {
  const wordings: (Wording & { features: string[] })[] = facts.flatMap(({ asked }, fact) =>
    asked.map((text) => ({ fact, length: 0, features: prepare(mask(text).text).features })),
  );
  const having = new Map<string, Set<number>>();
  const postings = new Map<string, Posting>();
  for (const [at, { fact, features }] of wordings.entries()) {
    for (const feature of features) {
      const posting = postings.get(feature) ?? { weight: 0, wordings: [] };
      posting.wordings.push(at);
      postings.set(feature, posting);
      having.set(feature, (having.get(feature) ?? new Set()).add(fact));
    }
  }
  for (const [feature, posting] of postings)
    posting.weight = loudness(feature) * rarity(facts.length, having.get(feature)?.size ?? 0);
  for (const wording of wordings)
    wording.length = Math.sqrt(sum(wording.features.map((f) => (postings.get(f)?.weight ?? 0) ** 2)));
  return { postings, wordings };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

function bestFirst<Fact>(facts: readonly Fact[], nearness: Map<number, number>) {
  return [...nearness]
    .flatMap(([at, near]) => {
      const fact = facts[at];
      return fact ? [{ fact, near }] : [];
    })
    .sort((a, b) => b.near - a.near);
}

/**
 * Finds facts by the wordings they are asked for with: `find(maskedText, likelyIntents)`. It finds one or refuses;
 * refused is also what lies between two.
 */
export function createFindFact<Fact extends Asked>(
  facts: readonly Fact[],
): (text: string, likely: readonly Intent[]) => Fact | undefined {
  const { postings, wordings } = indexOf(facts);
  const unknown = rarity(facts.length, 0);

  /** The nearest wording of each fact: the cosine of the two sets of weighted features. */
  function nearnessTo(features: readonly string[]): Map<number, number> {
    const common = new Float64Array(wordings.length);
    let length = 0;
    for (const feature of features) {
      const posting = postings.get(feature);
      const weight = posting?.weight ?? loudness(feature) * unknown;
      length += weight ** 2;
      for (const at of posting?.wordings ?? []) common[at] = (common[at] ?? 0) + weight ** 2;
    }
    const nearest = new Map<number, number>();
    for (const [at, wording] of wordings.entries()) {
      const near = (common[at] ?? 0) / (Math.sqrt(length) * wording.length || 1);
      if (near > (nearest.get(wording.fact) ?? 0)) nearest.set(wording.fact, near);
    }
    return nearest;
  }

  return (text, likely) => {
    const { canonical, features } = prepare(text);
    if (!namesSomething(canonical)) return undefined;
    const nearest = nearnessTo(features);
    for (const [at, near] of nearest) {
      const intent = facts[at]?.intent;
      if (intent && !likely.includes(intent)) nearest.set(at, near * UNLIKELY);
    }
    const [first, second] = bestFirst(facts, nearest);
    const isClear = first && first.near >= NEAR && first.near - (second?.near ?? 0) >= AHEAD;
    return isClear ? first.fact : undefined;
  };
}
